import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {alertsSchema} from '../../../src/agents/monitoring/alerts/firing/alerts-output.ts';
import {metricsSchema} from '../../../src/agents/monitoring/metrics/metrics-output.ts';
import {monitoringServers} from '../../../src/mcp/monitoring/tools/monitoring-servers.ts';
import {prometheusTargets} from '../../../src/mcp/monitoring/tools/prometheus-targets.ts';
import {silenceCreate} from '../../../src/mcp/monitoring/tools/silence-create.ts';
import {request} from '../../servers/request.ts';
import {type MonitoredShop, startMonitoredShop, whileAway} from './monitored-shop.ts';
import {type MonitoringRow, specialistRows} from './rows.ts';
import {serverRows} from './server-rows.ts';

/** Of what is no number, and of what tells some. */
const odd = 'odd_nan NaN\nodd_infinite +Inf\nodd_below -Inf\nodd_seven 7\n';

let shop: MonitoredShop;
beforeAll(async () => {
	shop = await startMonitoredShop({text: odd});
	await shop.answers('goes_away and on() (count_over_time(odd_seven[1m]) > 5)', 1);
}, 120_000);
afterAll(() => shop?.stop());

const gatedOf = (server: 'Prometheus' | 'Alertmanager') => (server === 'Prometheus' ? shop.prometheus : shop.alertmanager);

const rows: readonly MonitoringRow[] = [...specialistRows, ...serverRows];

test.each(rows)('mkcoa $words tells what is simulated', async ({words, isRight}) => {
	const {code, output, plan, err, error} = await shop.mkcoa(words);
	expect({code, err, error}).toMatchObject({code: 0});
	await isRight(output ?? plan, shop);
});

const seriesOf = async (query: string, more: readonly string[] = []) => {
	const {output} = await shop.mkcoa('monitor metrics', ['--query', query, '--since', '5m', '--step', '5s', ...more]);
	return metricsSchema.parse(output);
};

describe('numbers of a real Prometheus that are none', () => {
	test.each(['odd_nan', 'odd_infinite', 'odd_below'])('%s is no number, and not zero', async name => {
		const {metrics, notChecked} = await seriesOf(name);
		expect({metrics, notChecked}).toEqual({
			metrics: [],
			notChecked: [{what: name, why: 'none of its values in this time is a number: they are NaN or infinite'}],
		});
	});

	test('a target that goes takes its series along: there is no number now', async () => {
		shop.endGoing();
		await shop.answers('goes_away', 0);
		await shop.answers('absent_over_time(goes_away[11s])', 1);
		const [gone, stays] = [await seriesOf('goes_away'), await seriesOf('odd_seven')];
		expect(gone.metrics[0]?.series).toMatchObject([{now: null, most: 1}]);
		expect(gone.notChecked).toEqual([{what: expect.stringMatching(/^query of .* at \d+ of 61 moments$/), why: 'there is no number'}]);
		expect(stays.metrics[0]?.series).toMatchObject([{now: 7}]);
		const {output} = await shop.mkcoa('observe targets --health down');
		expect(prometheusTargets.output.parse(output).rows).toMatchObject([{error: expect.stringContaining('refused')}]);
	});

	test('samples that come late and out of order are told in order', async () => {
		const nowMs = Date.now();
		// The newest first; the value is its age in minutes.
		for (const minutes of [1, 3, 2, 4]) {
			const timeUnixNano = `${BigInt(nowMs - minutes * 60_000) * 1_000_000n}`;
			const gauge = {dataPoints: [{timeUnixNano, asDouble: minutes}]};
			const body = {resourceMetrics: [{scopeMetrics: [{metrics: [{name: 'late', gauge}]}]}]};
			const {status, text} = await request(shop.prometheus, {method: 'POST', path: '/api/v1/otlp/v1/metrics', body});
			expect({status, text}).toMatchObject({status: 200});
		}
		await shop.answers('late offset 1m', 1);
		const {metrics} = await seriesOf('late');
		const told = metrics[0]?.series[0]?.values.filter(value => value !== null) ?? [];
		expect([...new Set(told)]).toEqual([4, 3, 2, 1]);
	});
});

