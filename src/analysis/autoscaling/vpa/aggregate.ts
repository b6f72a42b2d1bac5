import {exponentialBuckets} from './buckets.ts';
import {
	addDecaying,
	type DecayingCheckpoint,
	type DecayingHistogram,
	emptyDecaying,
	loadDecaying,
	mergeDecaying,
	savedDecaying,
	subtractDecaying,
} from './decaying-histogram.ts';

const dayMs = 86_400_000;
const leastWeight = 0.1;
const epsilon = 0.0001;
const growth = 1.05;

/** @see pkg/recommender/model/aggregations_config.go of the Vertical Pod Autoscaler 1.8.1 */
export const aggregation = {
	halfLifeMs: dayMs,
	/** Memory counts by its peak in each interval. */
	memoryIntervalMs: dayMs,
	memoryIntervals: 8,
	cpuBuckets: exponentialBuckets(1000, 0.01, growth, epsilon),
	memoryBuckets: exponentialBuckets(1e12, 1e7, growth, epsilon),
} as const;

/** What containers of one name used, over all pods. */
export type Aggregate = {
	/** Cores. */
	readonly cpu: DecayingHistogram;
	/** Bytes, one peak for each interval of each container. */
	readonly memoryPeaks: DecayingHistogram;
	readonly createdMs: number;
	/** CPU samples: the first, the last and how many. */
	firstMs: number | undefined;
	lastMs: number | undefined;
	samples: number;
};

export type AggregateCheckpoint = {
	readonly version: string;
	readonly firstMs: number | undefined;
	readonly lastMs: number | undefined;
	readonly samples: number;
	readonly cpu: DecayingCheckpoint;
	readonly memory: DecayingCheckpoint;
};

/** The only form of a checkpoint that recommenders of today read. */
export const checkpointVersion = 'v3';

export const emptyAggregate = (createdMs: number, halfLifeMs: number = aggregation.halfLifeMs): Aggregate => ({
	cpu: emptyDecaying(aggregation.cpuBuckets, halfLifeMs),
	memoryPeaks: emptyDecaying(aggregation.memoryBuckets, halfLifeMs),
	createdMs,
	firstMs: undefined,
	lastMs: undefined,
	samples: 0,
});

const earlier = (a: number | undefined, b: number | undefined) => Math.min(a ?? Number.POSITIVE_INFINITY, b ?? Number.POSITIVE_INFINITY);
const later = (a: number | undefined, b: number | undefined) => Math.max(a ?? Number.NEGATIVE_INFINITY, b ?? Number.NEGATIVE_INFINITY);
const known = (atMs: number) => (Number.isFinite(atMs) ? atMs : undefined);

export function addCpu(aggregate: Aggregate, cores: number, atMs: number): void {
	addDecaying(aggregate.cpu, cores, leastWeight, atMs);
	aggregate.lastMs = later(aggregate.lastMs, atMs);
	aggregate.firstMs = earlier(aggregate.firstMs, atMs);
	aggregate.samples++;
}

export const addPeak = ({memoryPeaks}: Aggregate, bytes: number, atMs: number): void => addDecaying(memoryPeaks, bytes, 1, atMs);
export const subtractPeak = ({memoryPeaks}: Aggregate, bytes: number, atMs: number): void => subtractDecaying(memoryPeaks, bytes, 1, atMs);

function mergeAggregate(aggregate: Aggregate, other: Aggregate): void {
	mergeDecaying(aggregate.cpu, other.cpu);
	mergeDecaying(aggregate.memoryPeaks, other.memoryPeaks);
	aggregate.firstMs = known(earlier(aggregate.firstMs, other.firstMs));
	aggregate.lastMs = known(later(aggregate.lastMs, other.lastMs));
	aggregate.samples += other.samples;
}

/** Containers of one name taken together, whatever their pods. @see AggregateStateByContainerName */
export function byContainerName(parts: readonly {readonly name: string; readonly aggregate: Aggregate}[]): ReadonlyMap<string, Aggregate> {
	const merged = new Map<string, Aggregate>();
	for (const {name, aggregate} of parts) {
		const whole = merged.get(name) ?? emptyAggregate(aggregate.createdMs, aggregate.cpu.halfLifeMs);
		mergeAggregate(whole, aggregate);
		merged.set(name, whole);
	}
	return merged;
}

/** Whether it is too old to count: its last sample, or itself where it has none. */
export const isExpired = (
	{samples, createdMs, lastMs}: Aggregate,
	nowMs: number,
	intervals: number = aggregation.memoryIntervals,
): boolean => nowMs - (samples === 0 ? createdMs : (lastMs ?? createdMs)) >= aggregation.memoryIntervalMs * intervals;

export const savedAggregate = (aggregate: Aggregate): AggregateCheckpoint => ({
	version: checkpointVersion,
	firstMs: aggregate.firstMs,
	lastMs: aggregate.lastMs,
	samples: aggregate.samples,
	cpu: savedDecaying(aggregate.cpu),
	memory: savedDecaying(aggregate.memoryPeaks),
});

/** @throws RangeError where the checkpoint is of another version, or does not fit the buckets */
export function loadedAggregate(checkpoint: AggregateCheckpoint, createdMs: number): Aggregate {
	if (checkpoint.version !== checkpointVersion) throw new RangeError(`A checkpoint of version ${checkpoint.version} cannot be read`);
	const aggregate = emptyAggregate(createdMs);
	loadDecaying(aggregate.memoryPeaks, checkpoint.memory);
	loadDecaying(aggregate.cpu, checkpoint.cpu);
	return Object.assign(aggregate, {firstMs: checkpoint.firstMs, lastMs: checkpoint.lastMs, samples: checkpoint.samples});
}
