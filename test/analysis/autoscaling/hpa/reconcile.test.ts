import {expect, test} from 'vitest';
import type {Condition} from '../../../../src/analysis/autoscaling/hpa/conditions.ts';
import type {MetricSpec} from '../../../../src/analysis/autoscaling/hpa/hpa-spec.ts';
import type {Reading} from '../../../../src/analysis/autoscaling/hpa/metric-replicas.ts';
import {type Round, reconcile, type Target} from '../../../../src/analysis/autoscaling/hpa/reconcile.ts';
import type {ScaledPod} from '../../../../src/analysis/autoscaling/hpa/scaled-pod.ts';
import {defaultSettings} from '../../../../src/analysis/autoscaling/hpa/settings.ts';
import {type ReconcileRow, reconcileRows} from './reconcile-rows.ts';

const nowMs = Date.UTC(2026, 0, 1);
const longAgo = Date.parse('0001-01-01T00:00:00Z');
const settings = {...defaultSettings, cpuInitializationMs: 120_000, initialReadinessMs: 10_000};

function podsOf({requests, status, startedSeconds, ready, phases, deleted}: ReconcileRow): readonly ScaledPod[] {
	return Array.from({length: requests?.length ?? status}, (_, at) => {
		const started = startedSeconds?.[at];
		const startedMs = started === undefined ? longAgo : nowMs + started * 1000;
		const half = {cpu: Math.trunc((requests?.[at] ?? 1000) / 2)};
		return {
			name: `test-pod-${at}`,
			phase: phases?.[at] ?? 'Running',
			isDeleted: deleted?.[at] ?? false,
			startedMs,
			ready: {status: ready?.[at] ?? 'True', sinceMs: startedMs},
			containers: [
				{name: 'container1', requests: half},
				{name: 'container2', requests: half},
			],
		};
	});
}

function readingOf({type}: MetricSpec, levels: readonly number[]): Reading {
	if (type === 'Object' || type === 'External') return {values: type === 'Object' ? levels.slice(0, 1) : levels};
	if (levels.length === 0) return {failure: 'no metrics returned from resource metrics API'};
	const share = (level: number) => (type === 'Pods' ? level : type === 'Resource' ? 2 * Math.trunc(level / 2) : Math.trunc(level / 2));
	return {byPod: new Map(levels.map((level, at) => [`test-pod-${at}`, {value: share(level), atMs: nowMs, windowMs: 60_000}]))};
}

const conditionOf = (text: string): Condition => {
	const [type = '', reason = ''] = text.replace('!', '').split(' ');
	return {type: type as Condition['type'], status: !text.startsWith('!'), reason, message: ''};
};
const textOf = ({type, status, reason}: Condition) => `${status ? '' : '!'}${type} ${reason}`;

function roundOf(row: ReconcileRow): Round {
	const behavior = row.scaleUp || row.scaleDown ? {scaleUp: row.scaleUp, scaleDown: row.scaleDown} : undefined;
	return {
		spec: {minReplicas: row.min, maxReplicas: row.max, metrics: row.metrics, behavior},
		target: {specReplicas: row.spec, statusReplicas: row.status, pods: podsOf(row)},
		readings: row.metrics.map(metric => readingOf(metric, row.levels)),
		settings: {...settings, scaleToZero: row.scaleToZero ?? false, configurableTolerance: row.configurableTolerance ?? false},
		nowMs,
	};
}

test.each(reconcileRows)('$test', row => {
	const past = row.past?.map(([replicas, seconds]) => ({replicas, atMs: nowMs + seconds * 1000}));
	const before = (row.before ?? []).map(conditionOf);
	const outcome = reconcile(roundOf(row), before, {ups: [], downs: [], recommendations: past});
	expect({...row, expected: outcome.desiredReplicas}).toEqual(row);
	expect(outcome.isRescaled).toBe(row.expected !== row.spec);
	if (row.conditions !== undefined) expect(outcome.conditions.map(textOf).toSorted()).toEqual(row.conditions.toSorted());
});

const averageUtilization = {averageUtilization: 10};
const plain: ReconcileRow = {
	...{test: '', min: 1, max: 100, spec: 10, status: 10, levels: [100, 200, 300], requests: [100, 100, 100], expected: 10},
	metrics: [{type: 'Resource', resource: 'cpu', target: averageUtilization}],
};
const refused = {failure: 'something went wrong'};

/** TestConditionFailedGetMetrics, TestConditionInvalidSourceType: what cannot be read, and what the condition says. */
test.each<[MetricSpec, string]>([
	[{type: 'Resource', resource: 'cpu', target: averageUtilization}, 'FailedGetResourceMetric'],
	[{type: 'ContainerResource', resource: 'cpu', container: 'container1', target: averageUtilization}, 'FailedGetContainerResourceMetric'],
	[{type: 'Pods', metric: 'qps', target: {averageValue: 15_000}}, 'FailedGetPodsMetric'],
	[{type: 'Object', metric: 'qps', kind: 'Deployment', target: {type: 'Value', value: 15_000}}, 'FailedGetObjectMetric'],
	[{type: 'External', metric: 'qps', target: {value: 300}}, 'FailedGetExternalMetric'],
	[{type: 'External', metric: 'qps', target: {averageValue: 300}}, 'FailedGetExternalMetric'],
	[{type: 'Unknown', given: 'CheddarCheese'}, 'InvalidMetricSourceType'],
])('a metric that cannot be read: %o', (metric, reason) => {
	const outcome = reconcile({...roundOf({...plain, metrics: [metric]}), readings: [refused]}, [], {ups: [], downs: []});
	expect(outcome.conditions.map(textOf)).toEqual(['AbleToScale SucceededGetScale', `!ScalingActive ${reason}`]);
	expect(outcome).toMatchObject({desiredReplicas: 10, isRescaled: false, failure: expect.stringContaining('first error is: ')});
});