test('the largest of many series are told, and how many there are', async () => {
	const many = Array.from({length: 700}, (_, index) => ({attributes: [{key: 'number', value: {stringValue: `${index}`}}], value: index}));
	const timeUnixNano = `${BigInt(Date.now()) * 1_000_000n}`;
	const gauge = {dataPoints: many.map(({attributes, value}) => ({attributes, timeUnixNano, asDouble: value}))};
	const body = {resourceMetrics: [{scopeMetrics: [{metrics: [{name: 'many', gauge}]}]}]};
	await request(shop.prometheus, {method: 'POST', path: '/api/v1/otlp/v1/metrics', body});
	await shop.answers('many offset 6s', 700);
	const {metrics, notChecked} = await seriesOf('many', ['--series', '3']);
	expect(metrics[0]?.series.map(({labels}) => labels.number)).toEqual(['699', '698', '697']);
	expect(notChecked).toContainEqual({what: '200 of 700 series', why: 'only the 500 that are largest at the end were read'});
});

describe('a real Alertmanager', () => {
	const managed = async (path: string) => JSON.parse((await request(shop.alertmanager, {path: `/api/v2/${path}`})).text);
	const states = async () =>
		(await managed('silences')).map(({comment, status}: {comment: string; status: {state: string}}) => [comment, status.state]);
	const firing = async () => alertsSchema.parse((await shop.mkcoa('monitor alerts')).output).alerts.filter(({state}) => state === 'firing');
	/** Alertmanager looks at its silences again within a second. */
	const eventually = (isRight: () => Promise<void>) => vi.waitFor(isRight, {timeout: 20_000, interval: 200});

	test('a silence is planned, made, told, taken back, made again and ended', async () => {
		const words = 'observe silence alertname=ShopServes --duration 1h --comment';
		const before = await states();
		const {code, plan} = await shop.mkcoa(`${words} planned --dry-run`);
		expect({code, plan}).toMatchObject({code: 0, plan: {changes: [{operation: 'create'}]}});
		expect(await states()).toEqual(before);

		const made = await shop.mkcoa(`${words} first --yes`);
		expect(made).toMatchObject({
			code: 0,
			output: {matchers: ['alertname="ShopServes"'], source: expect.stringMatching(/^Alertmanager http/)},
		});
		const {id} = silenceCreate.output.parse(made.output);
		expect(await managed(`silence/${id}`)).toMatchObject({
			...{status: {state: 'active'}, comment: 'first', createdBy: expect.stringContaining('mkcoa')},
			matchers: [{name: 'alertname', value: 'ShopServes', isEqual: true, isRegex: false}],
		});
		await eventually(async () =>
			expect(await managed('alerts')).toMatchObject([{labels: {alertname: 'ShopServes'}, status: {state: 'suppressed', silencedBy: [id]}}]),
		);
		expect(await firing()).toMatchObject([{name: 'ShopServes', silences: [{id, comment: 'first'}]}]);

		expect(await shop.mkcoa('undo --yes')).toMatchObject({code: 0});
		expect(await managed(`silence/${id}`)).toMatchObject({status: {state: 'expired'}});
		await eventually(async () => expect(await managed('alerts')).toMatchObject([{status: {state: 'active', silencedBy: []}}]));
		expect(await firing()).toMatchObject([{name: 'ShopServes', silences: []}]);

		const {id: other} = silenceCreate.output.parse((await shop.mkcoa(`${words} second --yes`)).output);
		const ending = `observe expire ${other} --yes`;
		await whileAway(shop.alertmanager, {
			deaf: async () => expect(await shop.mkcoa(ending, ['--timeout', '2s'])).toMatchObject({code: 1, error: {code: 'timed-out'}}),
			gone: async () => expect(await shop.mkcoa(ending)).toMatchObject({code: 1, error: {code: 'alerts-unreachable'}}),
			back: async () => expect(await managed(`silence/${other}`)).toMatchObject({status: {state: 'active'}}),
		});
		expect(await shop.mkcoa(ending)).toMatchObject({code: 0, output: {id: other}});
		expect(await states()).toEqual(expect.arrayContaining([...before, ['first', 'expired'], ['second', 'expired']]));
		expect((await states()).filter(([, state]: readonly string[]) => state === 'active')).toEqual([['known', 'active']]);
	});

	test('with it away, alerts are told by Prometheus alone, and that they are', async () => {
		async function alone(why: string, more: readonly string[] = []) {
			const {code, output} = await shop.mkcoa('monitor alerts', more);
			const {alerts, notChecked} = alertsSchema.parse(output);
			expect(code).toBe(0);
			expect(alerts).toMatchObject([
				{name: 'ShopServes', state: 'firing', receivers: []},
				{name: 'ShopWaits', state: 'pending'},
			]);
			expect(notChecked).toEqual(['alerts of Alertmanager', 'silences'].map(what => ({what, why: expect.stringContaining(why)})));
		}
		await whileAway(shop.alertmanager, {
			deaf: () => alone('did not answer in time', ['--timeout', '5s']),
			gone: () => alone('does not answer: connect ECONNREFUSED'),
			back: async () => expect(await firing()).toMatchObject([{receivers: ['nobody']}]),
		});
	});

	test('with Prometheus away, alerts are told by Alertmanager alone, and that they are', async () => {
		async function alone(why: string) {
			const {code, output, error} = await shop.mkcoa('monitor alerts');
			expect({code, error}).toMatchObject({code: 0});
			const {alerts, sources, notChecked} = alertsSchema.parse(output);
			expect(alerts).toMatchObject([{name: 'ShopServes', state: 'firing', receivers: ['nobody']}]);
			expect(sources).toEqual([expect.stringMatching(/^Alertmanager http/)]);
			expect(notChecked).toContainEqual({what: expect.stringContaining('how often alerts were active'), why: expect.stringContaining(why)});
		}
		await whileAway(shop.prometheus, {
			deaf: () => alone('does not answer: no answer within 10 s'),
			gone: () => alone('does not answer: connect ECONNREFUSED'),
			back: async () => expect(await firing()).toMatchObject([{name: 'ShopServes', times: 1}]),
		});
	});
});

