import {describe, expect, test} from 'vitest';
import {type Aggregate, addCpu, aggregation, emptyAggregate} from '../../../../src/analysis/autoscaling/vpa/aggregate.ts';
import {type Amounts, humanMemory, roundedUpTo, scaledAmount, wholeAmount} from '../../../../src/analysis/autoscaling/vpa/amounts.ts';
import type {ContainerRecommendation} from '../../../../src/analysis/autoscaling/vpa/container-recommendation.ts';
import {byConfidence, confidenceIn, defaultRecommender, withMargin} from '../../../../src/analysis/autoscaling/vpa/estimate.ts';
import {addSample, percentileIn} from '../../../../src/analysis/autoscaling/vpa/histogram.ts';
import {type ContainerPolicy, capped, policyFor, rounded, wholeCores} from '../../../../src/analysis/autoscaling/vpa/policy.ts';
import {recommendContainers} from '../../../../src/analysis/autoscaling/vpa/recommend.ts';

/** Facts of pkg/recommender/{model,logic,routines}/*_test.go and pkg/utils/vpa/capping_test.go of the Vertical Pod Autoscaler 1.8.1. */
const day = 86_400_000;
const minute = 60_000;
const Mi = 2 ** 20;

describe('amounts', () => {
	/** TestCPUAmountFromCores, TestMemoryAmountFromBytes, TestResourceAmountFromFloat. */
	test.each([
		[0.069946 * 1000, 69],
		[0.61535112 * 1000, 615],
		[0.0172071 * 1000, 17],
		[0.00455 * 1000, 4],
		[0.0123456789 * 1000, 12],
		[0.00123456789 * 1000, 1],
		[69.669, 69],
		[12.333, 12],
		[17.357, 17],
		[12.123456, 12],
		[100.5, 100],
		[0, 0],
		[-50.5, 0],
		[1e14 + 100, 1e14],
		[1e14, 1e14],
		[0.125, 0],
		[-0.0001, 0],
	])('%d is %d', (value, expected) => expect(wholeAmount(value)).toBe(expected));

	/** TestScaleResource. */
	test.each([
		[69, 1, 69],
		[615, 1, 615],
		[17, 1, 17],
		[4, 2.124, 8],
		[12, 1.1, 13],
		[1213, 1.2414, 1505],
		[0, 1, 0],
		[11, 0, 0],
		[41_208, 0.000001, 0],
	])('%d by %d is %d', (amount, factor, expected) => expect(scaledAmount(amount, factor)).toBe(expected));

	/** TestRoundUpToScale. */
	test.each([
		[100, 7, 105],
		[100, 10, 100],
		[0, 5, 0],
		[100, -5, 100],
		[100, 0, 100],
	])('%d in steps of %d is %d', (amount, step, expected) => expect(roundedUpTo(amount, step)).toBe(expected));

	/** TestHumanizeMemoryQuantity. */
	test.each([
		[1024, '1.00Ki'],
		[Mi, '1.00Mi'],
		[2 ** 30, '1.00Gi'],
		[2 ** 40, '1.00Ti'],
		[256 * Mi, '256.00Mi'],
		[1.5 * 2 ** 30, '1.50Gi'],
		[1_050_000, '1.00Mi'],
		[1537, '1.50Ki'],
		[4_992_073_454, '4.65Gi'],
		[6_499_152_537, '6.05Gi'],
		[16_357_476_492, '15.23Gi'],
		[4_022_251_530, '3.75Gi'],
		[13_580_968_030, '12.65Gi'],
		[15_530_468_536, '14.46Gi'],
		[1023, '1023'],
		[2 ** 30 - 1, '1024.00Mi'],
	])('%d bytes are %s', (bytes, expected) => expect(humanMemory(bytes)).toBe(expected));
});

/** Nine samples, two minutes apart. */
function nine(): Aggregate {
	const aggregate = emptyAggregate(0);
	for (let at = 0; at < 9; at++) addCpu(aggregate, 1, at * 2 * minute);
	return aggregate;
}

