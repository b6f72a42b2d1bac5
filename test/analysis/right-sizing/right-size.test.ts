import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type ContainerUse, percentileOf, sumUp} from '../../../src/analysis/right-sizing/observed-use.ts';
import {qosClass} from '../../../src/analysis/right-sizing/quality-of-service.ts';
import {type Asked, changedFields, rightSize} from '../../../src/analysis/right-sizing/right-size.ts';

const Mi = 2 ** 20;
const use = (more: Partial<ContainerUse> = {}): ContainerUse => ({
	...{name: 'web', pods: 2, samples: 500, cpuPercentile: 0.1, cpuMean: 0.06, cpuPeak: 0.3, memoryPeak: 100 * Mi, oomKills: 0},
	...more,
});
const now: Asked = {cpuRequest: 0.5, memoryRequest: 512 * Mi, cpuLimit: 1, memoryLimit: 512 * Mi};
const method = {margin: 0.15, mayLower: true};

test.each<[string, Partial<ContainerUse>, Asked, Partial<typeof method>, Asked]>([
	['too much of both is lowered, and limits stay', {}, now, {}, {...now, cpuRequest: 0.115, memoryRequest: 120 * Mi}],
	['with too little to go by nothing is lowered', {}, now, {mayLower: false}, now],
	[
		'with too little to go by what is too small is raised all the same',
		{cpuPercentile: 0.8, memoryPeak: 600 * Mi},
		now,
		{mayLower: false},
		{cpuRequest: 0.92, memoryRequest: 696 * Mi, cpuLimit: 1, memoryLimit: 696 * Mi},
	],
	['a small difference is left alone', {cpuPercentile: 0.44, memoryPeak: 450 * Mi}, now, {}, now],
	[
		'a small difference is not left alone below what was used',
		{cpuPercentile: 0.44, memoryPeak: 520 * Mi},
		now,
		{margin: 0},
		{...now, cpuRequest: 0.44, memoryRequest: 520 * Mi, memoryLimit: 520 * Mi},
	],
	['a container without requests gets them, and no limits', {}, {}, {}, {cpuRequest: 0.115, memoryRequest: 120 * Mi}],
	[
		'a kill for memory raises above the limit at which it was killed',
		{memoryPeak: 500 * Mi, oomKills: 2},
		now,
		{},
		{...now, cpuRequest: 0.115, memoryRequest: 616 * Mi, memoryLimit: 616 * Mi},
	],
	['throttling raises the limit', {throttled: 0.4, cpuPercentile: 0.45}, now, {}, {...now, memoryRequest: 120 * Mi, cpuLimit: 1.5}],
	['an idle container keeps the least', {cpuPercentile: 0, memoryPeak: Mi}, now, {}, {...now, cpuRequest: 0.01, memoryRequest: 16 * Mi}],
])('%s', (_, observed, before, change, after) => {
	const sizing = rightSize(use(observed), before, {...method, ...change});
	for (const field of ['cpuRequest', 'memoryRequest', 'cpuLimit', 'memoryLimit'] as const) {
		if (after[field] === undefined) expect([field, sizing.after[field]]).toEqual([field, undefined]);
		else expect({field, value: sizing.after[field]}).toEqual({field, value: expect.closeTo(after[field], 6)});
	}
});

test('whatever was seen: requests cover it, limits are not lowered, and a request is not above its limit', () => {
	const some = fc.double({min: 0, max: 8, noNaN: true});
	const bytes = fc.integer({min: 0, max: 8 * 2 ** 30});
	const before = fc.record({cpuRequest: some, cpuLimit: some, memoryRequest: bytes, memoryLimit: bytes}, {requiredKeys: []});
	fc.assert(
		fc.property(some, bytes, before, fc.boolean(), fc.nat(3), (cpuPercentile, memoryPeak, asked, mayLower, oomKills) => {
			const {after} = rightSize(use({cpuPercentile, memoryPeak, oomKills}), asked, {margin: 0.15, mayLower});
			expect(after.cpuRequest).toBeGreaterThanOrEqual(cpuPercentile - 1e-9);
			expect(after.memoryRequest).toBeGreaterThanOrEqual(memoryPeak);
			if (asked.memoryLimit !== undefined)
				expect(after.memoryLimit).toBeGreaterThanOrEqual(Math.max(asked.memoryLimit, after.memoryRequest ?? 0));
			if (asked.cpuLimit !== undefined) expect(after.cpuLimit).toBeGreaterThanOrEqual(Math.max(asked.cpuLimit, after.cpuRequest ?? 0));
		}),
	);
});

test('sizing what was sized before changes nothing', () => {
	const {after} = rightSize(use(), now, method);
	expect(changedFields(rightSize(use(), after, method))).toEqual([]);
});

test('a percentile is a value that was there', () => {
	const values = [5, 1, 4, 2, 3];
	expect([0, 20, 50, 95, 100].map(percentile => percentileOf(values, percentile))).toEqual([1, 1, 3, 5, 5]);
	expect(percentileOf([], 95)).toBe(0);
});

test('the busiest pod counts, not the mean of all', () => {
	const series = (pod: string, value: number) => ({pod, container: 'web', points: [0, 1, 2].map(index => ({atMs: index * 60_000, value}))});
	const {coveredMs, containers} = sumUp([series('a', 0.1), series('b', 0.5)], [series('a', 10), series('b', 30)], 95);
	expect(coveredMs).toBe(120_000);
	expect(containers).toMatchObject([{pods: 2, samples: 6, cpuPercentile: 0.5, memoryPeak: 30}]);
});

describe('the class of a pod', () => {
	const pod = (...resources: readonly object[]) => ({
		containers: resources.map((each, index) => ({name: `c${index}`, resources: {...each}})),
	});
	const both = (cpu: string, memory: string) => ({cpu, memory});
	test.each([
		['BestEffort', pod({}, {})],
		['Burstable', pod({requests: {cpu: '1'}})],
		['Burstable', pod({limits: both('1', '1Gi')}, {})],
		['Guaranteed', pod({limits: both('1', '1Gi')})],
		['Guaranteed', pod({requests: both('1000m', '1024Mi'), limits: both('1', '1Gi')})],
		['Burstable', pod({requests: both('500m', '1Gi'), limits: both('1', '1Gi')})],
	])('%s', (word, podSpec) => {
		expect(qosClass(JSON.parse(JSON.stringify(podSpec)))).toBe(word);
	});
});
