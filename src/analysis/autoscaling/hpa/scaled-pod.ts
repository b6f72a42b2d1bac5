/** Requests by resource name, in thousandths of the unit (cores, bytes). */
export type Requests = {readonly [resource: string]: number};

/** What the autoscaler looks at in a pod. */
export type ScaledPod = {
	readonly name: string;
	readonly phase: string;
	readonly isDeleted?: boolean | undefined;
	readonly startedMs?: number | undefined;
	/** Its Ready condition; undefined where it has none. */
	readonly ready?: {readonly status: string; readonly sinceMs: number} | undefined;
	/** Containers and sidecars; other init containers do not count. */
	readonly containers: readonly {readonly name: string; readonly requests: Requests}[];
	/** Where the pod as a whole has requests: those, with what its containers add. */
	readonly podRequests?: Requests | undefined;
};

/** One pod's value, in thousandths of the unit, over the time before `atMs`. */
export type PodMetric = {readonly value: number; readonly atMs: number; readonly windowMs: number};

/** By pod name. */
export type PodMetrics = ReadonlyMap<string, PodMetric>;

/** How a value could not be had, as the controller says it. */
export type Failure = {readonly failure: string};

export const isFailure = (result: object): result is Failure => 'failure' in result;
