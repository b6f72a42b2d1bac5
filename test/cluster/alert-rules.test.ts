import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {stringify} from 'yaml';
import {designInput} from '../../src/agents/monitoring/alerts/design/design-input.ts';
import {type Design, makeDesign} from '../../src/agents/monitoring/alerts/design/make-design.ts';
import {readAlerts} from '../../src/agents/monitoring/alerts/firing/read-alerts.ts';
import {waitUntilLoaded} from '../../src/agents/monitoring/alerts/place/wait-until-loaded.ts';
import type {MonitoringPorts} from '../../src/agents/monitoring/ports.ts';
import {ruleFile} from '../../src/analysis/alert-rules/documents/prometheus-rule.ts';
import {systemClock} from '../../src/core/clock.ts';
import type {Context} from '../../src/core/tool.ts';
import {alertmanager} from '../../src/mcp/monitoring/alertmanager/alertmanager.ts';
import type {Monitoring} from '../../src/mcp/monitoring/port.ts';
import {prometheusServer} from '../../src/mcp/monitoring/prometheus/prometheus-server.ts';
import {promtoolComplaint, promtoolPath, promtoolTests} from '../grade/alerts/promtool.ts';
import {wireTo} from '../support/monitoring-wire.ts';
import {startAlertmanager} from './alertmanager.ts';
import {besideNothing} from './beside.ts';
import {reloaded, startPrometheus} from './prometheus.ts';

let beside: Awaited<ReturnType<typeof besideNothing>>;
let file: string;
let url: string;
let monitoring: Pick<Monitoring, 'metrics' | 'alertmanager'>;
beforeAll(async () => {
	beside = await besideNothing();
	file = join(beside.folder, 'rules.yaml');
	writeFileSync(file, stringify({groups: []}));
	const manager = await startAlertmanager(beside);
	({url} = await startPrometheus(beside, {itself: true, rules: [file], alertmanager: manager.url}));
	const metrics = prometheusServer(await wireTo(url));
	const port = alertmanager(await wireTo(manager.url, {area: 'alerts'}));
	monitoring = {metrics: async () => ({metrics}), alertmanager: async () => ({port: port as never})};
	await vi.waitFor(async () => expect(await metrics.query('up{job="itself"} == 1')).toHaveLength(1), {timeout: 30_000, interval: 200});
});
afterAll(() => beside?.stop());

/** A design from a query asks the metrics server alone. */
const context = (): Context<MonitoringPorts> => ({
	...{ports: {monitoring} as unknown as MonitoringPorts, clock: systemClock(), signal: new AbortController().signal},
	...{emit() {}, holder: 'test', holderDied: () => false},
});
const designed = (input: object) => makeDesign(designInput.parse({kind: 'query', since: '10m', ...input}), context());

test('rules that are designed on a real Prometheus are loaded, fire, stay quiet, and are told by Alertmanager', async () => {
	const loud = await designed({name: 'TargetThere', query: 'max by (job) (up{job="itself"})', above: 0.5, for: '2s', severity: 'critical'});
	const quiet = await designed({name: 'TargetGone', query: 'max by (job) (up{job="itself"})', below: 0.5, for: '2s'});
	const designs: readonly Design[] = [loud, quiet];
	const groups = designs.flatMap(design => design.groups);
	const promtool = promtoolPath() ?? '';
	expect(promtoolComplaint(promtool, groups)).toBeUndefined();
	for (const {groups: own, tests} of designs) expect(Object.fromEntries(promtoolTests(promtool, own, tests))).toEqual({});
	expect(loud.lints.filter(({severity}) => severity === 'error')).toEqual([]);

	writeFileSync(file, stringify(ruleFile(groups)));
	await reloaded(url);
	const {metrics} = await monitoring.metrics();
	if (metrics === undefined) throw new Error('there is no server');
	const expected = groups.flatMap(({name: group, rules}) => rules.map(rule => ({group, name: group, expr: rule.expr})));
	await waitUntilLoaded(expected, {metrics, object: 'the file', withinMs: 30_000}, context());

	await vi.waitFor(
		async () => {
			const {alerts, notChecked} = await readAlerts(monitoring, 3_600_000);
			expect(alerts).toMatchObject([
				{name: 'TargetThere', severity: 'critical', state: 'firing', receivers: ['nobody'], times: 1, isInhibited: false, silences: []},
			]);
			expect(notChecked).toEqual([]);
		},
		{timeout: 30_000, interval: 500},
	);
	// Asked again, it is told that the rule is there already, and the replay hears it.
	const again = await designed({name: 'Again', query: 'max by (job) (up{job="itself"})', above: 0.7, for: '2s'});
	expect(again.there).toMatchObject([{how: 'threshold', other: {name: 'TargetThere'}}]);
	expect(again.replayed).toMatchObject([
		{alert: 'Again', stepMs: 1000, noise: {firings: [{labels: {job: 'itself'}}], series: 1, flapping: 0}},
	]);
});
