import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {type Control, nothingToDo, notNow, type Verb} from '../control.ts';
import {
	type ArgoAction,
	type ArgoPatches,
	argoAction,
	argoPauses,
	argoStepIndex,
	isArgoAborted,
	isArgoBlueGreen,
	isArgoPaused,
	isArgoPromoted,
} from './argo-action.ts';
import {scaleLints} from './argo-lints.ts';
import {argoProgress} from './argo-progress.ts';
import {argoWrites} from './argo-writes.ts';

/** The rest of a command line that speaks of a Rollout. */
const named = ({metadata: {name, namespace}}: KubeObject) => `rollouts.argoproj.io/${name} -n ${namespace}`;

const versionAt = (rollout: KubeObject) => textAt(rollout, 'status', 'currentPodHash') ?? 'no version';

/** Version and step that a person saw. */
export const argoAt = (rollout: KubeObject) => `${versionAt(rollout)} at step ${argoStepIndex(rollout) ?? 'none'}`;

/**
 * What a verb does to a Rollout.
 * @param hasStatus whether its kind has a status subresource
 * @throws `not-now` with what fits instead
 */
export function argoControl(rollout: KubeObject, verb: Verb, hasStatus: boolean): Control {
	const known = refText(refOf(rollout));
	refuseUnfit(rollout, verb, known);
	const idle = idleReason(rollout, verb);
	if (idle !== undefined) return nothingToDo(`${known} ${idle}`, argoAt(rollout));
	// A person's pause is taken back alone: the Rollout's own step may still wait, for a promotion.
	const patches: ArgoPatches =
		verb === 'resume' && isArgoPaused(rollout) ? {spec: {spec: {paused: false}}} : argoAction(rollout, actions[verb]);
	const writes = argoWrites(rollout, patches, hasStatus);
	if (writes.length === 0) return nothingToDo(`${known} waits for nobody: there is nothing to ${verb}`, argoAt(rollout));
	const title = titleOf(rollout, verb, known);
	const isSpecAlone = patches.status === undefined;
	return {
		summary: title,
		steps: [{title, writes}],
		notes: notesOf(rollout, verb),
		verify: [verifications[verb]],
		undo: isSpecAlone
			? {possible: true, how: 'mkcoa undo sets spec.paused back'}
			: {
					possible: false,
					contrary: true,
					how: `its controller goes on at once; what takes it back is: mkcoa deploy ${verb === 'abort' ? 'resume' : 'abort'} ${named(rollout)}${verb === 'abort' ? ' --retry' : ''}`,
				},
		// Whoever takes a version back, holds it or lets it through whole means it at any step.
		at: verb === 'promote' || verb === 'skip-step' || verb === 'resume' ? argoAt(rollout) : versionAt(rollout),
		until: verb === 'abort' ? 'back' : verb === 'pause' ? 'nothing' : 'rest',
	};
}

const actions: {readonly [verb in Verb]: ArgoAction} = {
	promote: 'promote',
	'skip-step': 'skip-current-step',
	'promote-full': 'promote-full',
	pause: 'pause',
	resume: 'resume',
	retry: 'retry',
	abort: 'abort',
};

