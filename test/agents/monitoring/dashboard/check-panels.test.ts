import {expect, test} from 'vitest';
import {checkPanels} from '../../../../src/agents/monitoring/dashboard/check-panels.ts';
import type {PanelDraft, PanelLine} from '../../../../src/agents/monitoring/dashboard/panel.ts';
import {podPanels} from '../../../../src/agents/monitoring/dashboard/panels/pod-panels.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {Metrics} from '../../../../src/mcp/monitoring/port.ts';
import {metricsOver} from '../../../support/metrics-over.ts';

const fromMs = Date.UTC(2026, 0, 1);
const sampling = {range: {fromMs, toMs: fromMs + 600_000, stepMs: 60_000}, scrapeMs: 15_000, window: '60s'};
const line = (name: string, ...queries: readonly string[]): PanelLine => ({
	name,
	choices: queries.map(promql => ({promql, legend: name})),
	needs: `metric for ${name}`,
});
const draft = (name: string, ...lines: readonly PanelLine[]): PanelDraft => ({
	...{name, title: name, section: 'S', unit: 'number', about: '', thresholds: []},
	lines,
});
const world = metricsOver();
world.pass(600_000);
for (const pod of ['web-1', 'web-2']) world.set('there', {pod}, 3);
world.set('bound', {}, 5);
world.set('nothing_but_nan', {}, Number.NaN);
const check = (...drafts: readonly PanelDraft[]) => checkPanels(drafts, {metrics: world.metrics, sampling, namespace: 'shop'});

test('a panel whose queries no series answers is left out, and told with what it needs', async () => {
	const {panels, leftOut} = await check(
		draft('Here', line('here', 'there{namespace="$namespace"}')),
		draft('Gone', line('gone', 'absent{namespace="$namespace"}')),
		draft('Elsewhere', line('elsewhere', 'there{namespace="other"}')),
		draft('No number', line('no number', 'nothing_but_nan')),
	);
	expect(panels.map(({name}) => name)).toEqual(['Here']);
	expect(panels[0]?.lines[0]?.curves).toHaveLength(2);
	expect(leftOut).toEqual([
		{what: 'Gone', why: 'there is no metric for gone'},
		{what: 'Elsewhere', why: 'there is no metric for elsewhere'},
		{what: 'No number', why: 'there is no metric for no number'},
	]);
});

test('the first query that is answered is taken, with what Grafana writes into it', async () => {
	const {panels} = await check(
		draft('Here', line('here', 'absent', 'sum(last_over_time(there{namespace="$namespace"}[$__rate_interval]))')),
	);
	expect(panels[0]?.lines[0]).toMatchObject({
		promql: 'sum(last_over_time(there{namespace="$namespace"}[$__rate_interval]))',
		asked: 'sum(last_over_time(there{namespace="shop"}[60s]))',
	});
});

test('a bound is no reason for a panel, and one that is missing leaves the rest', async () => {
	const limits = {...line('limits', 'bound'), isBound: true};
	const absent = {...line('requests', 'absent'), isBound: true};
	const {panels, leftOut} = await check(
		draft('CPU', line('used', 'there'), limits, absent),
		draft('Memory', line('used', 'absent'), limits),
	);
	expect(panels.map(({name, lines}) => [name, lines.map(each => each.name)])).toEqual([['CPU', ['used', 'limits']]]);
	expect(leftOut).toEqual([
		{what: 'CPU requests', why: 'there is no metric for requests'},
		{what: 'Memory', why: 'there is no metric for used'},
	]);
});

test('what a server refuses is told in its words; that it is away fails the whole', async () => {
	const says = (code: string): Metrics => ({
		...world.metrics,
		queryRange: () => Promise.reject(new MkcoaError({kind: 'environment', code, what: 'It said no', why: 'for a reason'})),
	});
	const asking = (code: string) => checkPanels([draft('Here', line('here', 'there'))], {metrics: says(code), sampling, namespace: 'shop'});
	expect(await asking('too-many-series')).toEqual({panels: [], leftOut: [{what: 'Here', why: 'It said no: for a reason'}]});
	await expect(asking('metrics-unreachable')).rejects.toMatchObject({trouble: {code: 'metrics-unreachable'}});
});

test('panels of pods add up over their pods, and hold what they use against what they asked for', async () => {
	const pods = metricsOver();
	pods.pass(600_000);
	for (const pod of ['web-1', 'web-2']) {
		pods.set('container_memory_working_set_bytes', {pod, container: 'app'}, 90);
		// A second job that scrapes the same kubelet does not count twice.
		pods.set('container_memory_working_set_bytes', {pod, container: 'app', job: 'other'}, 90);
		pods.set('kube_pod_container_resource_limits', {pod, container: 'app', resource: 'memory'}, 100);
	}
	const drafts = podPanels({namespace: '$namespace', pattern: 'web-.*'});
	const {panels} = await checkPanels(drafts, {metrics: pods.metrics, sampling, namespace: 'shop'});
	const newest = (name: string, at = 0) => panels.find(each => each.name === name)?.lines[at]?.curves.map(({values}) => values.at(-1));
	expect(newest('memory')).toEqual([180]);
	expect(newest('memory', 1)).toEqual([200]);
	expect(newest('memory-by-pod')).toEqual([90, 90]);
	expect(newest('memory-of-limit')).toEqual([0.9, 0.9]);
});
