import {expect, test} from 'vitest';
import type {Pods} from '../../../../src/agents/monitoring/performance/reader.ts';
import {watchAnomalies} from '../../../../src/agents/monitoring/watch/watch-anomalies.ts';
import {newsText, type WatchNews} from '../../../../src/agents/monitoring/watch/watch-news.ts';
import type {Clock} from '../../../../src/core/clock.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {randomNumbers, series} from '../../../analysis/anomalies/random-series.ts';
import {metricsOverTime} from '../../../support/metrics-over-time.ts';

const minute = 60_000;
const startMs = Date.UTC(2026, 0, 20);
const mib = 2 ** 20;
const subject: Pods = {
	...{kind: 'pods', namespace: 'shop', pods: [], names: ['web-1']},
	ref: {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'},
};

/** A clock that stands until the test lets the one who sleeps go on. */
function steppedClock() {
	let nowMs = startMs;
	let sleeper: {readonly delayMs: number; readonly run: () => void} | undefined;
	const clock: Clock = {
		now: () => nowMs,
		schedule(delayMs, run) {
			sleeper = {delayMs, run};
			return () => {
				sleeper = undefined;
			};
		},
	};
	const asleep = async () => {
		while (sleeper === undefined) await new Promise<void>(resolve => setImmediate(resolve));
	};
	return {
		clock,
		asleep,
		/** One look of the watch. */
		async step() {
			await asleep();
			const {delayMs, run} = sleeper ?? {delayMs: 0, run() {}};
			sleeper = undefined;
			nowMs += delayMs;
			run();
			await asleep();
		},
	};
}

/** Memory that goes up and down with the hour, with noise; and that is `level` more from some minutes after the start on. */
function memory(level: number, fromMinute: number) {
	const {normal} = randomNumbers(5);
	const noise = series(6000, normal);
	return (ms: number) => {
		const row = Math.floor(ms / minute);
		const wave = 10 * Math.sin((2 * Math.PI * row) / 60);
		return mib * (200 + wave + (noise[row % noise.length] ?? 0) + (ms >= startMs + fromMinute * minute ? level : 0));
	};
}

function watch(at: (ms: number) => number) {
	const {clock, step, asleep} = steppedClock();
	const labels = {__name__: 'container_memory_working_set_bytes', namespace: 'shop', pod: 'web-1', container: 'web'};
	const server = metricsOverTime([{labels, at}], clock);
	const stop = new AbortController();
	const news: WatchNews[] = [];
	const ready: object[] = [];
	const sum = watchAnomalies({
		...{metrics: server.metrics, subjects: [subject], names: ['memory'], stepMs: minute, historyMs: 86_400_000, falseAlarms: 7, clock},
		signal: stop.signal,
		changeBefore: async (_, atMs) => ({at: new Date(atMs - 2 * minute).toISOString(), text: 'rolled out as revision 4: image: web:2'}),
		tell: each => news.push(each),
		onReady: seen => ready.push(seen),
	});
	return {
		...{server, news, ready, step, asleep},
		end() {
			stop.abort();
			return sum;
		},
	};
}

test('tells once what becomes unusual, with the change before it', {timeout: 60_000}, async () => {
	const {news, ready, step, end} = watch(memory(120, 10));
	for (let look = 0; look < 9; look++) await step();
	expect(ready).toEqual([{series: 1, least: expect.closeTo(3.16, 2), perWeek: expect.closeTo(7, 5), notChecked: []}]);
	expect(news).toEqual([]);
	for (let look = 0; look < 12; look++) await step();
	const [first] = news.filter(each => each.news === 'anomaly');
	expect(first).toMatchObject({
		resource: {name: 'web'},
		measure: 'memory',
		unit: 'bytes',
		query: expect.stringContaining('container_memory_working_set_bytes'),
	});
	expect(news).toHaveLength(1);
	expect(Date.parse(first?.at ?? '') - startMs).toBeLessThanOrEqual(14 * minute);
	expect(first === undefined ? '' : newsText(first)).toMatch(
		/^Deployment shop\/web, memory: (?:jumps to|stays at about) 3\d\d MiB, where .* MiB is usual.* \(severity \d\.\d: by chance (?:one in )?.* a series like it\); 2m earlier: rolled out as revision 4: image: web:2$/,
	);
	expect(await end()).toMatchObject({anomalies: news.length, awayMs: 0, watchedMs: 21 * minute});
});

test('says nothing of what is as it was', {timeout: 60_000}, async () => {
	const {news, step, end} = watch(memory(0, 0));
	for (let look = 0; look < 45; look++) await step();
	expect(news).toEqual([]);
	expect(await end()).toMatchObject({anomalies: 0});
});

test('tells once that the server is away, and judges afterwards what it kept meanwhile', {timeout: 60_000}, async () => {
	const {server, news, step, end} = watch(memory(120, 4));
	await step();
	server.fail(new MkcoaError({kind: 'environment', code: 'metrics-unreachable', what: 'Prometheus does not answer'}));
	for (let look = 0; look < 8; look++) await step();
	expect(news).toMatchObject([{news: 'away', why: expect.stringContaining('does not answer')}]);
	server.fail(undefined);
	await step();
	expect(news.map(each => each.news)).toContain('back');
	const found = news.find(each => each.news === 'anomaly');
	expect(Date.parse(found?.at ?? '') - startMs).toBeLessThanOrEqual(8 * minute);
	expect(await end()).toMatchObject({awayMs: 8 * minute});
});

test('ends at once where it is interrupted', {timeout: 60_000}, async () => {
	const {asleep, end} = watch(memory(0, 0));
	await asleep();
	expect(await end()).toMatchObject({anomalies: 0, watchedMs: 0});
});
