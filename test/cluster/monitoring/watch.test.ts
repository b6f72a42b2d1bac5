import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {runMkcoa} from '../../support/host.ts';
import {type MonitoredShop, startMonitoredShop, whileAway} from './monitored-shop.ts';

/** From then on half of the periods are throttled. */
let narrowMs = Number.POSITIVE_INFINITY;
const startMs = Date.now() - 86_400_000;
/** Until then none is: where the written past meets what is scraped, no rate is as even as a part of nothing. */
const periods = (pod: string) => {
	const labels = {namespace: 'shop', pod, container: 'web'};
	return [
		{labels: {...labels, __name__: 'container_cpu_cfs_periods_total'}, at: (ms: number) => (ms - startMs) / 100},
		{labels: {...labels, __name__: 'container_cpu_cfs_throttled_periods_total'}, at: (ms: number) => Math.max(0, ms - narrowMs) / 200},
	];
};

let shop: MonitoredShop;
beforeAll(async () => {
	shop = await startMonitoredShop({drawn: periods});
}, 120_000);
afterAll(() => shop?.stop());

test('mkcoa monitor watch tells what becomes unusual, also what did while the Prometheus was away', {timeout: 200_000}, async () => {
	const stop = new AbortController();
	const printed = {out: '', err: ''};
	const words = ['monitor', 'watch', 'web', '--metrics', 'throttled', '--history', '90m', '--step', '15s', '--json'];
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
		narrowMs = Date.now();
		await eventually(() => expect(news()).toMatchObject([{news: 'away', why: expect.stringContaining('does not answer')}]));
		await shop.prometheus.gate.open();
		await eventually(() => {
			expect(news()).toContainEqual(expect.objectContaining({news: 'back'}));
			expect(news()).toContainEqual(
				expect.objectContaining({
					news: 'anomaly',
					measure: 'throttled',
					resource: expect.objectContaining({kind: 'Deployment', name: 'web'}),
				}),
			);
		});
	} finally {
		stop.abort();
	}
	expect((await watched).code).toBe(0);
	const told = news().filter(each => each.news === 'anomaly');
	expect(news().at(-1)).toMatchObject({kind: 'sum', anomalies: told.length, awayMs: expect.any(Number)});
	// Each is of the time after it began, and beyond what was expected.
	for (const {at, value, expected} of told) {
		expect(Date.parse(String(at))).toBeGreaterThan(narrowMs - 15_000);
		expect(value).toBeGreaterThan((expected as {readonly high: number}).high);
	}
});

test('mkcoa monitor watch does not begin with the Prometheus away', async () => {
	const words = 'monitor watch web --metrics throttled --history 150m --step 30s';
	await whileAway(shop.prometheus, {
		deaf: async () =>
			expect(await shop.mkcoa(words, ['--timeout', '2s'])).toMatchObject({code: 1, err: expect.stringContaining('did not answer in time')}),
		gone: async () => expect(await shop.mkcoa(words)).toMatchObject({code: 1, err: expect.stringContaining('does not answer')}),
		// That the time is over is how it ends.
		back: async () => expect(await shop.mkcoa(words, ['--timeout', '20s'])).toMatchObject({code: 0, kind: 'sum', anomalies: 0, awayMs: 0}),
	});
});
