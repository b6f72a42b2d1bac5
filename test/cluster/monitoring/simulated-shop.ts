import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Sandbox} from '../../../src/sandbox/start.ts';
import {request} from '../../servers/request.ts';

/** Rates look back over a minute where the present is looked at closely. */
const [closeSeconds, closeStep, farStep] = [2 * 3600, 15, 120];
const farSeconds = 26 * 3600;

/** What the past holds: all of it would keep the embedded Prometheus busy for a minute. */
const measured = 'up|container_.+|http_requests_total|kube_pod_container_status_restarts_total';

type Labels = {readonly [name: string]: string};
type Point = readonly [number, string];

export type SimulatedShop = {
	/** What is true at a moment, which may be in the time to come: the sum of a metric of pods whose names begin so. */
	readonly truth: (metric: string, podPrefix: string, atMs: number) => Promise<number>;
	/** A day of use, requests and restarts of a workload's pods, in the text format of OpenMetrics; `scraped` are the labels that a scrape adds. */
	readonly past: (podPrefix: string, scraped: Labels) => Promise<string>;
	/** The present of everything of them, in the text format of Prometheus. */
	readonly present: (podPrefix: string) => Promise<string>;
};

const sample = ({__name__: name = '', ...labels}: Labels, [seconds, value]: Point, withTime: boolean) =>
	`${name}{${Object.entries(labels)
		.map(([label, text]) => `${label}=${JSON.stringify(text)}`)
		.join(',')}} ${value}${withTime ? ` ${seconds}` : ''}`;

/** A series that a test draws beside the shop's own. */
export type DrawnSeries = {readonly labels: Labels; readonly at: (ms: number) => number};

/** Two hours of them, until now; see `past` of `SimulatedShop`. */
export function drawnPast(series: readonly DrawnSeries[], scraped: Labels): string {
	const now = Math.floor(Date.now() / 1000);
	const moments = Array.from({length: closeSeconds / closeStep}, (_, index) => now - closeSeconds + (index + 1) * closeStep);
	const lines = series.flatMap(({labels, at}) =>
		moments.map(seconds => `${sample({...scraped, ...labels}, [seconds, String(at(seconds * 1000))], true)}\n`),
	);
	return lines.join('');
}

export const drawnPresent = (series: readonly DrawnSeries[]): string =>
	series.map(({labels, at}) => `${sample(labels, [0, String(at(Date.now()))], false)}\n`).join('');

/** The simulated requests and use of the embedded shop, for a real Prometheus. */
export function simulatedShop({url, clock}: Sandbox): SimulatedShop {
	async function asked(path: string, parameters: {readonly [name: string]: string | number}) {
		const query = new URLSearchParams(Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]));
		const at = `/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/${path}?${query}`;
		const {status, text} = await request({url, token: 'admin'}, {path: at});
		if (status !== 200) throw new Error(`the embedded Prometheus answers ${status}: ${text}`);
		return JSON.parse(text).data.result as readonly {readonly metric: Labels; readonly value: Point; readonly values: readonly Point[]}[];
	}
	const ofPods = (prefix: string) => `{namespace="shop",pod=~"${prefix}.*"}`;
	return {
		async truth(metric, prefix, atMs) {
			const [sum] = await asked('query', {query: `sum(${metric}${ofPods(prefix)})`, time: atMs / 1000});
			return Number(sum?.value[1]);
		},
		async past(prefix, scraped) {
			const now = Math.floor(clock.now() / 1000) - 1;
			const query = `{__name__=~"${measured}",namespace="shop",pod=~"${prefix}.*"}`;
			const pieces = [
				...piecesOf(now - farSeconds, now - closeSeconds - farStep, farStep),
				...piecesOf(now - closeSeconds, now, closeStep),
			];
			const found = [];
			for (const piece of pieces) found.push(...(await asked('query_range', {query, ...piece})));
			// Samples of a series stand together, in the order of time.
			const key = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());
			const rows = [...Map.groupBy(found, ({metric}) => key(metric)).values()];
			const lines = rows.flatMap(parts =>
				parts.flatMap(({metric, values}) => values.map(value => sample({...scraped, ...metric}, value, true))),
			);
			return `${lines.join('\n')}\n# EOF\n`;
		},
		async present(prefix) {
			const now = await asked('query', {query: ofPods(prefix)});
			return now.flatMap(({metric, value}) => (metric.__name__ === 'up' ? [] : [`${sample(metric, value, false)}\n`])).join('');
		},
	};
}

/** Ranges that the embedded Prometheus answers at once. */
function piecesOf(from: number, to: number, step: number) {
	const span = 29 * step;
	return Array.from({length: Math.ceil((to - from) / (span + step))}, (_, index) => {
		const start = from + index * (span + step);
		return {start, end: Math.min(to, start + span), step};
	});
}

/** Serves what a target tells at `HOST:PORT/metrics`. */
export async function serveTarget(tell: () => Promise<string> | string): Promise<{readonly target: string; readonly close: () => void}> {
	const server = createServer(async (_, response) => {
		const text = await tell();
		response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(text);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on TCP has an address of this shape.
	const {port} = server.address() as AddressInfo;
	return {
		target: `127.0.0.1:${port}`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
