import type {KubeObject} from '../../../core/kube/kube-object.ts';

/** A controller of the cluster that carries rollouts out. */
export type ControllerKind = 'argo-rollout' | 'flagger' | 'kruise';

/** A workload that a controller rolls out, and the object by which that controller is told what to do. */
export type ControlledBackend = {
	readonly kind: ControllerKind;
	readonly controller: KubeObject;
	/** What holds the pod template: the Argo Rollout itself, or what the controller refers to. Undefined where that does not exist. */
	readonly workload: KubeObject | undefined;
	/** Kinds that could not be looked at, one sentence each. */
	readonly notChecked: readonly string[];
};

/** A Deployment, StatefulSet or DaemonSet that no controller of rollouts speaks of. */
export type PlainBackend = {readonly kind: 'plain'; readonly workload: KubeObject; readonly notChecked: readonly string[]};

export type Backend = ControlledBackend | PlainBackend;
