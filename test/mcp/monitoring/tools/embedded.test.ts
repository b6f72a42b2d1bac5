import {expect, test} from 'vitest';
import {kubeletSummary} from '../../../../src/mcp/monitoring/tools/kubelet-summary.ts';
import {metricsQuery} from '../../../../src/mcp/monitoring/tools/metrics-query.ts';
import {monitoringServers} from '../../../../src/mcp/monitoring/tools/monitoring-servers.ts';
import {prometheusSeries} from '../../../../src/mcp/monitoring/tools/prometheus-series.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {run} = await shopRoad();

const cpu = 'sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="shop"}[5m]))';

test('the embedded Prometheus is asked for a moment, for one number, and for a range', async () => {
	expect((await run(metricsQuery, {query: cpu, limit: 3})).outcome).toMatchObject({
		kind: 'done',
		output: {
			rows: Array.from({length: 3}, () => ({labels: {pod: expect.any(String)}, value: expect.any(Number)})),
			leftOut: expect.any(Number),
		},
	});
	expect((await run(metricsQuery, {query: 'scalar(vector(7))'})).outcome).toMatchObject({
		output: {rows: [{labels: {}, value: 7}], leftOut: 0},
	});
	expect((await run(metricsQuery, {query: cpu, since: '1h', limit: 1})).outcome).toMatchObject({
		kind: 'done',
		output: {stepSeconds: 60, rows: [{points: expect.arrayContaining([[expect.any(Number), expect.any(Number)]])}]},
	});
});

test('its series and labels are told', async () => {
	expect((await run(prometheusSeries, {selector: 'container_memory_working_set_bytes', label: 'namespace'})).outcome).toMatchObject({
		output: {what: 'values', rows: expect.arrayContaining([{value: 'shop'}])},
	});
	expect((await run(prometheusSeries, {selector: 'container_memory_working_set_bytes', limit: 2})).outcome).toMatchObject({
		output: {rows: [{labels: {namespace: expect.any(String)}}, {}]},
	});
});

test('what it does not understand is told in its words', async () => {
	expect((await run(metricsQuery, {query: 'up{'})).outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'bad-query', quoted: expect.stringContaining('parse error')},
	});
});

test('what the shop has not is told as missing, and what is not known then', async () => {
	expect((await run(monitoringServers, {})).outcome).toMatchObject({
		output: {
			rows: [
				{what: 'metrics', state: 'answers'},
				{what: 'alerts', state: 'none', why: expect.stringContaining('Alertmanager')},
				{what: 'dashboards', state: 'none'},
				{what: 'logs', state: 'none'},
				{what: 'vendor', state: 'none'},
				{what: 'metrics API', state: 'answers'},
			],
		},
	});
	expect((await run(kubeletSummary, {})).outcome).toMatchObject({
		output: {nodes: [], notChecked: expect.arrayContaining([{what: 'node node-1', why: expect.any(String)}])},
	});
});
