import type {Finding} from '../../core/finding.ts';
import type {Course} from './course.ts';

/** Names of the measures that are judged; ratios are parts of 1. */
export type MeasureName =
	| 'requests'
	| 'errors'
	| 'latency-p50'
	| 'latency-p95'
	| 'latency-p99'
	| 'cpu'
	| 'memory'
	| 'cpu-of-limit'
	| 'memory-of-limit'
	| 'throttled';

/** A pod beside the workload's on its node. */
export type Neighbour = {readonly namespace: string; readonly pod: string; readonly cpu: Course};

export type NodeFacts = {
	readonly name: string;
	/** Parts of what it has. */
	readonly cpu?: Course | undefined;
	readonly memory?: Course | undefined;
	/** Cores of the whole node. */
	readonly cores?: number | undefined;
	/** Those that were looked at, none where the node has room. */
	readonly neighbours: readonly Neighbour[];
};

/** Something that the workload asks. `seenBy`: the workload itself measures how long it waits, or the other one how long it takes. */
export type DependencyFacts = {
	readonly name: string;
	readonly seenBy: 'caller' | 'itself';
	readonly latency?: Course | undefined;
	readonly errors?: Course | undefined;
};

/** A change that somebody made, as the objects tell it. */
export type MadeChange = {
	readonly atMs: number;
	readonly text: string;
	readonly what: 'rollout' | 'settings' | 'scale' | 'node' | 'other';
	/** To the workload itself, or what it is made of. */
	readonly isOwn: boolean;
};

/** Ends of containers, and the latest of them where it is known. */
export type Ended = {readonly count: number; readonly latestMs?: number | undefined};

/** All that is known of a workload in a time. */
export type Facts = {
	readonly stepMs: number;
	readonly measures: ReadonlyMap<string, Course>;
	/** Containers that were killed for their memory, with the latest time. */
	readonly oomKills: Ended;
	/** Containers that ended and were started again, for whatever reason. */
	readonly restarts: Ended;
	readonly nodes: readonly NodeFacts[];
	readonly dependencies: readonly DependencyFacts[];
	/** The oldest first. */
	readonly changes: readonly MadeChange[];
};

type BottleneckKind =
	| 'memory-limit'
	| 'cpu-limit'
	| 'node-cpu'
	| 'node-memory'
	| 'noisy-neighbour'
	| 'slow-dependency'
	| 'rollout'
	| 'settings'
	| 'more-requests'
	| 'restarts'
	| 'unexplained';

/** What holds a workload up, or is about to. */
export type Bottleneck = {
	readonly kind: BottleneckKind;
	readonly severity: Finding['severity'];
	/**
	 * `certain`: the objects say so. `likely`: it is at its end, and what users see changed with it. `possible`: one of both.
	 */
	readonly sure: 'certain' | 'likely' | 'possible';
	readonly sinceMs?: number | undefined;
	readonly cause: string;
	/** `source` names the measure whose query stands beside its numbers, or the objects. */
	readonly evidence: readonly {readonly source: string; readonly detail: string}[];
};