function refuseUnfit(rollout: KubeObject, verb: Verb, known: string): void {
	const isAborted = isArgoAborted(rollout);
	if (isAborted && (verb === 'promote' || verb === 'skip-step' || verb === 'resume' || verb === 'pause'))
		throw notNow(
			`${known} cannot ${verb}`,
			'its rollout was aborted, and the stable version serves',
			`Try the same version again: mkcoa deploy resume ${named(rollout)} --retry, or return to the version before: mkcoa deploy rollback ${named(rollout)}`,
		);
	// Its own command line skips the step that is under way: of two people who promote at once, the second would skip one unseen.
	if (verb === 'promote' && isUnderWay(rollout))
		throw notNow(
			`${known} waits for nobody`,
			`${stepOf(rollout)} is under way: it goes on by itself, or somebody promoted it a moment ago`,
			`See how far it is: mkcoa deploy status ${named(rollout)}; skip this step all the same: mkcoa deploy promote ${named(rollout)} --skip-step`,
		);
	if (verb === 'skip-step' && argoStepIndex(rollout) === undefined)
		throw notNow(
			`${known} has no steps to skip`,
			'its strategy has none',
			`Promote it without what is left: mkcoa deploy promote ${named(rollout)} --full`,
		);
	if (verb === 'retry' && !isAborted)
		throw notNow(`${known} cannot be retried`, 'its rollout was not aborted', `See how far it is: mkcoa deploy status ${named(rollout)}`);
	if ((verb === 'abort' || verb === 'pause') && isArgoPromoted(rollout))
		throw notNow(
			`${known} has no rollout to ${verb}`,
			'its newest version serves everywhere',
			`Return to an earlier version with: mkcoa deploy rollback ${named(rollout)}`,
		);
}

function idleReason(rollout: KubeObject, verb: Verb): string | undefined {
	if (verb === 'abort' && isArgoAborted(rollout)) return 'was aborted already';
	if (verb === 'pause' && isArgoPaused(rollout)) return 'is paused already';
	if ((verb === 'promote' || verb === 'skip-step' || verb === 'promote-full') && isArgoPromoted(rollout) && !isArgoPaused(rollout))
		return 'serves its newest version already';
	return undefined;
}

const verifications: {readonly [verb in Verb]: string} = {
	promote: 'Its controller goes on to the next pause, or to the end',
	'skip-step': 'Its controller goes on to the next pause, or to the end',
	'promote-full': 'Every pod is of the new version and it is the stable one',
	pause: 'Its controller calls it paused',
	resume: 'Its controller goes on to the next pause, or to the end',
	retry: 'Its controller begins the same version again and goes on to the next pause, or to the end',
	abort: 'The stable version serves alone, and its controller calls the rollout aborted',
};

function stepOf(rollout: KubeObject): string {
	const {step} = argoProgress(rollout);
	return step === undefined ? '' : `step ${step.index} of ${step.of}, ${step.title}`;
}

/** Whether it is on its way and holds for nobody. */
const isUnderWay = (rollout: KubeObject) =>
	argoPauses(rollout).length === 0 && !isArgoPaused(rollout) && !isArgoPromoted(rollout) && argoStepIndex(rollout) !== undefined;

function titleOf(rollout: KubeObject, verb: Verb, known: string): string {
	const at = stepOf(rollout);
	switch (verb) {
		case 'promote':
			if (isArgoBlueGreen(rollout)) return `Promote ${known}: its active Service switches to the new version`;
			return `Promote ${known} past ${at || 'its pause'}`;
		case 'skip-step':
			return `Promote ${known}: skip ${at}`;
		case 'promote-full':
			return `Promote ${known} fully: skip what is left of its steps, pauses and analyses`;
		case 'resume':
			return `Go on with ${known}${at === '' ? '' : ` at ${at}`}`;
		case 'retry':
			return `Try the aborted version of ${known} again from its first step`;
		case 'pause':
			return `Pause ${known}${at === '' ? '' : ` at ${at}`}`;
		case 'abort':
			return `Abort ${known}: the stable version serves alone again`;
	}
}

function notesOf(rollout: KubeObject, verb: Verb): readonly Consequence[] {
	const ref = refOf(rollout);
	if (verb === 'abort')
		return [
			{
				id: 'spec-keeps-new-version',
				severity: 'warning',
				text: `Its spec still asks for the new version, so it is called Degraded until it is retried, or rolled back: mkcoa deploy rollback ${named(rollout)}`,
				ref,
			},
		];
	if (verb === 'promote-full')
		return [{id: 'skips-analysis', severity: 'warning', text: 'No further step or analysis judges the new version', ref}];
	if (verb === 'skip-step')
		return [{id: 'skips-step', severity: 'warning', text: 'Whatever this step would have waited for or judged is left out', ref}];
	return verb === 'retry' ? scaleLints(rollout) : [];
}
