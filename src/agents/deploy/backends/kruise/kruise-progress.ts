import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Progress} from '../progress.ts';

const longestMessage = 300;

export const isKruisePaused = (rollout: KubeObject) => valueAt(rollout, 'spec', 'strategy', 'paused') === true;
export const isKruiseDisabled = (rollout: KubeObject) => valueAt(rollout, 'spec', 'disabled') === true;
export const kruisePhase = (rollout: KubeObject) => textAt(rollout, 'status', 'phase') ?? 'Initial';

/** Which of the two statuses speaks: of a canary (also called so by v1alpha1), or of a blue-green. */
export const kruiseStatusKey = (rollout: KubeObject): 'canaryStatus' | 'blueGreenStatus' =>
	isJsonObject(valueAt(rollout, 'status', 'blueGreenStatus')) ? 'blueGreenStatus' : 'canaryStatus';

const sub = (rollout: KubeObject): Json => objectAt(rollout, 'status', kruiseStatusKey(rollout));

export const kruiseStepState = (rollout: KubeObject) => wordAt(sub(rollout), 'currentStepState');
export const kruiseStepIndex = (rollout: KubeObject) => numberAt(sub(rollout), 'currentStepIndex') ?? 0;

/** The steps of a canary, else those of a blue-green rollout. */
export function kruiseSteps(rollout: KubeObject): readonly Json[] {
	const canary = listAt(rollout, 'spec', 'strategy', 'canary', 'steps');
	return canary.length > 0 ? canary : listAt(rollout, 'spec', 'strategy', 'blueGreen', 'steps');
}

/** How far a Kruise Rollout is, from the object alone. */
export function kruiseProgress(rollout: KubeObject): Progress {
	const phase = kruisePhase(rollout);
	const isUnderWay = phase === 'Progressing';
	const steps = kruiseSteps(rollout);
	const index = kruiseStepIndex(rollout);
	const step = steps[index - 1];
	const isSeen = (numberAt(rollout, 'status', 'observedGeneration') ?? 0) >= (rollout.metadata.generation ?? 0);
	const weight = step === undefined ? undefined : weightOf(step);
	return {
		controller: 'kruise',
		object: refText(refOf(rollout)),
		state: isSeen ? stateOf(rollout) : 'rolling-out',
		phase: isUnderWay && kruiseStepState(rollout) !== '' ? `${phase} ${kruiseStepState(rollout)}` : phase,
		message: plainLine(isSeen ? wordAt(rollout, 'status', 'message') : 'the controller has not seen the last change yet', longestMessage),
		waits:
			isUnderWay &&
			(isKruisePaused(rollout) || (kruiseStepState(rollout) === 'StepPaused' && valueAt(step, 'pause', 'duration') === undefined)),
		...(isUnderWay && step !== undefined ? {step: {index, of: steps.length, title: kruiseStepText(step)}} : {}),
		...(isUnderWay && weight !== undefined ? {weight} : {}),
		facts: factsOf(rollout),
		analyses: [],
		notChecked: [],
	};
}

function stateOf(rollout: KubeObject): Progress['state'] {
	if (kruisePhase(rollout) !== 'Progressing') return kruisePhase(rollout) === 'Terminating' ? 'rolling-out' : 'healthy';
	if (isKruisePaused(rollout) || kruiseStepState(rollout) === 'StepPaused') return 'paused';
	return 'rolling-out';
}

/** v1beta1 writes a percentage as a text, v1alpha1 a number. */
function weightOf(step: Json): number | undefined {
	const share = [valueAt(step, 'traffic'), valueAt(step, 'weight'), valueAt(step, 'replicas')].find(
		value => typeof value === 'number' || (typeof value === 'string' && value.endsWith('%')),
	);
	if (share === undefined || (typeof share === 'number' && share === valueAt(step, 'replicas'))) return undefined;
	return typeof share === 'number' ? share : Number.parseInt(String(share), 10);
}

/** One step as people write it. */
export function kruiseStepText(step: Json): string {
	const duration = numberAt(step, 'pause', 'duration');
	const [traffic, pods] = [valueAt(step, 'traffic') ?? valueAt(step, 'weight'), valueAt(step, 'replicas')];
	const parts = [
		...(traffic === undefined ? [] : [`traffic ${String(traffic)}${typeof traffic === 'number' ? '%' : ''}`]),
		...(pods === undefined ? [] : [`pods ${String(pods)}`]),
		duration === undefined ? 'then pause until approved' : `then pause ${duration}s`,
	];
	return plainLine(parts.join(', '), 100);
}

function factsOf(rollout: KubeObject): string[] {
	const status = sub(rollout);
	const [ready, all] = [numberAt(status, 'canaryReadyReplicas'), numberAt(status, 'canaryReplicas')];
	const condition = objectsAt(rollout, 'status', 'conditions').find(({type}) => type === 'Progressing');
	return [
		...(isKruiseDisabled(rollout) ? ['disabled: its workload rolls out on its own'] : []),
		...(isKruisePaused(rollout) ? ['somebody paused it'] : []),
		...(all === undefined || kruisePhase(rollout) !== 'Progressing' ? [] : [`${ready ?? 0}/${all} new pods ready`]),
		...(wordAt(condition, 'reason') === ''
			? []
			: [plainLine(`${wordAt(condition, 'reason')}: ${wordAt(condition, 'message')}`, longestMessage)]),
	];
}
