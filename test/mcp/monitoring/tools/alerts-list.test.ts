import {expect, test} from 'vitest';
import {alertsList} from '../../../../src/mcp/monitoring/tools/alerts-list.ts';
import {firing, silenceId} from '../../../support/alertmanager-script.ts';
import {answered, fakeMetrics} from '../../../support/fake-metrics.ts';
import {serverWorld} from '../../../support/server-world.ts';

const alerts = [
	firing({alertname: 'Slow', severity: 'warning', namespace: 'shop', pod: 'web-1'}),
	firing({alertname: 'Hushed', severity: 'critical'}, {status: {state: 'suppressed', silencedBy: [silenceId(1)], inhibitedBy: []}}),
	firing({alertname: 'Held', severity: 'info'}, {status: {state: 'suppressed', silencedBy: [], inhibitedBy: ['f1']}}),
	firing({alertname: 'Down', severity: 'critical', node: 'node-1'}),
];

test('alerts are told, the gravest first and silent ones last', async () => {
	const {shown, run} = await serverWorld({alerts});
	expect(await shown(alertsList, {})).toMatchInlineSnapshot(`
		"4 alerts in test, by test
		ALERT    SEVERITY   STATE       SINCE   WHERE        SAYS
		Down     critical   active      0s      node-1       Down is wrong
		Slow     warning    active      0s      shop/web-1   Slow is wrong
		Hushed   critical   silenced    0s                   Hushed is wrong
		Held     info       inhibited   0s                   Held is wrong"
	`);
	expect(await shown(alertsList, {matchers: ['severity=critical'], limit: 1}, {terminal: false})).toMatchInlineSnapshot(`
		"ALERT	SEVERITY	STATE	SINCE	WHERE	SAYS
		Down	critical	active	2026-01-01T00:00:00.000Z	node-1	Down is wrong
		1 alert more: --limit shows more"
	`);
	expect(await shown(alertsList, {matchers: ['alertname="Nothing"']})).toMatchInlineSnapshot(`"No alert fires in test, by test"`);
	expect(await run(alertsList, {matchers: ['{']})).toMatchObject({kind: 'failed', error: {code: 'bad-matcher'}});
});

test('without an Alertmanager those that Prometheus evaluates are told, and what is not known then', async () => {
	const alert = (alertname: string, severity: string) => ({
		labels: {alertname, severity},
		...{annotations: {summary: `${alertname} is wrong`}, state: 'firing', activeAtMs: Date.UTC(2026, 0, 1) - 60_000, value: 1},
	});
	const asked: string[] = [];
	const metrics = fakeMetrics({
		alerts: async () => [alert('Slow', 'warning'), alert('Down', 'critical')],
		async instant(promql) {
			asked.push(promql);
			return answered([{labels: {__name__: 'ALERTS', alertname: 'Slow', alertstate: 'firing', severity: 'warning'}, value: 1, atMs: 0}]);
		},
	});
	const {shown} = await serverWorld({
		monitoring: {alertmanager: async () => ({why: 'the cluster has no Alertmanager'}), metrics: async () => ({metrics})},
	});
	expect(await shown(alertsList, {})).toMatchInlineSnapshot(`
		"2 alerts in test, by Prometheus https://prometheus.example
		ALERT   SEVERITY   STATE    SINCE   WHERE   SAYS
		Down    critical   firing   60s             Down is wrong
		Slow    warning    firing   60s             Slow is wrong
		Not checked: silences, inhibitions, receivers, because the cluster has no Alertmanager"
	`);
	expect(await shown(alertsList, {matchers: ['severity=~"warn.*"']})).toMatchInlineSnapshot(`
		"1 alert in test, by Prometheus https://prometheus.example
		ALERT   SEVERITY   STATE    SINCE   WHERE   SAYS
		Slow    warning    firing   60s             Slow is wrong
		Not checked: silences, inhibitions, receivers, because the cluster has no Alertmanager"
	`);
	expect(asked).toEqual(['ALERTS{severity=~"warn.*"}']);
});

test('without any server their remedy is told', async () => {
	const {shown} = await serverWorld({monitoring: {alertmanager: async () => ({why: 'there is none'})}});
	expect(await shown(alertsList, {})).toMatchInlineSnapshot(
		`"no-metrics-server: There is no metrics server to ask. Name one in monitoring.yaml (see docs/monitoring-servers.md), or with --prometheus URL; what pods use now tells: mkcoa k8s top"`,
	);
});
