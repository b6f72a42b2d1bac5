import {expect, test} from 'vitest';
import {readCanaryConfig} from '../../../../../../src/agents/deploy/metrics/kayenta/read-canary-config.ts';
import type {DeployPorts} from '../../../../../../src/agents/deploy/ports.ts';
import {kayentaJudge} from '../../../../../../src/agents/deploy/strategies/canary/judging/kayenta-judge.ts';
import type {Event} from '../../../../../../src/core/event.ts';
import type {Context} from '../../../../../../src/core/tool.ts';
import type {Range} from '../../../../../../src/mcp/monitoring/port.ts';
import {hastyClock} from '../../../../../support/change-run.ts';
import {fakeCluster} from '../../../../../support/fake-cluster.ts';
import {metricsOver} from '../../../../../support/metrics-over.ts';
import {both} from '../../../metrics/sampling.ts';

const minuteMs = 60_000;
const intervalMs = 10 * minuteMs;
const stage = {kind: 'judge', weight: 50, share: 0.5, pods: 1} as const;

/** A judge of a canary whose points do not differ, and what it asks for. @param aheadMs how far this machine's clock is before the server's */
function judging(aheadMs = 0) {
	const clock = hastyClock();
	const server = {nowMs: () => clock.now() - aheadMs, isSilent: false};
	const ranges: Range[] = [];
	const events: Event[] = [];
	const queryRange = async (_: string, range: Range) => {
		ranges.push(range);
		const moments = Array.from(
			{length: Math.floor((range.toMs - range.fromMs) / range.stepMs) + 1},
			(_, at) => range.fromMs + at * range.stepMs,
		);
		return [{labels: {}, points: moments.map((atMs, at) => ({atMs, value: 10 + (at % 3)}))}];
	};
	const {metrics} = metricsOver();
	const query = async () => (server.isSilent ? [] : [{labels: {}, value: 1, atMs: server.nowMs()}]);
	const ports = {
		cluster: fakeCluster().cluster,
		metrics: async () => ({metrics: {...metrics, query, queryRange}}),
	} as unknown as DeployPorts;
	const context = {
		ports,
		clock,
		emit: (event: Event) => events.push(event),
		signal: new AbortController().signal,
	} as unknown as Context<DeployPorts>;
	const config = readCanaryConfig(
		JSON.stringify({
			metrics: [{name: 'cpu', groups: ['all'], query: {metricName: 'cpu'}, analysisConfigurations: {canary: {direction: 'increase'}}}],
			classifier: {groupWeights: {all: 100}},
		}),
		{parameters: []},
	);
	const canary = {ready: 1, restarts: 0, lastEnd: undefined, troubles: []};
	const see = async () => ({canary, arms: both, troubles: [], missing: undefined}) as never;
	const watch = {namespace: 'shop', see, intervalMs, chosen: [], byPods: ['restarts', 'readiness']};
	const judge = kayentaJudge({...watch, kayenta: {config, lastWeight: 50}}, context);
	const look = {between: async () => {}, patiently: <Answer>(ask: () => Promise<Answer>) => ask()};
	return {clock, server, ranges, events, now: judge.now, judge: (beganMs?: number) => judge(stage, {...look, beganMs})};
}

test('a stage is judged by the points of its interval', async () => {
	const {clock, ranges, judge} = judging();
	const from = clock.now();
	expect(await judge()).toMatchObject({verdict: 'pass'});
	expect(clock.now() - from).toBeGreaterThanOrEqual(intervalMs);
	expect(ranges.map(({fromMs, toMs}) => toMs - fromMs)).toEqual([intervalMs, intervalMs]);
});

test.each([
	['in its middle lasts what is left, and has the points of all of it', 6 * minuteMs, 4 * minuteMs, intervalMs],
	['long after its interval is judged at once, by all since it began', 45 * minuteMs, 10_000, 45 * minuteMs + 10_000],
	['after days is judged by the last day', 3 * 24 * 60 * minuteMs, 10_000, 24 * 60 * minuteMs],
])('a stage that somebody goes on with %s', async (_, agoMs, lastsMs, spanMs) => {
	const {clock, ranges, events, judge} = judging();
	const from = clock.now();
	expect(await judge(from - agoMs)).toMatchObject({verdict: 'pass'});
	expect(Math.abs(clock.now() - from - lastsMs)).toBeLessThan(5000);
	const [range] = ranges;
	expect(Math.abs((range?.toMs ?? 0) - (range?.fromMs ?? 0) - spanMs)).toBeLessThan(5000);
	expect(events).toContainEqual({
		kind: 'note',
		text: expect.stringMatching(/^This step began \d+[mhd] ago: its points are read from then on, and it lasts/),
	});
});

test('a stage begins by the clock of the metrics server, and a machine whose clock is ahead lets it last as long', async () => {
	const {clock, server, ranges, now, judge} = judging(6 * minuteMs);
	const began = await now?.();
	expect(began).toBe(server.nowMs());
	// A minute later somebody goes on with it here.
	const from = clock.now();
	expect(await judge((began ?? 0) - minuteMs)).toMatchObject({verdict: 'pass'});
	expect(Math.abs(clock.now() - from - 9 * minuteMs)).toBeLessThan(5000);
	expect(ranges.map(({fromMs}) => Math.abs(fromMs - ((began ?? 0) - minuteMs)) < 5000)).toEqual([true, true]);
});

test('a stage lasts its whole interval again where nobody tells how long ago it began', async () => {
	const {clock, server, now, judge} = judging();
	server.isSilent = true;
	expect(await now?.()).toBeUndefined();
	const from = clock.now();
	const verdict = judge(from - 45 * minuteMs);
	clock.schedule(minuteMs, () => {
		server.isSilent = false;
	});
	expect(await verdict).toMatchObject({verdict: 'pass'});
	expect(clock.now() - from).toBeGreaterThanOrEqual(intervalMs);
});
