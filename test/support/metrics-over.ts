import {proxiedWire} from '../../src/mcp/monitoring/http/proxied-wire.ts';
import type {Metrics} from '../../src/mcp/monitoring/port.ts';
import {prometheus} from '../../src/mcp/monitoring/prometheus/prometheus.ts';
import {prometheusAnswer} from '../../src/sandbox/traffic/prometheus-api.ts';
import type {Labels, Series} from '../../src/sandbox/traffic/series.ts';
import {manualClock} from './manual-clock.ts';
import {monitoringServer} from './monitoring-server.ts';

const startMs = Date.UTC(2026, 0, 1);

/** The embedded Prometheus over series whose values a test sets, and the product's client of it. */
export function metricsOver() {
	const values = new Map<string, {readonly labels: Labels; readonly value: number; readonly until: number}>();
	const queries: string[] = [];
	let nowMs = startMs;
	const source = (): readonly Series[] => [...values.values()].map(({labels, value, until}) => ({labels, from: 0, until, at: () => value}));
	const read = async (path: string) => {
		const url = new URL(path, 'http://prometheus.test');
		queries.push(url.searchParams.get('query') ?? '');
		const answer = prometheusAnswer({source, clock: manualClock(nowMs)}, url.pathname, url.searchParams, '');
		return JSON.parse(String(answer.body));
	};
	const metrics: Metrics = prometheus(proxiedWire(read, '', monitoringServer('metrics')));
	const keyOf = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());
	return {
		metrics,
		queries,
		ports: {metrics: async () => ({metrics})},
		set(name: string, labels: Labels, value: number) {
			const named = {__name__: name, namespace: 'shop', ...labels};
			values.set(keyOf(named), {labels: named, value, until: Number.POSITIVE_INFINITY});
		},
		/** The pod goes, and its series have no samples from now on. */
		end(pod: string) {
			for (const [key, series] of values) if (series.labels.pod === pod) values.set(key, {...series, until: nowMs});
		},
		/** Every series of a pod is as if it had never been. */
		forget(pod: string) {
			for (const [key, {labels}] of values) if (labels.pod === pod) values.delete(key);
		},
		/** A whole number of scrapes later. */
		pass(ms: number) {
			nowMs += ms;
		},
	};
}
