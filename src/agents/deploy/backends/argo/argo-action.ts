import type {JsonObject} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';

/** What can be told to a Rollout. `promote` is what its own command line calls so; the others are what Argo CD offers as actions. */
export type ArgoAction = 'promote' | 'promote-full' | 'skip-current-step' | 'resume' | 'pause' | 'abort' | 'retry' | 'restart';

/** JSON merge patches (RFC 7386) of the object and of its status. One that would change nothing is left out. */
export type ArgoPatches = {readonly spec?: JsonObject; readonly status?: JsonObject};

/** Steps of a canary; none for blue-green. */
export const argoSteps = (rollout: KubeObject) => listAt(rollout, 'spec', 'strategy', 'canary', 'steps');

/** The step that is under way, from 0; as many as there are steps when all are done. Undefined where there are none. */
export const argoStepIndex = (rollout: KubeObject): number | undefined =>
	argoSteps(rollout).length === 0 ? undefined : (numberAt(rollout, 'status', 'currentStepIndex') ?? 0);

export const isArgoPaused = (rollout: KubeObject) => valueAt(rollout, 'spec', 'paused') === true;
export const isArgoAborted = (rollout: KubeObject) => valueAt(rollout, 'status', 'abort') === true;
export const argoPauses = (rollout: KubeObject) => listAt(rollout, 'status', 'pauseConditions');

/** Whether the version that is wanted is the one that serves. A Rollout without a status has nothing under way either. */
export const isArgoPromoted = (rollout: KubeObject) =>
	textAt(rollout, 'status', 'currentPodHash') === textAt(rollout, 'status', 'stableRS');

export const isArgoBlueGreen = (rollout: KubeObject) => Object.hasOwn(objectAt(rollout, 'spec', 'strategy'), 'blueGreen');

/**
 * Up to 0.9 the controller kept a hash as the observed generation and knew no `promoteFull`. A hash may happen to be all digits: it is then
 * far above the generation.
 */
const isBeforeStatusSubresource = (rollout: KubeObject): boolean => {
	const observed = Number(textAt(rollout, 'status', 'observedGeneration'));
	return Number.isNaN(observed) || observed > (rollout.metadata.generation ?? 0);
};

/**
 * What one action writes, as the command line of Argo Rollouts does it. An action that does not apply writes nothing.
 * @param restartAt RFC 3339 time for `restart`: pods made before it are replaced
 * @see pkg/kubectl-argo-rollouts/cmd of argoproj/argo-rollouts 1.10
 */
export function argoAction(rollout: KubeObject, action: ArgoAction, {restartAt}: {readonly restartAt?: string} = {}): ArgoPatches {
	switch (action) {
		case 'promote':
			return promotion(rollout);
		case 'promote-full':
			return fullPromotion(rollout);
		case 'skip-current-step':
			return ofStatus({...nextStep(rollout), ...noPause(rollout)});
		case 'resume':
			return {...unpaused(rollout), ...ofStatus(noPause(rollout))};
		case 'pause':
			return {spec: {spec: {paused: true}}};
		case 'abort':
			return ofStatus({abort: true});
		case 'retry':
			return isArgoAborted(rollout) ? ofStatus({abort: null, ...noAnalyses(rollout)}) : {};
		case 'restart':
			return restartAt === undefined ? {} : {spec: {spec: {restartAt}}};
	}
}

const ofStatus = (status: JsonObject): ArgoPatches => (Object.keys(status).length === 0 ? {} : {status: {status}});

const unpaused = (rollout: KubeObject): ArgoPatches => (isArgoPaused(rollout) ? {spec: {spec: {paused: false}}} : {});

const noPause = (rollout: KubeObject): JsonObject => (argoPauses(rollout).length > 0 ? {pauseConditions: null} : {});

const judged = [
	['canary', ['currentStepAnalysisRunStatus', 'currentBackgroundAnalysisRunStatus']],
	['blueGreen', ['prePromotionAnalysisRunStatus', 'postPromotionAnalysisRunStatus']],
] as const;

/**
 * The runs that stopped it are not asked again. A rollout that was aborted while an inconclusive analysis held it would wait for the
 * failed run for ever: its controller begins a new one only where that one is inconclusive (`needsNewAnalysisRun`, rollout/analysis.go).
 */
const noAnalyses = (rollout: KubeObject): JsonObject =>
	Object.fromEntries(
		judged.flatMap(([strategy, fields]) => {
			const there = fields.filter(field => valueAt(rollout, 'status', strategy, field) != null);
			return there.length === 0 ? [] : [[strategy, Object.fromEntries(there.map(field => [field, null]))] as const];
		}),
	);

const nextStep = (rollout: KubeObject): JsonObject => {
	const index = argoStepIndex(rollout);
	return index === undefined ? {} : {currentStepIndex: Math.min(index + 1, argoSteps(rollout).length)};
};

/** Either a pause ends or a step is skipped, never both; but an inconclusive analysis would stop the same step again. */
function promotion(rollout: KubeObject): ArgoPatches {
	const isInconclusive = textAt(rollout, 'status', 'canary', 'currentStepAnalysisRunStatus', 'status') === 'Inconclusive';
	const isHeld = argoPauses(rollout).length > 0;
	if (isInconclusive && isHeld && valueAt(rollout, 'status', 'controllerPause') === true)
		return {...unpaused(rollout), ...ofStatus({...noPause(rollout), controllerPause: false, ...nextStep(rollout)})};
	return {...unpaused(rollout), ...ofStatus(isHeld ? noPause(rollout) : nextStep(rollout))};
}

function fullPromotion(rollout: KubeObject): ArgoPatches {
	if (!isBeforeStatusSubresource(rollout)) return {...unpaused(rollout), ...(isArgoPromoted(rollout) ? {} : ofStatus({promoteFull: true}))};
	const steps = argoSteps(rollout).length;
	return {
		...unpaused(rollout),
		...ofStatus({...(isArgoAborted(rollout) ? {abort: null} : {}), ...(steps === 0 ? {} : {currentStepIndex: steps})}),
	};
}

/** An action as a Rollout offers it now. A disabled one is known, and would do nothing or harm. */
export type OfferedAction = {readonly name: ArgoAction; readonly disabled: boolean; readonly displayName?: string};

/** Every action of a Rollout with whether it can be run in its present state. */
export function argoActions(rollout: KubeObject): readonly OfferedAction[] {
	const [isPromoted, isAborted, isPaused] = [isArgoPromoted(rollout), isArgoAborted(rollout), isArgoPaused(rollout)];
	const steps = argoSteps(rollout).length;
	const offered = (name: ArgoAction, isOffered: boolean): OfferedAction => ({name, disabled: !isOffered});
	return [
		{name: 'restart', disabled: false, displayName: 'Restart Pods'},
		offered('resume', isPaused || argoPauses(rollout).length > 0),
		offered('abort', !isPromoted && !isAborted),
		offered('retry', !isPromoted && isAborted),
		offered('promote-full', !isPromoted && !(isBeforeStatusSubresource(rollout) && isArgoBlueGreen(rollout))),
		offered('skip-current-step', !isPromoted && (argoStepIndex(rollout) ?? steps) < steps),
		offered('pause', !isPromoted && !isAborted && !isPaused),
	];
}