test.each([
	['Prometheus', 'metrics'],
	['Alertmanager', 'alerts'],
] as const)('mkcoa observe servers tells that %s is away', async (of, what) => {
	const row = async (more: readonly string[] = []) => {
		const {code, output, error} = await shop.mkcoa('observe servers', more);
		expect({code, error}).toMatchObject({code: 0});
		return monitoringServers.output.parse(output).rows.find(each => each.what === what);
	};
	await whileAway(gatedOf(of), {
		deaf: async () => expect(await row()).toMatchObject({state: 'fails', why: expect.stringMatching(/in time|within/)}),
		gone: async () => expect(await row()).toMatchObject({state: 'fails', why: expect.stringContaining('does not answer')}),
		back: async () => expect(await row()).toMatchObject({state: 'answers'}),
	});
});

const unreachable = {Prometheus: 'metrics-unreachable', Alertmanager: 'alerts-unreachable'} as const;

test.each(rows.flatMap(({words, of}) => (of === undefined ? [] : [{words, of}])))('mkcoa $words with the $of away', ({words, of}) =>
	whileAway(gatedOf(of), {
		async deaf() {
			const before = performance.now();
			expect(await shop.mkcoa(words, ['--timeout', '2s'])).toMatchObject({code: 1, error: {code: 'timed-out'}});
			expect(performance.now() - before).toBeLessThan(20_000);
		},
		async gone() {
			expect(await shop.mkcoa(words)).toMatchObject({code: 1, error: {code: unreachable[of], next: expect.any(String)}});
		},
		async back() {
			expect(await shop.mkcoa(words)).toMatchObject({code: 0});
		},
	}),
);
