import {expect, test} from 'vitest';
import {harmIn, type ScalingLook} from '../../../../src/analysis/autoscaling/scale/judge-scaling.ts';

const before: ScalingLook = {replicas: 6, ready: 6, requestsPerSecond: 40, errorRatio: 0.002, latency: 0.1};

test.each<[string, Partial<ScalingLook>, string | undefined]>([
	['nothing has changed', {}, undefined],
	['fewer pods, as the autoscaler has chosen', {replicas: 3, ready: 3}, undefined],
	['more pods, some of which start', {replicas: 9, ready: 6}, undefined],
	['fewer are ready than before', {replicas: 9, ready: 5}, 'fewer-ready'],
	['pods of the smaller number do not serve', {replicas: 4, ready: 2}, 'fewer-ready'],
	['a few more errors than before', {errorRatio: 0.008}, undefined],
	['errors that people notice', {errorRatio: 0.05}, 'errors'],
	['errors of a handful of requests', {errorRatio: 0.2, requestsPerSecond: 0.05}, undefined],
	['answers take a little longer', {latency: 0.14}, undefined],
	['answers take twice as long', {latency: 0.2}, 'latency'],
	['the autoscaler cannot act', {stuck: 'FailedGetResourceMetric: none'}, 'stuck'],
	['nobody counts any more', {requestsPerSecond: undefined, errorRatio: undefined, latency: undefined}, undefined],
])('%s', (_, now, kind) => {
	expect(harmIn(before, {...before, ...now})?.kind).toBe(kind);
});

test('what was bad before is not the doing of the change', () => {
	const bad = {...before, ready: 3, errorRatio: 0.3, latency: 2, stuck: 'FailedGetResourceMetric: none'};
	expect(harmIn(bad, bad)).toBeUndefined();
});

test('latencies of milliseconds may double', () => {
	expect(harmIn({...before, latency: 0.004}, {...before, latency: 0.009})).toBeUndefined();
});

test('it is told with the numbers of before and after', () => {
	expect(harmIn(before, {...before, errorRatio: 0.05})?.text).toBe('5.0 % of the requests fail; before the change 0.2 % did');
	expect(harmIn(before, {...before, replicas: 9, ready: 5})?.text).toBe('5 of 9 pods are ready; before the change 6 were');
});
