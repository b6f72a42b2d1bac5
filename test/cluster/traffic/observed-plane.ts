import {beforeAll} from 'vitest';
import {until} from '../../servers/until.ts';
import {type OnePlane, onePlane} from '../one-plane.ts';
import {startPrometheus} from '../prometheus.ts';
import type {ControlPlaneOptions} from '../start.ts';
import {startTraffic} from './start-traffic.ts';

/** One series of an instant query's answer. */
export type Measured = {readonly labels: {readonly [name: string]: string}; readonly value: number};

export type ObservedPlane = OnePlane & {
	/** Of the real Prometheus, without a slash at the end. */
	readonly prometheus: () => string;
	/** Waits until the answer to a PromQL query is right, up to 30 seconds. */
	readonly measures: (query: string, isRight: (answer: readonly Measured[]) => boolean) => Promise<readonly Measured[]>;
	/** Kubernetes' path of a Service gets this many requests per second. */
	readonly createService: (name: string, perSecond?: number, selector?: {readonly [key: string]: string}) => Promise<unknown>;
};

/** `onePlane` with simulated traffic on its Services and a real Prometheus that measures it each second. */
export function observedPlane(options: ControlPlaneOptions = {}): ObservedPlane {
	const one = onePlane(options);
	let url = '';
	beforeAll(async () => {
		const {target} = await startTraffic(one.plane());
		({url} = await startPrometheus(one.plane(), {targets: [target]}));
	});
	const path = (query: string) => `/api/v1/query?${new URLSearchParams({query})}`;
	return {
		...one,
		prometheus: () => url,
		measures: async (query, isRight) => {
			const {text} = await until({url}, {path: path(query)}, answer => answer.status === 200 && isRight(samplesOf(answer.text)), {
				limitMs: 30_000,
				signal: one.plane().signal,
			});
			return samplesOf(text);
		},
		createService: (name, perSecond, selector = {app: name}) =>
			one.create('/api/v1/namespaces/shop/services', {
				apiVersion: 'v1',
				kind: 'Service',
				metadata: {name, ...(perSecond === undefined ? {} : {annotations: {'sandbox.mkcoa.dev/requests-per-second': String(perSecond)}})},
				spec: {selector, ports: [{port: 80}]},
			}),
	};
}

function samplesOf(text: string): readonly Measured[] {
	const {data}: {data: {result: {metric: Measured['labels']; value: [number, string]}[]}} = JSON.parse(text);
	return data.result.map(({metric, value}) => ({labels: metric, value: Number(value[1])}));
}
