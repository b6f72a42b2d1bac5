import type {Clock} from '../../core/clock.ts';
import type {PodUsage} from '../life/controllers/hpa-verdict.ts';
import {worldOf} from '../life/world.ts';
import type {HookAnswer, Machine} from '../machine.ts';
import {ledgerKinds, trafficLedger} from './ledger.ts';
import {metricsAnswer} from './metrics-api.ts';
import {podSeries} from './pod-series.ts';
import {podUse} from './pod-use.ts';
import {prometheusAnswer} from './prometheus-api.ts';
import type {SeriesSource} from './series.ts';
import {stateSeries} from './state-series.ts';

export type Traffic = {
	readonly usage: PodUsage;
	readonly series: SeriesSource;
	/** Paths of Prometheus behind its Service, and of metrics.k8s.io. */
	readonly http: (path: string, query: URLSearchParams, body: string) => HookAnswer | undefined;
	readonly stop: () => void;
};

/** The proxy path of the Service `prometheus` in `monitoring`, with or without scheme and port. */
const prometheusProxy = /^\/api\/v1\/namespaces\/monitoring\/services\/(?:http:)?prometheus(?::[\w-]+)?\/proxy(\/.*)$/;

/** Simulated requests over the Services that say how many they get, and everything that can be measured of them. */
export function startTraffic(machine: Machine, clock: Clock): Traffic {
	const world = worldOf(machine);
	const ledger = trafficLedger(world, clock.now);
	for (const kind of ledgerKinds) for (const object of machine.list(kind)) ledger.notice({type: 'ADDED', object});
	const stop = machine.watch(ledger.notice, ledgerKinds);
	const series: SeriesSource = name => [...podSeries(ledger, name), ...stateSeries(world, name)];
	const hasPrometheus = () => machine.get('Service', 'monitoring', 'prometheus') !== undefined;
	return {
		usage: pod => podUse(ledger, pod, clock.now()),
		series,
		http(path, query, body) {
			const [, inner] = prometheusProxy.exec(path) ?? [];
			if (inner !== undefined && hasPrometheus()) return prometheusAnswer({source: series, clock}, inner, query, body);
			return metricsAnswer({world, ledger, clock}, path, query);
		},
		stop,
	};
}
