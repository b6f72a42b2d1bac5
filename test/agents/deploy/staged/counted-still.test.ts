import {expect, test} from 'vitest';
import type {Act} from '../../../../src/agents/deploy/staged/act.ts';
import {countedStill} from '../../../../src/agents/deploy/staged/control/counted-still.ts';
import type {Metrics, MetricsSource} from '../../../../src/mcp/monitoring/port.ts';

const outside = 'Prometheus https://prometheus.example';
const metric = (source: string, reading: object) => ({
	metric: {name: 'any', kind: 'counts', worse: 'higher', tolerance: 0},
	reading,
	query: 'any',
	source,
});
const ratio = {kind: 'ratio', bad: 'bad', total: 'total'};
const act: Act = {title: '', writes: [], ifDies: ''};
const judge: Act = {...act, wait: {kind: 'judge', weight: 50, share: 0.5, pods: 1}};
// Only the name of the source is asked for.
const serving = (source: string): MetricsSource => ({metrics: {source} as Metrics});
const nowhere: MetricsSource = {why: 'the cluster has no Service that looks like Prometheus'};

const still = (chosen: readonly object[], here: MetricsSource, ahead: readonly Act[] = [judge]) =>
	countedStill(async () => here, {input: {chosen: [...chosen] as never}}, ahead, {namespace: 'shop', name: 'web'});

test('a rollout whose numbers cannot be read from here is not gone on with, and the remedy names where they were', async () => {
	await expect(still([metric(outside, ratio)], nowhere)).rejects.toMatchObject({
		trouble: {
			code: 'metrics-not-here',
			what: `The rollout of web is judged by numbers of ${outside}, which cannot be read from here`,
			why: 'the cluster has no Service that looks like Prometheus',
			next: 'Go on with: mkcoa deploy resume web -n shop --prometheus https://prometheus.example; or take it back: mkcoa deploy abort web -n shop',
		},
	});
});

test('one of the cluster that is gone has no address to name', async () => {
	const inside = 'Prometheus monitoring/prometheus:9090 through the API server';
	await expect(still([metric(inside, ratio)], nowhere)).rejects.toMatchObject({
		trouble: {next: 'Go on with: name a Prometheus with --prometheus URL; or take it back: mkcoa deploy abort web -n shop'},
	});
});

test('a Kayenta config needs a Prometheus, though it counts no requests', async () => {
	const kayenta = {input: {chosen: [], kayenta: {lastWeight: 50}}};
	const web = {namespace: 'shop', name: 'web'};
	await expect(countedStill(async () => nowhere, kayenta, [judge], web)).rejects.toMatchObject({trouble: {code: 'metrics-not-here'}});
	expect(await countedStill(async () => serving(outside), kayenta, [judge], web)).toEqual([]);
});

test('another Prometheus is told before the yes', async () => {
	expect(await still([metric(outside, ratio)], serving('Prometheus https://other.example'))).toEqual([
		{
			id: 'other-metrics',
			severity: 'warning',
			text: `It was judged by numbers of ${outside} until now, and those of Prometheus https://other.example judge it from here on`,
		},
	]);
});

test.each<readonly [string, readonly object[], MetricsSource, readonly Act[]]>([
	['the same Prometheus', [metric(outside, ratio)], serving(outside), [judge]],
	['no stage ahead', [metric(outside, ratio)], nowhere, [act]],
	['pods alone', [], nowhere, [judge]],
	['the metrics API', [metric('metrics.k8s.io', {kind: 'saturation', from: 'metrics-api'})], nowhere, [judge]],
])('nothing is said with %s', async (_, chosen, here, ahead) => {
	expect(await still(chosen, here, ahead)).toEqual([]);
});
