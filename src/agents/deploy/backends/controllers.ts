import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {argoAnalyses} from './argo/argo-analyses.ts';
import {argoAt, argoControl} from './argo/argo-control.ts';
import {argoProgress, isArgoBack} from './argo/argo-progress.ts';
import type {ControlledBackend, ControllerKind} from './backend.ts';
import type {Control, Verb} from './control.ts';
import {flaggerAt, flaggerControl} from './flagger/flagger-control.ts';
import {flaggerIntervalMs, flaggerProgress} from './flagger/flagger-progress.ts';
import {kruiseAt, kruiseControl} from './kruise/kruise-control.ts';
import {kruiseProgress} from './kruise/kruise-progress.ts';
import type {Progress} from './progress.ts';

/** How one controller is read and told. All of it is pure but `analyses`. */
type Controller = {
	readonly progress: (backend: ControlledBackend) => Progress;
	/** Whether the version before serves alone, after an abort. */
	readonly isBack: (controller: KubeObject) => boolean;
	/** @throws `not-now`, `not-possible` with what fits instead */
	readonly control: (backend: ControlledBackend, verb: Verb, options: {readonly hasStatus: boolean}) => Control;
	/** Version and step, by which a plan is told from one for another state. */
	readonly at: (controller: KubeObject) => string;
	/** How long a controller may take to begin with a change of its workload, before which it calls all well. */
	readonly beginsWithinMs: (controller: KubeObject) => number;
	readonly analyses?: (cluster: Cluster, controller: KubeObject) => Promise<Pick<Progress, 'analyses' | 'notChecked'>>;
};

export const controllers: {readonly [kind in ControllerKind]: Controller} = {
	'argo-rollout': {
		progress: ({controller, workload}) => argoProgress(controller, workload),
		isBack: isArgoBack,
		control: ({controller}, verb, {hasStatus}) => argoControl(controller, verb, hasStatus),
		at: argoAt,
		// Its observed generations tell.
		beginsWithinMs: () => 0,
		analyses: argoAnalyses,
	},
	flagger: {
		progress: ({controller}) => flaggerProgress(controller),
		isBack: controller => flaggerProgress(controller).state === 'healthy',
		control: ({controller, workload}, verb) => flaggerControl(controller, workload, verb),
		at: flaggerAt,
		beginsWithinMs: controller => 2 * flaggerIntervalMs(controller),
	},
	kruise: {
		progress: ({controller}) => kruiseProgress(controller),
		isBack: controller => kruiseProgress(controller).state === 'healthy',
		control: ({controller}, verb) => kruiseControl(controller, verb),
		at: kruiseAt,
		beginsWithinMs: () => 30_000,
	},
};

/** How far a rollout is, with the analyses that its controller runs. */
export async function progressOf(cluster: Cluster, backend: ControlledBackend): Promise<Progress> {
	const reader = controllers[backend.kind];
	const found = await reader.analyses?.(cluster, backend.controller);
	const progress = reader.progress(backend);
	return {...progress, analyses: found?.analyses ?? [], notChecked: [...backend.notChecked, ...(found?.notChecked ?? [])]};
}