const good: MetricSpec = {type: 'Resource', resource: 'cpu', target: {averageUtilization: 50}};
const bad: MetricSpec = {type: 'External', metric: 'qps', target: {value: 100}};

/** TestScaleUpOneMetricInvalid and TestNoScaleDownOneMetricInvalid: one metric of two fails. */
test.each([
	{levels: [80, 80, 80], spec: 3, expected: 5, conditions: ['AbleToScale SucceededRescale', 'ScalingActive ValidMetricFound']},
	{levels: [20, 20, 20], spec: 3, expected: 3, conditions: ['AbleToScale SucceededGetScale', '!ScalingActive FailedGetExternalMetric']},
])('with one metric of two the way is up only: $levels', ({levels, spec, expected, conditions}) => {
	const round = roundOf({...plain, spec, levels, metrics: [good]});
	const both = {...round, spec: {...round.spec, metrics: [bad, good]}, readings: [refused, ...round.readings]};
	const outcome = reconcile(both, [], {ups: [], downs: []});
	expect(outcome.desiredReplicas).toBe(expected);
	expect(outcome.conditions.map(textOf)).toEqual(expect.arrayContaining(conditions));
});

/** TestConditionInvalidSelector*, TestConditionAmbiguousSelector*, TestConditionFailedGetScale. */
test.each<[string, Target | typeof refused, readonly string[]]>([
	[
		'no selector',
		{specReplicas: 10, statusReplicas: 10, pods: [], selectorProblem: {reason: 'InvalidSelector', message: 'selector is required'}},
		['AbleToScale SucceededGetScale', '!ScalingActive InvalidSelector'],
	],
	[
		'two autoscalers',
		{
			specReplicas: 10,
			statusReplicas: 10,
			pods: [],
			selectorProblem: {reason: 'AmbiguousSelector', message: 'controlled by multiple HPAs'},
		},
		['AbleToScale SucceededGetScale', '!ScalingActive AmbiguousSelector'],
	],
	['no scale', refused, ['!AbleToScale FailedGetScale']],
])('a target that cannot be scaled: %s', (_, target, conditions) => {
	const outcome = reconcile({...roundOf(plain), target}, [], {ups: [], downs: []});
	expect(outcome.conditions.map(textOf)).toEqual(conditions);
	expect(outcome.failure).toBeDefined();
});

test('a scale that the server refuses (TestConditionFailedUpdateScale)', () => {
	const row = {...plain, spec: 3, status: 3, levels: [150, 150, 150], metrics: [{...good, target: {averageUtilization: 100}}]};
	const outcome = reconcile({...roundOf(row), updateFailure: 'something went wrong'}, [], {ups: [], downs: []});
	expect(outcome.conditions.map(textOf)).toContain('!AbleToScale FailedUpdateScale');
	expect(outcome).toMatchObject({isRescaled: false, desiredReplicas: 3});
});

/** As the controller itself says it: the condition of an external metric leaves out what the error adds. */
test.each<[MetricSpec, string]>([
	[good, 'failed to get cpu utilization: unable to get metrics for resource cpu: something went wrong'],
	[bad, 'unable to get external metric qps: something went wrong'],
	[{type: 'External', metric: 'qps', target: {averageValue: 1}}, 'unable to get external metric qps: something went wrong'],
	[{type: 'Pods', metric: 'qps', target: {averageValue: 1}}, 'unable to get metric qps: something went wrong'],
	[{type: 'Resource', resource: 'cpu', target: {}}, expect.stringContaining('neither an average utilization target nor')],
	[{type: 'External', metric: 'qps', target: {}}, expect.stringContaining('neither a value target nor')],
])('what the condition says of %o', (metric, message) => {
	const {conditions} = reconcile({...roundOf({...plain, metrics: [metric]}), readings: [refused]}, [], {ups: [], downs: []});
	const said = conditions.find(({type}) => type === 'ScalingActive')?.message;
	expect(said?.replace('the HPA was unable to compute the replica count: ', '')).toEqual(message);
});

test('the reason of a rescale names the metric that asked for the most', () => {
	const up = reconcile(roundOf({...plain, spec: 3, status: 3}), [], {ups: [], downs: []});
	expect(up.reason).toBe('cpu resource utilization (percentage of request) above target');
	const down = reconcile(roundOf({...plain, spec: 3, status: 3, levels: [2, 2, 2]}), [], {ups: [], downs: [], recommendations: []});
	expect(down.reason).toBe('All metrics below target');
	const outside = reconcile(roundOf({...plain, spec: 200}), [], {ups: [], downs: []});
	expect(outside).toMatchObject({desiredReplicas: 100, reason: 'Current number of replicas above Spec.MaxReplicas'});
});
