import {expect, test} from 'vitest';
import {chooseMetrics} from '../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {inTime} from '../../../../src/agents/deploy/metrics/in-time.ts';
import {measureCanary} from '../../../../src/agents/deploy/strategies/canary/judging/measure-canary.ts';
import type {Event} from '../../../../src/core/event.ts';
import type {Metrics} from '../../../../src/mcp/monitoring/port.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {manualClock} from '../../../support/manual-clock.ts';
import {metricsOver} from '../../../support/metrics-over.ts';
import {both} from './sampling.ts';

const never = () => new Promise<never>(() => {});

/** A look at a canary by error ratio, whose metrics server may hang from then on. */
async function looking(hang: (metrics: Metrics) => ReturnType<ReturnType<typeof metricsOver>['ports']['metrics']> | Promise<never>) {
	const {metrics, ports, set} = metricsOver();
	for (const name of ['web-1', 'web-canary-1']) set('http_requests_total', {pod: name, code: '200'}, 1);
	const {cluster} = fakeCluster();
	const {chosen} = await chooseMetrics({...ports, cluster}, {name: 'web', namespace: 'shop', pods: both.stable.pods}, ['error-ratio']);
	const clock = manualClock();
	const events: Event[] = [];
	const measured = measureCanary(inTime({cluster, metrics: () => hang(metrics)}, clock), 'shop', chosen, {
		emit: event => void events.push(event),
		clock,
	});
	return {clock, measured, events};
}

test.each<[string, Parameters<typeof looking>[0], string]>([
	['a query', async metrics => ({metrics: {...metrics, query: never}}), 'test did not answer within 15 s'],
	['the search for the server', never, 'The metrics server did not answer within 15 s'],
])('%s that never answers ends the look after 15 seconds, and is never a pass', async (_what, hang, why) => {
	const {clock, measured, events} = await looking(hang);
	let isOver = false;
	const look = measured.look(both).then(() => {
		isOver = true;
	});
	await clock.advance(14_000);
	expect(isOver).toBe(false);
	await clock.advance(1000);
	await look;
	expect(events).toEqual([{kind: 'note', text: `No metrics since this look: ${why}`}]);
	expect(measured.judged()).toMatchObject([{verdict: {verdict: 'not-enough-data'}, missing: why}]);
});
