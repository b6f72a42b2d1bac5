import {canonicalJson, type JsonObject} from '../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {newVersion, templateNow} from '../strategies/rolling/new-version.ts';
import {isArgoPaused} from './argo/argo-action.ts';
import {scaleLints} from './argo/argo-lints.ts';
import type {ControlledBackend} from './backend.ts';
import {type Control, nothingToDo, notNow} from './control.ts';
import {flaggerGates, flaggerTimes, isFlaggerSuspended} from './flagger/flagger-progress.ts';
import {isKruiseDisabled, isKruisePaused, kruiseSteps, kruiseStepText} from './kruise/kruise-progress.ts';
import {commandFor} from './next-for.ts';
import {argoStrategyText, refuseOtherThanBlueGreen} from './own-strategy.ts';

/** What holds the pod template. @throws `not-now` where the controller refers to something that does not exist */
export function templateHolder({controller, workload}: ControlledBackend): KubeObject {
	if (workload !== undefined) return workload;
	const known = refText(refOf(controller));
	throw notNow(
		`${known} has no workload to change`,
		'what it refers to does not exist',
		`See what it refers to: mkcoa k8s describe ${controller.kind} ${controller.metadata.name}`,
	);
}

/** A write that fits only the template that was read. */
export const templateWrite = (holder: KubeObject, patch: readonly JsonObject[]): Write => ({
	op: 'patch',
	ref: refOf(holder),
	type: 'json',
	patch,
});

type Wanted = {readonly image?: string | undefined; readonly manifest?: string | undefined};

/**
 * A new version for a workload that a controller rolls out: the controller does the rest, by its own steps.
 * @param wanted an image as `[CONTAINER=]IMAGE`, or a manifest with a whole new pod template
 * @throws as `newVersion`, and `not-now` where it is held and nothing would roll out
 */
export function versionControl(backend: ControlledBackend, wanted: Wanted): Control {
	const holder = templateHolder(backend);
	const {template, forward, words, image} = newVersion(holder, wanted);
	const before = templateNow(holder);
	const known = refText(refOf(holder));
	const at = imagesOf(holder).join(', ');
	if (canonicalJson(template) === canonicalJson(before)) return nothingToDo(`${known} has ${image} already`, at);
	refuseHeld(backend);
	return {
		summary: `Roll ${known} out: ${words}`,
		steps: [
			{title: `Give ${known} ${wanted.image === undefined ? words : `the image ${image}`}`, writes: [templateWrite(holder, forward)]},
		],
		notes: [byItself(backend), ...notesOf(backend)],
		verify: ['Its controller goes on to the next pause, or to the end'],
		undo: {possible: true, how: 'mkcoa undo sets the pod template back, and the controller rolls that out'},
		at,
		until: 'rest',
	};
}

/** As `versionControl`, for who means to send all requests over at once. @throws `not-possible` where its controller goes another way */
export function blueGreenControl(backend: ControlledBackend, wanted: Wanted): Control {
	refuseOtherThanBlueGreen(backend);
	return versionControl(backend, wanted);
}

function refuseHeld({kind, controller}: ControlledBackend): void {
	const isHeld = {'argo-rollout': isArgoPaused, flagger: isFlaggerSuspended, kruise: isKruisePaused}[kind](controller);
	if (!isHeld) return;
	throw notNow(
		`${refText(refOf(controller))} is held, so a new version would not roll out`,
		'somebody paused it',
		`Go on with it first: ${commandFor(kind, controller, 'resume')}`,
	);
}

const byItself = ({kind, controller}: ControlledBackend): Consequence => ({
	id: 'steps-are-its-own',
	severity: 'info',
	text: {
		'argo-rollout': `Argo Rollouts rolls it out ${argoStrategyText(controller)}`,
		flagger: `Flagger rolls it out by its own analysis: ${flaggerTimes(controller)}`,
		kruise: `Kruise rolls it out by its own steps: ${kruiseSteps(controller).map(kruiseStepText).join(' → ') || 'none'}`,
	}[kind],
	ref: refOf(controller),
});

function notesOf({kind, controller}: ControlledBackend): readonly Consequence[] {
	const ref = refOf(controller);
	if (kind === 'argo-rollout') return scaleLints(controller);
	if (kind === 'flagger')
		return flaggerGates(controller).map(gate => ({id: 'gate', severity: 'info', text: `It waits at the gate ${gate}`, ref}));
	return isKruiseDisabled(controller)
		? [{id: 'disabled', severity: 'warning', text: 'It is disabled: the workload rolls out at once, by its own strategy', ref}]
		: [];
}
