import {healthOf} from '../../../../analysis/health/health-of.ts';
import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Progress} from '../progress.ts';
import {argoPauses, argoStepIndex, argoSteps, isArgoAborted, isArgoBlueGreen, isArgoPaused, isArgoPromoted} from './argo-action.ts';

const longestMessage = 300;

/**
 * How far a Rollout is. `analyses` and `notChecked` are empty: they take other objects.
 * @param workload what holds the pod template, where the Rollout refers to it
 */
export function argoProgress(rollout: KubeObject, workload: KubeObject = rollout): Progress {
	const {phase, message} = phaseOf(rollout, workload);
	const steps = argoSteps(rollout);
	const index = argoStepIndex(rollout);
	const isUnderWay = !isArgoPromoted(rollout);
	const weight = weightOf(rollout);
	return {
		controller: 'argo-rollout',
		object: refText(refOf(rollout)),
		state: states[phase] ?? 'rolling-out',
		phase,
		// Of a pause the facts tell more than the controller's one word.
		message: Object.hasOwn(pauseWords, message) ? '' : plainLine(message, longestMessage),
		waits: phase === 'Paused' && !isTimed(rollout),
		...(index === undefined || !isUnderWay || isArgoAborted(rollout) ? {} : {step: stepOf(steps, index)}),
		...(weight === undefined || !isUnderWay ? {} : {weight}),
		facts: factsOf(rollout),
		analyses: [],
		notChecked: [],
	};
}

const states: {readonly [phase: string]: Progress['state']} = {
	Healthy: 'healthy',
	Progressing: 'rolling-out',
	Paused: 'paused',
	Degraded: 'degraded',
};

/**
 * The controller's own phase, once it has seen the last change: the observed generation is a text that is a number. After a pause was ended
 * the status still speaks of it for a moment. Controllers before 1.0 tell no phase.
 * @see utils/rollout/rolloututil.go of argoproj/argo-rollouts
 */
function phaseOf(rollout: KubeObject, workload: KubeObject): {readonly phase: string; readonly message: string} {
	const observed = Number(textAt(rollout, 'status', 'observedGeneration'));
	if (!Number.isNaN(observed) && observed < (rollout.metadata.generation ?? 0))
		return {phase: 'Progressing', message: 'the controller has not seen the last change yet'};
	if (valueAt(rollout, 'status', 'controllerPause') === true && argoPauses(rollout).length === 0)
		return {phase: 'Progressing', message: 'waiting to go on'};
	if (workload !== rollout && Number(textAt(rollout, 'status', 'workloadObservedGeneration') ?? 0) < (workload.metadata.generation ?? 0))
		return {phase: 'Progressing', message: `the controller has not seen the last change of ${workload.metadata.name} yet`};
	const phase = textAt(rollout, 'status', 'phase');
	if (isOutdated(rollout, phase)) return {phase: 'Progressing', message: 'waiting to go on'};
	if (phase !== undefined) return {phase, message: wordAt(rollout, 'status', 'message')};
	const {status, message} = healthOf(rollout);
	return {phase: status === 'Suspended' ? 'Paused' : status === 'Unknown' ? 'Progressing' : status, message};
}

/** A phase that was told before the last patch of the status: those move no generation. */
function isOutdated(rollout: KubeObject, phase: string | undefined): boolean {
	if (phase === 'Paused') return valueAt(rollout, 'status', 'promoteFull') === true;
	return phase === 'Degraded' && wordAt(rollout, 'status', 'message').startsWith('RolloutAborted') && !isArgoAborted(rollout);
}

/** Whether the stable version serves alone again after an abort. */
export function isArgoBack(rollout: KubeObject): boolean {
	const count = (field: string) => numberAt(rollout, 'status', field) ?? 0;
	if (!isArgoAborted(rollout) || phaseOf(rollout, rollout).phase !== 'Degraded') return false;
	if (isArgoBlueGreen(rollout)) return textAt(rollout, 'status', 'blueGreen', 'activeSelector') === textAt(rollout, 'status', 'stableRS');
	const isServed = count('availableReplicas') >= (numberAt(rollout, 'spec', 'replicas') ?? 1);
	const isRouted = valueAt(rollout, 'spec', 'strategy', 'canary', 'trafficRouting') !== undefined;
	return isServed && (isRouted ? (weightOf(rollout) ?? 0) === 0 : count('updatedReplicas') === 0);
}

