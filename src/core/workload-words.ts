import type {PodWords} from './canary-evidence.ts';

/** What stands behind a wait that failed: one pod of each reason, and what the cluster says of the workload itself. Bounded; words of others are data. */
export type WorkloadWords = {readonly pods: readonly PodWords[]; readonly morePods: number; readonly events: readonly string[]};
