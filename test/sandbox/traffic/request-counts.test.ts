import {expect, test} from 'vitest';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import {loadProfile, type Stream} from '../../../src/sandbox/traffic/load-profile.ts';
import {openSpans, type Span} from '../../../src/sandbox/traffic/open-spans.ts';
import {newHistory, type PodHistory, type Serving} from '../../../src/sandbox/traffic/pod-history.ts';
import {requestCounts} from '../../../src/sandbox/traffic/request-counts.ts';

const startMs = Date.UTC(2026, 0, 1, 12);
const minuteMs = 60_000;

const pod = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'cart-1', namespace: 'shop', uid: 'u1'},
	spec: {containers: [{name: 'main', image: 'registry.example/cart:1'}]},
} as unknown as Pod;

const historyOf = (): PodHistory => ({...newHistory(pod), starts: [startMs]});
const servingOf = (spans: Span[] = []): Serving => ({service: 'cart', cpuPerRequest: 0.004, spans});
const streamOf = (seed: string): Stream => ({load: loadProfile(10, seed), perSecond: 10, seed});

test('a counter that was asked about the time to come is right when one of two sources ends before', () => {
	const [history, serving] = [historyOf(), servingOf()];
	const [route, direct] = [openSpans(), openSpans()];
	route.share(new Map([[serving.spans, 1]]), streamOf('route'), startMs);
	direct.share(new Map([[serving.spans, 1]]), streamOf('direct'), startMs);
	const later = startMs + 10 * minuteMs;
	const expected = requestCounts(history, serving).all(later);
	// The route goes; what comes directly goes on, and is the last span.
	route.share(new Map(), undefined, startMs + minuteMs);
	const {all} = requestCounts(history, serving);
	expect(all(later)).toBeLessThan(expected * 0.6);
	expect(all(later)).toBe(requestCounts(historyOf(), servingOf([...serving.spans])).all(later));
	for (let ms = startMs; ms < later; ms += 15_000) expect(all(ms + 15_000)).toBeGreaterThanOrEqual(all(ms));
});

test('what is kept of many pods is forgotten at some time, and counted the same again', () => {
	let computed = 0;
	const {load, ...rest} = streamOf('many');
	const total = (ms: number) => {
		computed += 1;
		return load.total(ms);
	};
	const watched: Stream = {...rest, load: {...load, total}};
	const moments = Array.from({length: 5000}, (_, index) => startMs + (index + 1) * 15_000);
	const servings = Array.from({length: 100}, () =>
		servingOf([{fromMs: startMs, toMs: Number.POSITIVE_INFINITY, share: 1, stream: watched}]),
	);
	const history = historyOf();
	const counted = (serving: Serving) => {
		const {all} = requestCounts(history, serving);
		return moments.map(all);
	};
	const [first = servingOf(), ...others] = servings;
	const before = counted(first);
	computed = 0;
	expect(counted(first)).toEqual(before);
	expect(computed).toBe(0);
	for (const serving of others) counted(serving);
	computed = 0;
	expect(counted(first)).toEqual(before);
	expect(computed).toBeGreaterThan(0);
});
