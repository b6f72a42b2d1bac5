import type {Clock} from '../../src/core/clock.ts';
import {proxiedWire} from '../../src/mcp/monitoring/http/proxied-wire.ts';
import type {Metrics} from '../../src/mcp/monitoring/port.ts';
import {prometheus} from '../../src/mcp/monitoring/prometheus/prometheus.ts';
import {prometheusAnswer} from '../../src/sandbox/traffic/prometheus-api.ts';
import type {Labels, Series} from '../../src/sandbox/traffic/series.ts';
import {monitoringServer} from './monitoring-server.ts';

export type SeriesOverTime = {readonly labels: Labels; readonly at: (ms: number) => number};

/** The embedded Prometheus over series that a test draws over time, and the product's client of it. */
export function metricsOverTime(all: readonly SeriesOverTime[], clock: Pick<Clock, 'now'>) {
	let away: Error | undefined;
	const queries: string[] = [];
	const source = (): readonly Series[] => all.map(({labels, at}) => ({labels, from: 0, until: Number.POSITIVE_INFINITY, at}));
	const read = async (path: string) => {
		if (away !== undefined) throw away;
		const url = new URL(path, 'http://prometheus.test');
		queries.push(url.searchParams.get('query') ?? '');
		const answer = prometheusAnswer({source, clock: {now: clock.now, schedule: () => () => {}}}, url.pathname, url.searchParams, '');
		return JSON.parse(String(answer.body));
	};
	const metrics: Metrics = prometheus(proxiedWire(read, '', monitoringServer('metrics')));
	return {
		metrics,
		queries,
		/** From now on every question fails so; undefined answers again. */
		fail(error: Error | undefined) {
			away = error;
		},
	};
}
