import type {KubeObject} from '../../../core/kube/kube-object.ts';

/**
 * A workload and what it needs to serve, as it was at one revision: what a rollback brings back. Objects are without status, without the
 * server's bookkeeping and without `last-applied-configuration`; their uid stays, so that one that was made again can be told.
 */
export type Bundle = {
	readonly workload: KubeObject;
	/** The number that the controller gave to the template; 0 where none was found. */
	readonly revision: number;
	/** ConfigMaps and Secrets that the pod template names. */
	readonly configs: readonly KubeObject[];
	readonly secrets: readonly KubeObject[];
	readonly scalers: readonly KubeObject[];
	readonly budgets: readonly KubeObject[];
	/** Services that select the pods, and what routes to these. */
	readonly services: readonly KubeObject[];
	readonly routes: readonly KubeObject[];
	/** What is not in it, and why, one sentence each. */
	readonly leftOut: readonly string[];
};

/** The lists of a bundle. Each object is kept under its list's name. */
export const bundleLists = ['configs', 'secrets', 'scalers', 'budgets', 'services', 'routes'] as const;

/** Every object of a bundle in the order in which it comes back: what pods need, the workload, and then what leads to it. */
export const objectsOf = ({workload, configs, secrets, scalers, budgets, services, routes}: Bundle): readonly KubeObject[] => [
	...configs,
	...secrets,
	...scalers,
	...budgets,
	workload,
	...services,
	...routes,
];
