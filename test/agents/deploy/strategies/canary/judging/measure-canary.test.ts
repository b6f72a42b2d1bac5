import {expect, test} from 'vitest';
import {chooseMetrics} from '../../../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {measureCanary} from '../../../../../../src/agents/deploy/strategies/canary/judging/measure-canary.ts';
import {MkcoaError} from '../../../../../../src/core/error.ts';
import type {Emit} from '../../../../../../src/core/event.ts';
import type {Metrics} from '../../../../../../src/mcp/monitoring/port.ts';
import {fakeCluster} from '../../../../../support/fake-cluster.ts';
import {manualClock} from '../../../../../support/manual-clock.ts';
import {metricsOver} from '../../../../../support/metrics-over.ts';
import {both, scrapeMs} from '../../../metrics/sampling.ts';

const away = new MkcoaError({
	kind: 'environment',
	code: 'metrics-unreachable',
	what: 'Prometheus does not answer',
	why: 'it answered HTTP 500',
});

/** A canary of which Prometheus counts so many requests a look, until it is away. */
async function measuring(metric = 'error-ratio', ranges?: Metrics['queryRange'], share = 0.5, begunMs?: number) {
	const server = metricsOver();
	let requests = 0;
	const count = () => {
		requests += 30;
		for (const pod of ['web-canary-1', ...(share < 1 || requests === 30 ? ['web-1', 'web-2'] : [])])
			server.set('http_requests_total', {pod, code: '200'}, requests);
	};
	count();
	let isAway = false;
	const {query} = server.metrics;
	const asked: Parameters<Metrics['queryRange']>[1][] = [];
	const queryRange: Metrics['queryRange'] = (...range) => {
		asked.push(range[1]);
		return (ranges ?? server.metrics.queryRange)(...range);
	};
	const metrics: Metrics = {...server.metrics, queryRange, query: (...asked) => (isAway ? Promise.reject(away) : query(...asked))};
	const ports = {...{cluster: fakeCluster().cluster}, metrics: async () => ({metrics})};
	const {chosen} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods: both.stable.pods, service: undefined}, [metric]);
	const notes: string[] = [];
	const clock = manualClock();
	const emit: Emit = event => void (event.kind === 'note' && notes.push(event.text));
	const measured = measureCanary(ports, 'shop', chosen, {emit, clock});
	await measured.nextStage({share, beganMs: begunMs === undefined ? undefined : clock.now() - begunMs}, both);
	return {
		measured,
		notes,
		/** The ranges that were asked for. */
		asked: () => asked,
		/** Requests that come while nobody looks. */
		hold(looks: number, given = {away: false}) {
			isAway = given.away;
			for (let passed = 0; passed < looks; passed++) {
				server.pass(scrapeMs);
				count();
			}
		},
		async look(given: {readonly away: boolean}) {
			isAway = given.away;
			server.pass(scrapeMs);
			count();
			await measured.look(both);
			return measured.judged()[0]?.verdict;
		},
	};
}

test('where Prometheus never answered, it is not requests that are missing', async () => {
	const {look} = await measuring();
	expect(await look({away: true})).toMatchObject({
		verdict: 'not-enough-data',
		uncounted: true,
		reason: 'nothing can be counted: Prometheus does not answer: it answered HTTP 500',
	});
});

test('where it answers no more, what was counted before is told beside it', async () => {
	const {look} = await measuring();
	await look({away: false});
	await look({away: false});
	expect((await look({away: true}))?.reason).toBe(
		'nothing can be counted now, Prometheus does not answer: it answered HTTP 500; 60 requests reached the canary, 100 are needed',
	);
});

test('an outage is told once, and so is its end', async () => {
	const {look, notes} = await measuring();
	for (const isAway of [false, true, true, true, false, false]) await look({away: isAway});
	expect(notes).toEqual(['No metrics since this look: Prometheus does not answer: it answered HTTP 500', 'Metrics are there again']);
});

test('pods that serve nobody are no measure of a gauge, which is told once', async () => {
	const {look, notes, measured} = await measuring('served=http_requests_total{pod=~"{{pods}}"};worse=lower');
	expect(await look({away: false})).toMatchObject({metric: 'served'});
	await measured.nextStage({share: 1}, both);
	expect(await look({away: false})).toBeUndefined();
	expect(notes).toEqual(['served is not compared at 100 %: the stable version gets no requests']);
});

