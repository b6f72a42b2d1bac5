import {expect, test} from 'vitest';
import {floorPlan} from '../../../../src/analysis/autoscaling/scale/floor-plan.ts';
import type {LoadSample} from '../../../../src/analysis/autoscaling/scale/load-history.ts';
import {recommendScale, type ScaleQuestion, type ScaleRecommendation} from '../../../../src/analysis/autoscaling/scale/recommend-scale.ts';
import {requestsFrom} from '../../../../src/analysis/autoscaling/scale/requests-from-history.ts';

const start = Date.UTC(2026, 0, 5);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const step = 5 * minute;
const GB = 1e9;

/** Cores by the hour of the day: quiet at night, busy by day. */
const daily = (atMs: number) => 1 + 7 * Math.max(0, Math.sin(((((atMs - start) / hour) % 24) - 6) * (Math.PI / 12)));
const history = (days: number, cores: (atMs: number) => number = daily, replicas = 8): readonly LoadSample[] =>
	Array.from({length: (days * day) / step}, (_, at) => {
		const atMs = start + at * step;
		return {atMs, cpuPerPod: cores(atMs) / replicas, memoryPerPod: 0.5 * GB, replicas};
	});

const ask = (more: Partial<ScaleQuestion> = {}): ScaleQuestion => {
	const samples = more.history ?? history(3);
	return {history: samples, pod: {requestCores: 1, readinessMs: 30_000}, nowMs: (samples.at(-1)?.atMs ?? start) + step, ...more};
};

function recommended(question: ScaleQuestion): ScaleRecommendation {
	const found = recommendScale(question);
	if ('refused' in found) throw new Error(found.refused);
	return found;
}

test.each<[string, readonly LoadSample[], RegExp]>([
	['nothing', [], /0 samples/],
	['half a day', history(0.5), /whole day/],
	['few samples', history(4).filter((_, at) => at % 20 === 0), /it takes 100 samples/],
	['mostly gaps', history(8).filter(({atMs}) => (atMs - start) % (4 * day) < 0.8 * day), /gaps/],
])('with too little history there is no answer: %s', (_, samples, reason) => {
	expect(recommendScale(ask({history: samples}))).toEqual({refused: expect.stringMatching(reason)});
});

test('pods without a CPU request and without use are refused', () => {
	const idle = history(2, () => 0).map(sample => ({...sample, cpuPerPod: Number.NaN}));
	expect(recommendScale(ask({history: idle, pod: {readinessMs: 0}}))).toHaveProperty('refused');
});

test('a daily load is borne by fewer pods than a floor that was set for its peak', () => {
	const present = {minReplicas: 12, maxReplicas: 14, targetPercent: 50};
	const found = recommended(ask({present, history: history(7)}));
	expect(found).toMatchObject({isChange: true, sureness: 'high'});
	expect(found.settings.minReplicas).toBeLessThan(12);
	expect(found.replayed.podHours).toBeLessThan(0.8 * (found.before?.podHours ?? 0));
	expect(found.replayed.saturatedSeconds).toBeLessThanOrEqual(0.001 * found.replayed.seconds);
	expect(found.settings.maxReplicas).toBeGreaterThanOrEqual(present.maxReplicas);
});

test('what does as well is left as it is', () => {
	const {settings} = recommended(ask());
	const found = recommended(ask({present: settings}));
	expect(found.settings).toBe(settings);
	expect(found.isChange).toBe(false);
});

test('what is too small now is raised, even on a short history', () => {
	const present = {minReplicas: 1, maxReplicas: 4, targetPercent: 80};
	const found = recommended(ask({present, history: history(1.5)}));
	expect(found).toMatchObject({isChange: true, sureness: 'low'});
	expect(found.settings.maxReplicas).toBeGreaterThanOrEqual(10);
	expect(found.settings.targetPercent).toBeLessThanOrEqual(80);
	expect(found.before?.saturatedSeconds).toBeGreaterThan(found.replayed.saturatedSeconds);
});

test('on a short history nothing is lowered', () => {
	const present = {minReplicas: 12, maxReplicas: 20, targetPercent: 50};
	const found = recommended(ask({present, history: history(1.5)}));
	expect(found.settings.minReplicas).toBeGreaterThanOrEqual(12);
	expect(found.settings.targetPercent).toBeLessThanOrEqual(50);
});

test('bursts that come faster than pods start are met by a higher floor', () => {
	const burst = (atMs: number) => ((atMs - start) % hour < 10 * minute ? 8 : 1);
	const slow = recommended(ask({history: history(3, burst), pod: {requestCores: 1, readinessMs: 300_000}}));
	const quick = recommended(ask({history: history(3, daily), pod: {requestCores: 1, readinessMs: 5000}}));
	expect(slow.settings.minReplicas).toBeGreaterThan(quick.settings.minReplicas);
	expect(slow.replayed.saturatedSeconds).toBeLessThanOrEqual(0.001 * slow.replayed.seconds);
});

