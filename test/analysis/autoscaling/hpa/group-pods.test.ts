import {expect, test} from 'vitest';
import {groupPods} from '../../../../src/analysis/autoscaling/hpa/group-pods.ts';
import type {PodMetric, ScaledPod} from '../../../../src/analysis/autoscaling/hpa/scaled-pod.ts';

const nowMs = Date.UTC(2026, 0, 1);
const delays = {cpuInitializationMs: 120_000, initialReadinessMs: 10_000};
const longAgo = Date.parse('0001-01-01T00:00:00Z');

/** Seconds before now. */
const ago = (seconds: number) => nowMs - seconds * 1000;
const pod = (name: string, phase: string, more: Partial<ScaledPod> = {}): ScaledPod => ({name, phase, containers: [], ...more});
const ready = (status: string, seconds: number) => ({status, sinceMs: ago(seconds)});
const undated: PodMetric = {value: 1, atMs: longAgo, windowMs: 0};
const sampled = (seconds: number, windowSeconds: number): PodMetric => ({value: 1, atMs: ago(seconds), windowMs: windowSeconds * 1000});

type Row = {
	readonly pods: readonly ScaledPod[];
	readonly metrics?: Readonly<Record<string, PodMetric>>;
	readonly resource?: string;
	readonly readyCount?: number;
	readonly unready?: readonly string[];
	readonly missing?: readonly string[];
	readonly ignored?: readonly string[];
};

/** Facts of TestGroupPods in replica_calculator_test.go of kubernetes 1.36.3. */
test.each<[string, Row]>([
	['nothing', {pods: []}],
	['memory: no start is needed', {pods: [pod('a', 'Succeeded')], metrics: {a: sampled(0, 60)}, resource: 'memory', readyCount: 1}],
	['no Ready condition', {pods: [pod('a', 'Succeeded', {startedMs: nowMs})], metrics: {a: undated}, unready: ['a']}],
	[
		'young, sampled wholly after it was ready',
		{pods: [pod('a', 'Succeeded', {startedMs: ago(60), ready: ready('True', 30)})], metrics: {a: sampled(0, 30)}, readyCount: 1},
	],
	[
		'young, sampled partly before',
		{pods: [pod('a', 'Succeeded', {startedMs: ago(60), ready: ready('True', 30)})], metrics: {a: sampled(0, 60)}, unready: ['a']},
	],
	[
		'old, unready since its first seconds',
		{pods: [pod('a', 'Succeeded', {startedMs: ago(600), ready: ready('False', 594)})], metrics: {a: undated}, unready: ['a']},
	],
	[
		'old, with an old sample',
		{pods: [pod('a', 'Succeeded', {startedMs: ago(180), ready: ready('True', 180)})], metrics: {a: sampled(120, 60)}, readyCount: 1},
	],
	[
		'old, was ready once',
		{pods: [pod('a', 'Succeeded', {startedMs: ago(600), ready: ready('False', 540)})], metrics: {a: undated}, readyCount: 1},
	],
	[
		'old, unready just after the delay',
		{pods: [pod('a', 'Succeeded', {startedMs: ago(600), ready: ready('False', 590)})], metrics: {a: undated}, readyCount: 1},
	],
	['no sample', {pods: [pod('a', 'Succeeded', {startedMs: ago(180)})], missing: ['a']}],
	[
		'three pods',
		{
			pods: [
				pod('a', 'Succeeded', {startedMs: nowMs}),
				pod('b', 'Succeeded', {startedMs: ago(180), ready: ready('True', 180)}),
				pod('c', 'Succeeded', {startedMs: ago(180)}),
			],
			...{metrics: {a: undated, b: undated}, readyCount: 1, unready: ['a'], missing: ['c']},
		},
	],
	['pending', {pods: [pod('a', 'Pending')], unready: ['a']}],
	['being deleted', {pods: [pod('a', 'Pending', {isDeleted: true})], metrics: {a: undated}, ignored: ['a']}],
	['failed', {pods: [pod('a', 'Failed')], metrics: {a: undated}, ignored: ['a']}],
])('%s', (_, {pods, metrics = {}, resource = 'cpu', readyCount = 0, unready = [], missing = [], ignored = []}) => {
	const groups = groupPods(pods, new Map(Object.entries(metrics)), resource, delays, nowMs);
	const names = {unready: [...groups.unready], missing: [...groups.missing], ignored: [...groups.ignored]};
	expect({readyCount: groups.readyCount, ...names}).toEqual({readyCount, unready, missing, ignored});
});