test('requests that came before a stage are not its own', async () => {
	const {look, hold, measured} = await measuring();
	await look({away: false});
	hold(10);
	await measured.nextStage({share: 0.5}, both);
	expect((await look({away: false}))?.reason).toBe('30 requests reached the canary, 100 are needed');
});

test('nor are they where Prometheus is away when it begins', async () => {
	const {look, hold, measured} = await measuring();
	await look({away: false});
	hold(10, {away: true});
	await measured.nextStage({share: 0.5}, both);
	expect((await look({away: false}))?.reason).toBe(
		'no request of the canary was counted, while the stable version had 720: no traffic reaches it, or nothing scrapes its pods',
	);
	expect((await look({away: false}))?.reason).toBe('30 requests reached the canary, 100 are needed');
});

/** Two hours of a pod whose failures come in threes, every 15 minutes. */
const inThrees: Metrics['queryRange'] = async (_promql, {fromMs, stepMs}) =>
	[
		{code: '200', perMinute: 60, inQuarter: 0},
		{code: '500', perMinute: 0, inQuarter: 3},
	].map(({code, perMinute, inQuarter}) => ({
		labels: {pod: 'web-1', code},
		points: Array.from({length: 121}, (_, minute) => ({
			atMs: fromMs + minute * stepMs,
			value: perMinute * minute + inQuarter * Math.floor(minute / 15),
		})),
	}));

test('what the stable version did before is asked once, and the verdict says how its errors came', async () => {
	const {look, measured, asked} = await measuring('error-ratio', inThrees);
	await measured.nextStage({share: 0.5}, both);
	expect(await look({away: false})).toMatchObject({before: 'in the 120 minutes before, errors came in bunches, each with about 2 others'});
	expect(asked()).toHaveLength(1);
});

test('where nobody can say how they came, the verdict says that', async () => {
	const {look} = await measuring('error-ratio', () => Promise.reject(away));
	expect(await look({away: false})).toMatchObject({
		verdict: 'not-enough-data',
		before: 'how errors came before is not known: Prometheus does not answer: it answered HTTP 500',
	});
});

test('a run that begins at 100 % compares with what the stable version counted before', async () => {
	const {look, measured} = await measuring('error-ratio', inThrees, 1);
	for (let looks = 0; looks < 10; looks++) await look({away: false});
	expect(measured.judged()[0]?.verdict).toMatchObject({
		verdict: 'pass',
		stableSamples: 7224,
		reason: expect.stringMatching(
			/^0\.0 % of the canary's 300 requests in this step failed; before it, of the stable version's 7224, 0\.\d+ %/,
		),
	});
});

test('and with nothing where nobody counted', async () => {
	const {look} = await measuring('error-ratio', () => Promise.reject(away), 1);
	for (let looks = 0; looks < 10; looks++) await look({away: false});
	expect(await look({away: false})).toMatchObject({verdict: 'not-enough-data'});
});

test('a run that goes on at 100 % the next morning compares with the hours before that step, not with the idle night', async () => {
	const {asked} = await measuring('error-ratio', inThrees, 1, 12 * 3_600_000);
	const beganMs = Date.UTC(2026, 0, 1) - 12 * 3_600_000;
	expect(asked()).toEqual([{fromMs: beganMs - 2 * 3_600_000, toMs: beganMs, stepMs: 60_000}]);
});

test('what Prometheus could not tell at first is asked again at each look, until it tells', async () => {
	let isAway = true;
	const {look, measured, asked} = await measuring('error-ratio', (...range) => (isAway ? Promise.reject(away) : inThrees(...range)), 1);
	for (let looks = 0; looks < 3; looks++) await look({away: false});
	expect(asked()).toHaveLength(4);
	isAway = false;
	for (let looks = 0; looks < 7; looks++) await look({away: false});
	expect(asked()).toHaveLength(5);
	expect(measured.judged()[0]?.verdict).toMatchObject({verdict: 'pass', stableSamples: 7224});
});

test('and where both versions were counted, nothing is put in front', async () => {
	const {look, measured} = await measuring('error-ratio', inThrees);
	for (let looks = 0; looks < 10; looks++) await look({away: false});
	await measured.nextStage({share: 1}, both);
	await look({away: false});
	expect(measured.judged()[0]?.verdict.stableSamples).toBeLessThan(1000);
});