test('the floor is never below what is used at the end, nor the ceiling below the replicas there are', () => {
	const upToNoon = history(3.5);
	const found = recommended(ask({history: upToNoon, present: {minReplicas: 1, maxReplicas: 3, targetPercent: 80}}));
	const last = upToNoon.at(-1);
	expect(found.settings.minReplicas * found.settings.targetPercent).toBeGreaterThanOrEqual((last?.cpuPerPod ?? 0) * 8 * 100 - 1e-6);
	expect(found.settings.maxReplicas).toBeGreaterThanOrEqual(8);
	expect(found.evidence).toContain('the floor is what is used now; at a quieter hour it may be lower');
});

test('one replica is not recommended to whoever has more', () => {
	const quiet = history(3, () => 0.1);
	expect(recommended(ask({history: quiet})).settings.minReplicas).toBe(2);
	expect(recommended(ask({history: quiet, present: {minReplicas: 6, maxReplicas: 9, targetPercent: 80}})).settings.minReplicas).toBe(2);
	expect(recommended(ask({history: quiet, present: {minReplicas: 1, maxReplicas: 9, targetPercent: 80}})).settings.minReplicas).toBe(1);
});

test('a forecast raises the floor before its peak, and may raise the ceiling', () => {
	const samples = history(3);
	const nowMs = (samples.at(-1)?.atMs ?? 0) + step;
	const points = Array.from({length: 24}, (_, at) => ({atMs: nowMs + (at + 1) * hour, high: 1.2 * daily(nowMs + (at + 1) * hour)}));
	const without = recommended(ask({history: samples}));
	const found = recommended(ask({history: samples, forecast: {source: 'the mean of last week', points}}));
	expect({...found.settings, maxReplicas: 0}).toEqual({...without.settings, maxReplicas: 0});
	expect(found.settings.maxReplicas).toBeGreaterThanOrEqual(without.settings.maxReplicas);
	expect(found.floors.length).toBeGreaterThan(3);
	const {minReplicas, targetPercent} = found.settings;
	for (const {atMs, high} of points) {
		const floor = found.floors.find(({fromMs, toMs}) => fromMs <= atMs && atMs < toMs)?.minReplicas ?? minReplicas;
		expect(floor * targetPercent + 1e-6).toBeGreaterThanOrEqual(high * 100);
	}
	expect(found.evidence.at(-1)).toContain('the mean of last week');
	// A forecast that falls lowers nothing.
	const falling = points.map(({atMs}) => ({atMs, high: 0.1}));
	expect(recommended(ask({history: samples, forecast: {source: 'x', points: falling}})).floors).toEqual([]);
});

test('a ceiling that is too low for what is forecast is raised, though it did until now', () => {
	const {settings: present, replayed} = recommended(ask());
	expect(replayed.saturatedSeconds).toBe(0);
	const points = [{atMs: ask().nowMs + hour, high: 40}];
	const found = recommended(ask({present, forecast: {source: 'a sale', points}}));
	expect(found.isChange).toBe(true);
	expect(found.settings.maxReplicas * found.settings.targetPercent).toBeGreaterThanOrEqual(4000);
	expect(found.floors[0]?.minReplicas).toBe(Math.ceil(4000 / found.settings.targetPercent));
});

test('floors rise early, do not overlap, and end with the load', () => {
	const hours = [2, 2, 9, 9, 4, 2].map((high, at) => ({atMs: (at + 1) * hour, high}));
	const plan = floorPlan({source: 'x', points: hours}, cores => cores, {minReplicas: 3, maxReplicas: 7}, 10 * minute, 0);
	expect(plan).toEqual([
		{fromMs: 3 * hour - 10 * minute, toMs: 5 * hour, minReplicas: 7},
		{fromMs: 5 * hour, toMs: 6 * hour, minReplicas: 4},
	]);
	const ignored = [
		{atMs: -1, high: 9},
		{atMs: 1, high: Number.NaN},
	];
	expect(floorPlan({source: 'x', points: ignored}, cores => cores, {minReplicas: 3, maxReplicas: 7}, minute, 0)).toEqual([]);
});

test('pods that were full may have been asked for more: that is said, and less sure', () => {
	const flat = history(3, () => 7.9);
	const found = recommended(ask({history: flat, pod: {requestCores: 1, limitCores: 1, readinessMs: 30_000}}));
	expect(found.sureness).toBe('low');
	expect(found.evidence.join('\n')).toContain('nearly full in 100.0 %');
});

test('requests are never below what is used, and memory that was not measured is left alone', () => {
	const rising = history(3).map((sample, at) => ({...sample, memoryPerPod: at === 3 * 288 - 1 ? 9 * GB : 0.5 * GB}));
	expect(requestsFrom(rising, undefined).bytes).toBeGreaterThanOrEqual(9 * GB);
	expect(requestsFrom(rising, undefined).cores).toBeGreaterThan(0.8);
	expect(requestsFrom(rising, 0.25).cores).toBe(0.25);
	const unmeasured = history(3).map(({atMs, cpuPerPod, replicas}) => ({atMs, cpuPerPod, replicas}));
	expect(requestsFrom(unmeasured, 1)).toMatchObject({cores: 1, bytes: undefined});
});
