import {emptyAggregate} from '../vpa/aggregate.ts';
import {addCpuSample, addMemorySample, newContainer} from '../vpa/container-usage.ts';
import {recommendContainers} from '../vpa/recommend.ts';
import type {LoadSample} from './load-history.ts';

/** Requests for one pod: cores and bytes, with why. Undefined where nothing was measured. */
export type PodRequests = {
	readonly cores: number | undefined;
	readonly bytes: number | undefined;
	readonly reasons: readonly string[];
};

/**
 * What an average pod should ask for, by the vertical autoscaler's mathematics, and never less than it used at the end.
 * The CPU request of a workload that is scaled by its utilization stays: the target is a part of it, so both would chase each other.
 */
export function requestsFrom(samples: readonly LoadSample[], presentCores: number | undefined): PodRequests {
	const ordered = samples.toSorted((a, b) => a.atMs - b.atMs);
	const aggregate = emptyAggregate(ordered[0]?.atMs ?? 0);
	const container = newContainer(aggregate);
	for (const {atMs, cpuPerPod, memoryPerPod} of ordered) {
		addCpuSample(container, Math.round(cpuPerPod * 1000), atMs);
		if (memoryPerPod !== undefined) addMemorySample(container, Math.round(memoryPerPod), atMs);
	}
	const target = recommendContainers(new Map([['pod', aggregate]]))[0]?.target;
	const last = ordered.at(-1);
	const lastBytes = ordered.findLast(({memoryPerPod}) => Number.isFinite(memoryPerPod))?.memoryPerPod;
	const bytes = lastBytes === undefined ? undefined : Math.max(target?.memory ?? 0, Math.ceil(lastBytes));
	const lastCores = last !== undefined && Number.isFinite(last.cpuPerPod) ? last.cpuPerPod : 0;
	const cores = presentCores ?? Math.max((target?.cpu ?? 0) / 1000, lastCores);
	return {
		cores,
		bytes,
		reasons: [
			presentCores === undefined
				? 'the CPU request is the 90th percentile of what a pod used, with 15 %: without one the autoscaler cannot work'
				: 'the CPU request stays, for the target utilization is a part of it',
			bytes === undefined
				? 'memory was not measured, so its request is left alone'
				: 'the memory request is the 90th percentile of daily peaks, with 15 %',
		],
	};
}