describe('estimators', () => {
	/** TestPercentileEstimator: to the end of the bucket, 5 % above at most. */
	test('a percentile of CPU and of memory', () => {
		const {cpu, memoryPeaks} = emptyAggregate(0);
		for (const cores of [1, 2, 3]) addSample(cpu.histogram, cores, 1);
		for (const bytes of [1e9, 2e9, 3e9]) addSample(memoryPeaks.histogram, bytes, 1);
		expect(percentileIn(cpu.histogram, 0.2)).toBeGreaterThan(1);
		expect(percentileIn(cpu.histogram, 0.2)).toBeLessThanOrEqual(1.05);
		expect(percentileIn(memoryPeaks.histogram, 0.5)).toBeGreaterThan(2e9);
		expect(percentileIn(memoryPeaks.histogram, 0.5)).toBeLessThanOrEqual(2.1e9);
	});

	/** TestConfidenceMultiplier, TestConfidenceMultiplierWithCustomInterval, TestConfidenceMultiplierNoHistory. */
	test.each([
		{aggregate: emptyAggregate(0), intervalMs: day, confidence: 0, multiplier: 1, exponent: 1, cpu: 1e14, memory: 1e14},
		{aggregate: emptyAggregate(0), intervalMs: day, confidence: 0, multiplier: 1, exponent: -1, cpu: 0, memory: 0},
		{aggregate: emptyAggregate(0), intervalMs: day, confidence: 0, multiplier: 0.1, exponent: 2, cpu: 1e14, memory: 1e14},
		{aggregate: nine(), intervalMs: day, confidence: 0.00625, multiplier: 0.1, exponent: 2, cpu: 907_460, memory: 907_460_000_000},
		{aggregate: nine(), intervalMs: 18 * minute, confidence: 0.5, multiplier: 0.1, exponent: 2, cpu: 4521, memory: 4_521_600_000},
	])('confidence $confidence by $multiplier to $exponent', ({aggregate, intervalMs, confidence, multiplier, exponent, cpu, memory}) => {
		expect(confidenceIn(aggregate, intervalMs)).toBe(confidence);
		expect(byConfidence(3140, multiplier, exponent, confidence)).toBe(cpu);
		expect(byConfidence(3_140_000_000, multiplier, exponent, confidence)).toBe(memory);
	});

	/** TestMarginEstimator. */
	test.each([
		[3140, 3454],
		[3_140_000_000, 3_454_000_000],
	])('a margin of a tenth on %d', (amount, expected) => expect(withMargin(amount, 0.1)).toBe(expected));
});

const full = (cores: number, bytes: number): Aggregate => {
	const aggregate = nine();
	addSample(aggregate.cpu.histogram, cores, 1e9);
	addSample(aggregate.memoryPeaks.histogram, bytes, 1e9);
	return aggregate;
};

describe('recommendations', () => {
	/** TestMinResourcesApplied, TestMinResourcesSplitAcrossContainers. */
	test.each([
		[1, {cpu: 25, memory: 250 * Mi}],
		[2, {cpu: 12, memory: 125 * Mi}],
	])('the floor is shared by %d containers', (count, expected) => {
		const aggregates = new Map(Array.from({length: count}, (_, at) => [`container-${at}`, full(0.001, 1e6)]));
		expect(recommendContainers(aggregates).map(({target}) => target)).toEqual(Array.from({length: count}, () => expected));
	});

	test('a container that is switched off has no share of the floor', () => {
		const aggregates = new Map(['a', 'b'].map(name => [name, full(0.001, 1e6)]));
		const found = recommendContainers(aggregates, name => ({containerName: name, mode: name === 'a' ? 'Off' : 'Auto'}));
		expect(found.map(({name, target}) => [name, target])).toEqual([['b', {cpu: 25, memory: 250 * Mi}]]);
	});

	/** TestUpdateFromPolicyControlledResources, TestControlledResourcesFiltered, TestUpdateFromPolicyScalingMode. */
	test.each<[string, Partial<ContainerPolicy> | undefined, readonly string[] | undefined]>([
		['no policy', undefined, ['cpu', 'memory']],
		['an empty policy', {}, ['cpu', 'memory']],
		['both', {controlledResources: ['cpu', 'memory']}, ['cpu', 'memory']],
		['memory', {controlledResources: ['memory']}, ['memory']],
		['none', {controlledResources: []}, []],
		['mode Auto', {mode: 'Auto'}, ['cpu', 'memory']],
		['mode Off', {mode: 'Off'}, undefined],
	])('controlled: %s', (_, policy, expected) => {
		const policyOf = () => policy && {containerName: 'a', ...policy};
		const [found] = recommendContainers(new Map([['a', full(1, 1e9)]]), policyOf);
		expect(found && [found.target, found.lower, found.upper].map(amounts => Object.keys(amounts))).toEqual(
			expected && [expected, expected, expected],
		);
	});

	/** TestMapToListOfRecommendedContainerResources. */
	test('containers come in the order of their names', () => {
		const aggregates = new Map(['b', 'a', 'd', 'c'].map(name => [name, full(1, 1e9)]));
		expect(recommendContainers(aggregates).map(({name}) => name)).toEqual(['a', 'b', 'c', 'd']);
	});

	test('the target has the margin, and the bounds are as wide as the history is short', () => {
		const aggregate = full(1, 1e9);
		const [found] = recommendContainers(new Map([['a', aggregate]]));
		const target = withMargin(wholeAmount(percentileIn(aggregate.cpu.histogram, 0.9) * 1000), defaultRecommender.margin);
		expect(found?.target.cpu).toBe(target);
		expect(found?.upper.cpu).toBe(Math.trunc(target * (1 + 1 / 0.00625)));
		expect(found?.lower.cpu).toBe(Math.trunc(target * (1 + 0.001 / 0.00625) ** -2));
	});

	test('buckets reach from 10 MB to 1 TB and from 0.01 to 1,000 cores', () => {
		const {cpuBuckets, memoryBuckets} = aggregation;
		expect([cpuBuckets.count, memoryBuckets.count, cpuBuckets.startOf(1), memoryBuckets.startOf(1)]).toEqual([176, 176, 0.01, 1e7]);
		expect(cpuBuckets.startOf(175)).toBeGreaterThan(1000);
		expect(memoryBuckets.startOf(175)).toBeGreaterThan(1e12);
	});
});

