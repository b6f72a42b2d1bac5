import {expect, test} from 'vitest';
import {
	type Aggregate,
	addCpu,
	addPeak,
	aggregation,
	byContainerName,
	checkpointVersion,
	emptyAggregate,
	isExpired,
	loadedAggregate,
	savedAggregate,
} from '../../../../src/analysis/autoscaling/vpa/aggregate.ts';
import {addCpuSample, addMemorySample, newContainer, recordOom} from '../../../../src/analysis/autoscaling/vpa/container-usage.ts';
import {addDecaying, emptyDecaying} from '../../../../src/analysis/autoscaling/vpa/decaying-histogram.ts';
import {isEmpty} from '../../../../src/analysis/autoscaling/vpa/histogram.ts';

/** Facts of pkg/recommender/model/{container,aggregate_container_state}_test.go of the Vertical Pod Autoscaler 1.8.1. */
const at = Date.UTC(2017, 3, 18, 17, 35, 5);
const day = 86_400_000;
const hour = 3_600_000;
const Mi = 2 ** 20;

/** Peaks that are left after all that were added and taken away: bytes, and the end of their interval. */
const peaksOf = (peaks: readonly (readonly [bytes: number, endMs: number])[]) => {
	const histogram = emptyDecaying(aggregation.memoryBuckets, day);
	for (const [bytes, endMs] of peaks) addDecaying(histogram, bytes, 1, endMs);
	return histogram.histogram.weights;
};
const close = (weights: Float64Array) => [...weights].map(weight => expect.closeTo(weight, 9));

type Step = readonly [kind: 'memory' | 'oom', Mi: number, offsetMs: number, counts: boolean];

/** TestRecordOOM*, TestMemorySamplesWithCustomAggregationInterval, TestMemoryPeakUpdateWithinCustomInterval and their like. */
test.each<{name: string; intervalMs?: number; steps: readonly Step[]; peaks: readonly (readonly [Mi: number, endMs: number])[]}>([
	{name: 'a kill adds a fifth', steps: [['oom', 1000, 0, true]], peaks: [[1200, day]]},
	{
		name: 'smaller kills do not add up',
		steps: [
			['oom', 1000, 0, true],
			['oom', 999, 0, true],
			['oom', 999, 0, true],
		],
		peaks: [[1200, day]],
	},
	{
		name: 'a larger kill takes the place of a smaller one',
		steps: [
			['oom', 1000, 0, true],
			['oom', 2000, 0, true],
		],
		peaks: [[2400, day]],
	},
	{name: 'a kill adds at least 100 Mi', steps: [['oom', 1, 0, true]], peaks: [[101, day]]},
	{
		name: 'what was used counts where it is above what was asked for',
		steps: [
			['memory', 3000, 0, true],
			['oom', 1000, 0, true],
		],
		peaks: [[3600, day]],
	},
	{
		name: 'an old kill does not count',
		steps: [
			['memory', 1000, 0, true],
			['oom', 1000, -30 * hour, false],
		],
		peaks: [[1000, day]],
	},
	{
		name: 'a kill two intervals later is a peak of its own',
		steps: [
			['memory', 2000, 0, true],
			['oom', 1000, 2 * day, true],
		],
		peaks: [
			[2000, day],
			[2400, 3 * day],
		],
	},
	{
		name: 'a kill just before the end of an interval counts (autoscaler issue 8548)',
		steps: [
			['memory', 100, 0, true],
			['memory', 2000, day, true],
			['oom', 1000, day - 1000, true],
		],
		peaks: [
			[100, day],
			[2400, 2 * day],
		],
	},
	{
		name: 'intervals of an hour: two hours later is a peak of its own',
		intervalMs: hour,
		steps: [
			['memory', 500, 0, true],
			['memory', 1000, 2 * hour, true],
		],
		peaks: [
			[500, hour],
			[1000, 3 * hour],
		],
	},
	{
		name: 'intervals of an hour: within one the larger counts',
		intervalMs: hour,
		steps: [
			['memory', 500, 0, true],
			['memory', 1000, hour / 2, true],
		],
		peaks: [[1000, hour]],
	},
	{
		name: 'intervals of an hour: a kill two hours before does not count',
		intervalMs: hour,
		steps: [
			['memory', 1000, 0, true],
			['oom', 1000, -2 * hour, false],
		],
		peaks: [[1000, hour]],
	},
	{
		name: 'intervals of an hour: a kill two hours later',
		intervalMs: hour,
		steps: [
			['memory', 2000, 0, true],
			['oom', 1000, 2 * hour, true],
		],
		peaks: [
			[2000, hour],
			[2400, 3 * hour],
		],
	},
	{
		name: 'a kill three days before does not count',
		steps: [
			['memory', 1000, 0, true],
			['oom', 1000, -3 * day, false],
		],
		peaks: [[1000, day]],
	},
	{
		name: 'two days later is a peak of its own',
		steps: [
			['memory', 500, 0, true],
			['memory', 1000, 2 * day, true],
		],
		peaks: [
			[500, day],
			[1000, 3 * day],
		],
	},
	{
		name: 'three samples of three halves of a day',
		steps: [
			['memory', 500, 0, true],
			['memory', 1000, day / 2, true],
			['memory', 200, day, true],
			['memory', -1000, 2 * day, false],
		],
		peaks: [
			[1000, day],
			[200, 2 * day],
		],
	},
])('memory: $name', ({intervalMs = day, steps, peaks}) => {
	const container = newContainer(emptyAggregate(at), intervalMs);
	for (const [kind, mebibytes, offset, counts] of steps) {
		const add = kind === 'oom' ? recordOom : addMemorySample;
		expect(add(container, mebibytes * Mi, at + offset)).toBe(counts);
	}
	const expected = peaksOf(peaks.map(([mebibytes, end]) => [mebibytes * Mi, at + end] as const));
	expect([...container.aggregate.memoryPeaks.histogram.weights]).toEqual(close(expected));
});

