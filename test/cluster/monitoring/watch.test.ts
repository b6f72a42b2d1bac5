import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {runMkcoa} from '../../support/host.ts';
import {type MonitoredShop, startMonitoredShop, whileAway} from './monitored-shop.ts';

let burstMs: number | undefined;
/** From a moment on a pod of web answers a thousand requests a second more, and fails at them. */
const burst = () =>
	burstMs === undefined
		? ''
		: `http_requests_total{namespace="shop",deployment="web",service="web",pod="${pod}",code="503"} ${Date.now() - burstMs}\n`;

let shop: MonitoredShop;
let pod = '';
beforeAll(async () => {
	shop = await startMonitoredShop(burst);
	pod = /pod="(?<name>web-[^"]+)"/.exec(await shop.shop.present('web-'))?.groups?.name ?? '';
}, 120_000);
afterAll(() => shop?.stop());

test('mkcoa monitor watch tells what becomes unusual, also what did while the Prometheus was away', {timeout: 200_000}, async () => {
	const stop = new AbortController();
	const printed = {out: '', err: ''};
	// Where the written past meets what is scraped, the rate of all requests is unusual by itself.
	const words = ['monitor', 'watch', 'web', '--metrics', 'errors', '--history', '90m', '--step', '15s', '--json'];
	const watched = runMkcoa([...words, ...shop.flags], {
		...{...shop.place, signal: stop.signal},
		streams: {
			out(text) {
				printed.out += text;
			},
			err(text) {
				printed.err += text;
			},
		},
	});
	const news = (): readonly {readonly [field: string]: unknown}[] =>
		printed.out
			.split('\n')
			.filter(Boolean)
			.map(line => JSON.parse(line));
	const eventually = (isRight: () => void) => vi.waitFor(isRight, {timeout: 60_000, interval: 200});
	try {
		await eventually(() => expect(printed.err).toMatch(/Watching 1 curve of web/));
		await shop.prometheus.gate.close();
		burstMs = Date.now();
		await eventually(() => expect(news()).toMatchObject([{news: 'away', why: expect.stringContaining('does not answer')}]));
		await shop.prometheus.gate.open();
		await eventually(() => {
			expect(news()).toContainEqual(expect.objectContaining({news: 'back'}));
			expect(news()).toContainEqual(
				expect.objectContaining({news: 'anomaly', measure: 'errors', resource: expect.objectContaining({kind: 'Deployment', name: 'web'})}),
			);
		});
	} finally {
		stop.abort();
	}
	expect((await watched).code).toBe(0);
	const told = news().filter(each => each.news === 'anomaly');
	expect(news().at(-1)).toMatchObject({kind: 'sum', anomalies: told.length, awayMs: expect.any(Number)});
	// Each is of the time after the burst began, and beyond what was expected.
	for (const {at, value, expected} of told) {
		expect(Date.parse(String(at))).toBeGreaterThan(burstMs - 15_000);
		expect(value).toBeGreaterThan((expected as {readonly high: number}).high);
	}
});

test('mkcoa monitor watch does not begin with the Prometheus away', async () => {
	const words = 'monitor watch web --metrics errors --history 150m --step 30s';
	await whileAway(shop.prometheus, {
		deaf: async () =>
			expect(await shop.mkcoa(words, ['--timeout', '2s'])).toMatchObject({code: 1, err: expect.stringContaining('did not answer in time')}),
		gone: async () => expect(await shop.mkcoa(words)).toMatchObject({code: 1, err: expect.stringContaining('does not answer')}),
		// That the time is over is how it ends.
		back: async () => expect(await shop.mkcoa(words, ['--timeout', '20s'])).toMatchObject({code: 0, kind: 'sum', anomalies: 0, awayMs: 0}),
	});
});
