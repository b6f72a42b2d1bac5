import {expect} from 'vitest';
import * as z from 'zod';
import {metricsQuery} from '../../../src/mcp/monitoring/tools/metrics-query.ts';
import {monitoringServers} from '../../../src/mcp/monitoring/tools/monitoring-servers.ts';
import {prometheusRules} from '../../../src/mcp/monitoring/tools/prometheus-rules.ts';
import {prometheusSeries} from '../../../src/mcp/monitoring/tools/prometheus-series.ts';
import {prometheusTargets} from '../../../src/mcp/monitoring/tools/prometheus-targets.ts';
import {silencesList} from '../../../src/mcp/monitoring/tools/silences-list.ts';
import {type MonitoringRow, near, rate} from './rows.ts';

const silencePlan = z.object({
	consequences: z.array(z.object({id: z.string(), text: z.string()})),
	changes: z.array(z.object({operation: z.string()})),
});

/** Each tool of the monitoring server that asks a Prometheus or an Alertmanager, end to end. A new tool is one row more. */
export const serverRows: readonly MonitoringRow[] = [
	{
		words: 'observe servers',
		async isRight(output) {
			const {rows} = monitoringServers.output.parse(output);
			expect(rows).toMatchObject([
				{what: 'metrics', state: 'answers', says: 'prometheus 3.16.0'},
				{what: 'alerts', state: 'answers', says: '0.34.2, disabled, 0 peers', changes: true},
				{what: 'dashboards', state: 'none'},
				{what: 'logs', state: 'none'},
				{what: 'vendor', state: 'none'},
				{what: 'metrics API', state: 'answers', says: '3 nodes'},
			]);
		},
	},
	{
		words: 'observe query shop:http_requests:rate2m',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {rows, at} = metricsQuery.output.parse(output);
			const toMs = Date.parse(at);
			expect(rows).toHaveLength(1);
			near(Number(rows[0]?.value), await rate(shop, 'http_requests_total', 'web-', toMs - 120_000, toMs), 0.2);
		},
	},
	{
		words: 'observe query sum(rate(http_requests_total{namespace="shop"}[2m])) --since 30m --step 1m',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {rows, from = '', at} = metricsQuery.output.parse(output);
			expect(rows[0]?.points).toHaveLength(31);
			near(Number(rows[0]?.mean), await rate(shop, 'http_requests_total', 'web-', Date.parse(from), Date.parse(at)), 0.1);
		},
	},
	{
		words: 'observe series http_requests_total{code="200"}',
		of: 'Prometheus',
		async isRight(output, {shop}) {
			const {rows} = prometheusSeries.output.parse(output);
			const pods = new Set((await shop.present('web-')).match(/(?<=pod=")[^"]+/g));
			expect(new Set(rows.map(({labels}) => labels?.pod))).toEqual(pods);
		},
	},
	{
		words: 'observe series --label severity',
		of: 'Prometheus',
		async isRight(output) {
			// The alerts of the rules are series, too.
			expect(prometheusSeries.output.parse(output)).toMatchObject({what: 'values', rows: [{value: 'warning'}], partial: false});
		},
	},
	{
		words: 'observe rules',
		of: 'Prometheus',
		async isRight(output) {
			const {counts, rows} = prometheusRules.output.parse(output);
			expect(counts).toEqual({alerting: 3, recording: 1, firing: 1, pending: 1, broken: 0});
			expect(rows.map(({name, state}) => [name, state])).toEqual([
				['ShopServes', 'firing'],
				['ShopWaits', 'pending'],
				['ShopRests', 'inactive'],
				['shop:http_requests:rate2m', undefined],
			]);
		},
	},
	{
		words: 'observe targets --health up',
		of: 'Prometheus',
		async isRight(output, {target}) {
			const {rows} = prometheusTargets.output.parse(output);
			expect(rows).toContainEqual(expect.objectContaining({pool: 'traffic', url: `http://${target}/metrics`, interval: '1s'}));
		},
	},
	{
		words: 'observe silences',
		of: 'Alertmanager',
		async isRight(output, {silence: id}) {
			const {rows} = silencesList.output.parse(output);
			expect(rows).toMatchObject([{id, state: 'active', matchers: ['alertname="Nobody"'], createdBy: 'ada', comment: 'known'}]);
		},
	},
	{
		words: 'observe silence namespace=shop --comment known --dry-run',
		of: 'Alertmanager',
		async isRight(plan) {
			const {consequences, changes} = silencePlan.parse(plan);
			expect(changes).toMatchObject([{operation: 'create'}]);
			expect(consequences.map(({text}) => text)).toContainEqual(expect.stringContaining('ShopServes'));
		},
	},
	{
		words: 'observe expire SILENCE --dry-run',
		of: 'Alertmanager',
		async isRight(plan) {
			const {consequences, changes} = silencePlan.parse(plan);
			expect(changes).toMatchObject([{operation: 'delete'}]);
			expect(consequences.map(({id}) => id)).toEqual(['none-heard-again', 'made-by']);
		},
	},
];