/** TestAggregateContainerUsageSamples, the CPU part. */
test('CPU counts in order of time, and not below zero', () => {
	const container = newContainer(emptyAggregate(at));
	const half = day / 2;
	const samples = [
		[3140, 0, true],
		[6280, half, true],
		[1570, day, true],
		[1000, day, false],
		[-1000, 2 * day, false],
	] as const;
	for (const [millicores, offset, counts] of samples) expect(addCpuSample(container, millicores, at + offset)).toBe(counts);
	const expected = emptyDecaying(aggregation.cpuBuckets, day);
	for (const [millicores, offset, counts] of samples) if (counts) addDecaying(expected, millicores / 1000, 0.1, at + offset);
	expect(container.aggregate.cpu).toEqual({...expected, histogram: {...expected.histogram, buckets: aggregation.cpuBuckets}});
	expect(container.aggregate).toMatchObject({samples: 3, firstMs: at, lastMs: at + day});
});

/** TestAggregateStateByContainerName. */
test('containers of one name are taken together', () => {
	const usage = [
		['app-A', 1, 2e9],
		['app-B', 5, 10e9],
		['app-A', 3, 4e9],
		['app-C', 5, 10e9],
	] as const;
	const parts = usage.map(([name, cores, bytes]) => {
		const aggregate = emptyAggregate(at);
		const container = newContainer(aggregate);
		addCpuSample(container, cores * 1000, at);
		addMemorySample(container, bytes, at);
		return {name, aggregate};
	});
	const merged = byContainerName(parts);
	expect([...merged].map(([name, {samples}]) => [name, samples])).toEqual([
		['app-A', 2],
		['app-B', 1],
		['app-C', 1],
	]);
	const peaks = peaksOf([
		[2e9, at + day],
		[4e9, at + day],
	]);
	expect([...(merged.get('app-A')?.memoryPeaks.histogram.weights ?? [])]).toEqual(close(peaks));
});

/** TestAggregateContainerStateSaveToCheckpoint, and the way back. */
test('a checkpoint holds what was counted', () => {
	const [first, last] = [Date.UTC(2018, 0, 1, 2, 3, 4), Date.UTC(2018, 1, 1, 2, 3, 4)];
	const aggregate: Aggregate = Object.assign(emptyAggregate(at), {firstMs: first, lastMs: last, samples: 10});
	addDecaying(aggregate.cpu, 1, 33, last);
	addDecaying(aggregate.memoryPeaks, 1, 55, first);
	addDecaying(aggregate.memoryPeaks, 10_000_000, 55, first);
	const checkpoint = savedAggregate(aggregate);
	expect(checkpoint).toMatchObject({version: 'v3', firstMs: first, lastMs: last, samples: 10});
	expect([checkpoint.cpu, checkpoint.memory].map(({bucketWeights}) => Object.keys(bucketWeights).length)).toEqual([1, 2]);
	expect(savedAggregate(loadedAggregate(checkpoint, at))).toEqual(checkpoint);
});

/** TestAggregateContainerStateLoadFromCheckpoint*. */
test('a checkpoint is read, and one of another version is refused', () => {
	const histogram = {bucketWeights: {0: 10}, totalWeight: 33, referenceMs: at};
	const checkpoint = {version: checkpointVersion, firstMs: at, lastMs: at + day, samples: 20, cpu: histogram, memory: histogram};
	const aggregate = loadedAggregate(checkpoint, at);
	expect(aggregate).toMatchObject({firstMs: at, lastMs: at + day, samples: 20});
	expect([aggregate.cpu, aggregate.memoryPeaks].map(({histogram: each}) => isEmpty(each))).toEqual([false, false]);
	expect(() => loadedAggregate({...checkpoint, version: 'foo'}, at)).toThrow('foo');
});

/** TestAggregateContainerStateIsExpired*. */
test.each([
	{samples: 1, intervals: undefined, days: 7, expected: false},
	{samples: 1, intervals: undefined, days: 8, expected: true},
	{samples: 0, intervals: undefined, days: 7, expected: false},
	{samples: 0, intervals: undefined, days: 8, expected: true},
	{samples: 1, intervals: 4, days: 4 - 1 / 24, expected: false},
	{samples: 1, intervals: 4, days: 4, expected: true},
	{samples: 0, intervals: 4, days: 4 - 1 / 24, expected: false},
	{samples: 0, intervals: 4, days: 4, expected: true},
])('with $samples samples, after $days days of $intervals it is expired: $expected', ({samples, intervals, days, expected}) => {
	const aggregate = Object.assign(emptyAggregate(samples === 0 ? at : 0), {samples, lastMs: samples === 0 ? undefined : at});
	expect(isExpired(aggregate, at + days * day, intervals)).toBe(expected);
});

test('an aggregate without samples adds nothing to another', () => {
	const full = emptyAggregate(at);
	addCpu(full, 1, at);
	addPeak(full, 1e9, at);
	const merged = byContainerName([
		{name: 'a', aggregate: emptyAggregate(at)},
		{name: 'a', aggregate: full},
	]).get('a');
	expect(merged).toMatchObject({samples: 1, firstMs: at, lastMs: at});
	expect(merged?.cpu.histogram.total).toBe(full.cpu.histogram.total);
});
