import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {metricsSchema} from '../../../src/agents/monitoring/metrics/metrics-output.ts';
import {type Sandbox, startSandbox} from '../../../src/sandbox/start.ts';
import {request} from '../../servers/request.ts';
import {until} from '../../servers/until.ts';
import {runMkcoa} from '../../support/host.ts';
import {besideNothing} from '../beside.ts';
import {blocksOf, startPrometheus} from '../prometheus.ts';
import {type Gate, gateBefore} from '../traffic/gate.ts';
import {monitoringRows} from './rows.ts';
import {type SimulatedShop, serveTarget, simulatedShop} from './simulated-shop.ts';

/** Of what is no number, and of what tells some. */
const odd = 'odd_nan NaN\nodd_infinite +Inf\nodd_below -Inf\nodd_seven 7\n';

let beside: Awaited<ReturnType<typeof besideNothing>>;
let sandbox: Sandbox;
let shop: SimulatedShop;
let folder = '';
let kubeconfig = '';
let url = '';
let gate: Gate;
let stays: Awaited<ReturnType<typeof serveTarget>>;
let goes: Awaited<ReturnType<typeof serveTarget>>;
beforeAll(async () => {
	beside = await besideNothing();
	sandbox = await startSandbox({scenario: 'shop'});
	shop = simulatedShop(sandbox);
	folder = await mkdtemp(join(tmpdir(), 'mkcoa-monitoring-'));
	kubeconfig = join(folder, 'kubeconfig.yaml');
	await writeFile(kubeconfig, sandbox.kubeconfig, {mode: 0o600});
	stays = await serveTarget(async () => `${await shop.present('web-')}${odd}`);
	const data = blocksOf(await shop.past('web-', {job: 'traffic', instance: stays.target}), beside);
	goes = await serveTarget(() => 'goes_away 1\n');
	({url} = await startPrometheus(beside, {targets: [stays.target, goes.target], data, outOfOrder: true}));
	gate = await gateBefore(url);
	await answers('goes_away and on() (count_over_time(odd_seven[1m]) > 5)', 1);
}, 120_000);
afterAll(async () => {
	await beside?.stop();
	await gate?.close();
	for (const target of [stays, goes]) target?.close();
	await sandbox?.stop();
	await rm(folder, {recursive: true, force: true});
});

/** Waits until a query has so many series. */
const answers = (query: string, count: number) =>
	until({url}, {path: `/api/v1/query?${new URLSearchParams({query})}`}, ({text}) => JSON.parse(text).data?.result?.length === count, {
		limitMs: 30_000,
		signal: beside.signal,
	});

async function mkcoa(words: string, more: readonly string[] = [], at = url) {
	const place = ['-n', 'shop', '--kubeconfig', kubeconfig, '--prometheus', at, '--json', ...more];
	const {code, out, err} = await runMkcoa([...words.split(' '), ...place], {folder, clock: sandbox.clock});
	return {code, err, ...(out === '' ? {} : JSON.parse(out))};
}

test.each(monitoringRows)('mkcoa $words tells what is simulated', async ({words, isRight}) => {
	const {code, output, err, error} = await mkcoa(words);
	expect({code, err, error}).toMatchObject({code: 0});
	await isRight(output, shop);
});

const seriesOf = async (query: string, more: readonly string[] = []) => {
	const {output} = await mkcoa('monitor metrics', ['--query', query, '--since', '5m', '--step', '5s', ...more]);
	return metricsSchema.parse(output);
};

describe('numbers of a real Prometheus that are none', () => {
	test.each(['odd_nan', 'odd_infinite', 'odd_below'])('%s is no number, and not zero', async name => {
		const {metrics, notChecked} = await seriesOf(name);
		expect({metrics, notChecked}).toEqual({metrics: [], notChecked: [{what: name, why: 'it answers no series in this time'}]});
	});

	test('a target that goes takes its series along: there is no number now', async () => {
		goes.close();
		await answers('goes_away', 0);
		await answers('absent_over_time(goes_away[11s])', 1);
		const [gone, stays] = [await seriesOf('goes_away'), await seriesOf('odd_seven')];
		expect(gone.metrics[0]?.series).toMatchObject([{now: null, most: 1}]);
		expect(gone.notChecked).toEqual([{what: expect.stringMatching(/^query of .* at \d+ of 61 moments$/), why: 'there is no number'}]);
		expect(stays.metrics[0]?.series).toMatchObject([{now: 7}]);
	});

	test('samples that come late and out of order are told in order', async () => {
		const nowMs = Date.now();
		// The newest first; the value is its age in minutes.
		for (const minutes of [1, 3, 2, 4]) {
			const timeUnixNano = `${BigInt(nowMs - minutes * 60_000) * 1_000_000n}`;
			const gauge = {dataPoints: [{timeUnixNano, asDouble: minutes}]};
			const body = {resourceMetrics: [{scopeMetrics: [{metrics: [{name: 'late', gauge}]}]}]};
			const {status, text} = await request({url}, {method: 'POST', path: '/api/v1/otlp/v1/metrics', body});
			expect({status, text}).toMatchObject({status: 200});
		}
		await answers('late offset 1m', 1);
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
	await request({url}, {method: 'POST', path: '/api/v1/otlp/v1/metrics', body});
	await answers('many offset 6s', 700);
	const {metrics, notChecked} = await seriesOf('many', ['--series', '3']);
	expect(metrics[0]?.series.map(({labels}) => labels.number)).toEqual(['699', '698', '697']);
	expect(notChecked).toContainEqual({what: '200 of 700 series', why: 'only the 500 that are largest at the end were read'});
});

test.each(monitoringRows.filter(({words}) => !words.startsWith('monitor logs')))(
	'mkcoa $words with the Prometheus away',
	async ({words}) => {
		const before = performance.now();
		gate.deafen();
		expect(await mkcoa(words, ['--timeout', '2s'], gate.url)).toMatchObject({code: 1, error: {code: 'timed-out'}});
		expect(performance.now() - before).toBeLessThan(20_000);
		await gate.close();
		expect(await mkcoa(words, [], gate.url)).toMatchObject({code: 1, error: {code: 'metrics-unreachable', next: expect.any(String)}});
		await gate.open();
		expect(await mkcoa(words, [], gate.url)).toMatchObject({code: 0});
	},
);
