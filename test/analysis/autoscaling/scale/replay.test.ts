import {expect, test} from 'vitest';
import {demandIn, type LoadSample, thinned} from '../../../../src/analysis/autoscaling/scale/load-history.ts';
import {replay} from '../../../../src/analysis/autoscaling/scale/replay.ts';

const start = Date.UTC(2026, 0, 5);
const minute = 60_000;
const pod = {requestCores: 1, readinessMs: 30_000};

/** A sample a minute. */
const history = (minutes: number, cores: (minute: number) => number, replicas = 4): readonly LoadSample[] =>
	Array.from({length: minutes}, (_, at) => ({atMs: start + at * minute, cpuPerPod: cores(at) / replicas, replicas}));

test.each([
	['at its target it stays', 2, 4, 4, 0],
	['within the tolerance it stays', 2.15, 4, 4, 0],
	['above it there are more', 3, 6, 6, 1],
	['the floor holds', 0.5, 3, 4, 1],
	['the ceiling holds, and pods are full', 12, 8, 8, 1],
])('a load that does not change: %s', (_, cores, lasting, peak, rescales) => {
	const found = replay(demandIn(history(600, () => cores)), pod, {minReplicas: 3, maxReplicas: 8, targetPercent: 50});
	expect(found).toMatchObject({seconds: 36_000, peakReplicas: peak, rescales, flaps: 0});
	// Up at the first look; down as soon as five minutes have passed.
	expect(found.podHours).toBeCloseTo(lasting * 10 + (lasting < 4 ? 6 / 60 : lasting > 4 ? (4 - lasting) / 60 : 0), 1);
	expect(found.saturatedSeconds).toBe(cores > 8 ? 36_000 : 0);
});

test('pods that start slowly leave the others full for as long', () => {
	const jump = demandIn(history(240, at => (at < 120 ? 2 : 6)));
	const settings = {minReplicas: 4, maxReplicas: 20, targetPercent: 50};
	const saturated = [0, 120_000, 600_000].map(readinessMs => replay(jump, {...pod, readinessMs}, settings).saturatedSeconds);
	expect(saturated).toEqual([...saturated].toSorted((a, b) => a - b));
	expect(saturated[0]).toBeLessThanOrEqual(60);
	expect(saturated[2]).toBeGreaterThanOrEqual(600);
	// A floor that is high enough beforehand has no such time.
	expect(replay(jump, {...pod, readinessMs: 600_000}, {...settings, minReplicas: 6}).saturatedSeconds).toBe(0);
});

test('a saw of minutes is smoothed by the window down, and flaps without it', () => {
	const saw = demandIn(history(600, at => (at % 4 < 2 ? 2 : 6)));
	const settings = {minReplicas: 1, maxReplicas: 20, targetPercent: 50};
	const scaleDown = {stabilizationWindowSeconds: 0};
	expect(replay(saw, pod, settings).flaps).toBe(0);
	expect(replay(saw, pod, {...settings, behavior: {scaleDown}}).flaps).toBeGreaterThan(100);
});

test('a limit holds pods at what they can do', () => {
	const busy = demandIn(history(600, () => 8));
	const settings = {minReplicas: 4, maxReplicas: 40, targetPercent: 80};
	const limited = replay(busy, {...pod, limitCores: 1}, settings);
	// What is seen of full pods is 100 %, a quarter above the target: 4, 5, 7, 9, and there 88 % is within the tolerance.
	expect(limited).toMatchObject({rescales: 3, peakReplicas: 9});
});

test('time that nobody measured does not count', () => {
	const gap = [...history(120, () => 2), ...history(120, () => 2).map(each => ({...each, atMs: each.atMs + 1000 * minute}))];
	const demand = demandIn(gap);
	expect(demand).toMatchObject({stepMs: minute, coveredMs: 240 * minute});
	expect(demand.coverage).toBeCloseTo(240 / 1120, 10);
	expect(replay(demand, pod, {minReplicas: 1, maxReplicas: 9, targetPercent: 50}).seconds).toBe(240 * 60);
});

test('samples may be out of order, double, or no numbers', () => {
	const clean = history(50, at => 1 + at / 50);
	const dirty = [
		...clean.toReversed(),
		...clean.slice(0, 5),
		{atMs: start + 7.5 * minute, cpuPerPod: Number.NaN, replicas: 4},
		{atMs: start + 8.5 * minute, cpuPerPod: -1, replicas: 4},
		{atMs: Number.NaN, cpuPerPod: 1, replicas: 4},
	];
	expect(demandIn(dirty)).toEqual(demandIn(clean));
	expect(demandIn([])).toEqual({points: [], stepMs: 0, coveredMs: 0, coverage: 0});
	expect(replay(demandIn([]), pod, {minReplicas: 2, maxReplicas: 9, targetPercent: 50})).toMatchObject({seconds: 0, podHours: 0});
});

test('a long history is looked at less often, and its peak is kept', () => {
	const month = Array.from({length: 172_800}, (_, at) => ({atMs: start + at * 15_000, cpuPerPod: at === 100_001 ? 5 : 0.5, replicas: 4}));
	const demand = demandIn(month);
	const few = thinned(demand, 20_160);
	expect(few.points.length).toBeLessThanOrEqual(20_160);
	expect(few).toMatchObject({stepMs: 135_000, coveredMs: demand.coveredMs});
	expect(few.points.filter(({cores}) => cores === 20)).toHaveLength(1);
	const found = replay(demand, pod, {minReplicas: 4, maxReplicas: 40, targetPercent: 50});
	expect(found.seconds).toBeCloseTo(30 * 86_400, -3);
	expect(found.peakReplicas).toBe(40);
	expect(thinned(few, 30_000)).toBe(few);
});