/** A pause that ends by itself: a step with a duration, or a blue-green that promotes itself. */
function isTimed(rollout: KubeObject): boolean {
	if (isArgoPaused(rollout)) return false;
	if (argoPauses(rollout).some(pause => wordAt(pause, 'reason').startsWith('Inconclusive'))) return false;
	if (isArgoBlueGreen(rollout)) return valueAt(rollout, 'spec', 'strategy', 'blueGreen', 'autoPromotionSeconds') !== undefined;
	const step = argoSteps(rollout)[argoStepIndex(rollout) ?? 0];
	return valueAt(step, 'pause', 'duration') !== undefined;
}

function stepOf(steps: readonly Json[], index: number): NonNullable<Progress['step']> {
	const step = steps[index];
	return {index: Math.min(index + 1, steps.length), of: steps.length, title: step === undefined ? 'all steps done' : argoStepText(step)};
}

/** One step of a canary as people write it. */
function argoStepText(step: Json): string {
	const duration = valueAt(step, 'pause', 'duration');
	const weight = numberAt(step, 'setWeight');
	if (weight !== undefined) return `weight ${weight} %`;
	if (valueAt(step, 'pause') !== undefined)
		return duration === undefined
			? 'pause until promoted'
			: `pause ${typeof duration === 'number' ? `${duration}s` : plainLine(String(duration), 20)}`;
	if (valueAt(step, 'setCanaryScale') !== undefined) return scaleText(step);
	const name = ['experiment', 'analysis', 'plugin', 'setHeaderRoute', 'setMirrorRoute'].find(key => valueAt(step, key) !== undefined);
	return name ?? 'an unknown step';
}

function scaleText(step: Json): string {
	const [pods, share] = [numberAt(step, 'setCanaryScale', 'replicas'), numberAt(step, 'setCanaryScale', 'weight')];
	if (pods !== undefined) return `canary of ${pods} pods`;
	return share === undefined ? 'canary as large as its weight' : `canary of ${share} % of the pods`;
}

/** What the router was told, else the last weight of a step that was reached. */
function weightOf(rollout: KubeObject): number | undefined {
	const routed = numberAt(rollout, 'status', 'canary', 'weights', 'canary', 'weight');
	if (routed !== undefined) return routed;
	const index = argoStepIndex(rollout);
	if (index === undefined) return undefined;
	if (isArgoAborted(rollout)) return 0;
	const reached = argoSteps(rollout).slice(0, index + 1);
	return (
		reached.map(step => numberAt(step, 'setWeight')).findLast(weight => weight !== undefined) ??
		(index === argoSteps(rollout).length ? 100 : 0)
	);
}

function factsOf(rollout: KubeObject): string[] {
	const pauses = argoPauses(rollout).map(pause => pauseText(wordAt(pause, 'reason'), wordAt(pause, 'startTime')));
	const [active, preview] = ['activeSelector', 'previewSelector'].map(key => wordAt(rollout, 'status', 'blueGreen', key));
	return [
		...(isArgoAborted(rollout)
			? [`aborted${wordAt(rollout, 'status', 'abortedAt') === '' ? '' : ` at ${wordAt(rollout, 'status', 'abortedAt')}`}`]
			: []),
		...(isArgoPaused(rollout) ? ['somebody paused it'] : []),
		...pauses,
		...(active !== '' && preview !== '' && active !== preview ? [`${active} serves, ${preview} waits in preview`] : []),
		...listAt(rollout, 'status', 'conditions')
			.filter(condition => wordAt(condition, 'type') === 'InvalidSpec')
			.map(condition => `its spec is not valid: ${plainLine(wordAt(condition, 'message'), longestMessage)}`),
	];
}

const pauseWords: {readonly [reason: string]: string} = {
	CanaryPauseStep: 'holds at a pause of its steps',
	BlueGreenPause: 'holds before the switch',
	InconclusiveAnalysisRun: 'holds because an analysis gave no clear answer',
	InconclusiveExperiment: 'holds because an experiment gave no clear answer',
};

const pauseText = (reason: string, since: string) =>
	`${pauseWords[reason] ?? plainLine(reason, 60)}${since === '' ? '' : `, since ${since}`}`;