const both = (value: number): Amounts => ({cpu: value, memory: value * Mi});
const foo: ContainerRecommendation = {name: 'foo', target: both(42), lower: both(31), upper: both(53), uncapped: both(42)};

describe('the policy', () => {
	/** TestApplyVPAPolicy. */
	test.each<
		[string, Partial<ContainerPolicy> | undefined, Amounts | undefined, readonly [lower: Amounts, target: Amounts, upper: Amounts]]
	>([
		['none', undefined, undefined, [both(31), both(42), both(53)]],
		['at least', {minAllowed: both(50)}, undefined, [both(50), both(50), both(53)]],
		['at most', {maxAllowed: both(40)}, undefined, [both(31), both(40), both(40)]],
		['at most for all', undefined, both(40), [both(31), both(40), both(40)]],
		['at least, and at most for all', {minAllowed: both(35)}, both(50), [both(35), both(42), both(50)]],
		['CPU at most, memory at most for all', {maxAllowed: {cpu: 40}}, {memory: 40 * Mi}, [both(31), both(40), both(40)]],
		[
			'the own bound counts before that for all',
			{maxAllowed: {cpu: 40}},
			both(30),
			[
				{cpu: 31, memory: 30 * Mi},
				{cpu: 40, memory: 30 * Mi},
				{cpu: 40, memory: 30 * Mi},
			],
		],
		['bounds of zero are none', {minAllowed: both(0), maxAllowed: both(0)}, undefined, [both(31), both(42), both(53)]],
	])('%s', (_, policy, most, [lower, target, upper]) => {
		expect(capped(foo, policy && {containerName: 'foo', ...policy}, most)).toEqual({name: 'foo', target, lower, upper, uncapped: both(42)});
	});

	test('a container has its own policy, or that of all', () => {
		const policies: readonly ContainerPolicy[] = [{containerName: '*', mode: 'Off'}, {containerName: 'foo'}];
		expect([policyFor(policies, 'foo'), policyFor(policies, 'bar'), policyFor([], 'bar')]).toEqual([policies[1], policies[0], undefined]);
	});

	/** TestIntegerCPUPostProcessor_Process, TestSetIntegerCPURecommendation, TestExtractContainerName. */
	test.each([
		[{'vpa-post-processor.kubernetes.io/other_integerCPU': 'true'}, 8600, 8600],
		[{'vpa-post-processor.kubernetes.io/foo_integerCPU': 'true'}, 8600, 9000],
		[{'vpa-post-processor.kubernetes.io/foo_integerCPU': 'true'}, 8000, 8000],
		[{'vpa-post-processor.kubernetes.io/foo_integerCPU': 'true'}, 8100, 9000],
		[{'vpa-post-processor.kubernetes.io/foo_integerCPU': 'true'}, 8900, 9000],
		[{'vpa-post-processor.kubernetes.io/foo_integerCPU': 'false'}, 8100, 8100],
		[{'vpa-post-processor.kubernetes.io/foo': 'true'}, 8100, 8100],
	])('whole cores: %o, %d is %d', (annotations, cpu, expected) => {
		const amounts = {cpu, memory: 200 * Mi};
		const found = wholeCores({name: 'foo', target: amounts, lower: amounts, upper: amounts, uncapped: amounts}, annotations);
		expect([found.target, found.lower, found.upper, found.uncapped]).toEqual(Array(4).fill({cpu: expected, memory: 200 * Mi}));
	});

	/** TestResourcesAsResourceList. */
	test.each([
		[1000, 1024, 1, 1, 1000, 1024],
		[1000, 262_144_000, 1, 268_435_456, 1000, 268_435_456],
		[1000, 839_500_000, 3, 1, 1002, 839_500_000],
		[0, 0, 2, 1, 0, 0],
		[1_231_241, 839_500_000, 13, 1, 1_231_243, 839_500_000],
		[1_231_241, 839_500_000, 13, 134_217_728, 1_231_243, 896 * Mi],
	])('%d m and %d B in steps of %d m and %d B', (cpu, memory, millicores, bytes, cpuAfter, memoryAfter) => {
		const amounts = {cpu, memory};
		const found = rounded({name: 'a', target: amounts, lower: amounts, upper: amounts, uncapped: amounts}, {millicores, bytes});
		expect(found.target).toEqual({cpu: cpuAfter, memory: memoryAfter});
	});
});
