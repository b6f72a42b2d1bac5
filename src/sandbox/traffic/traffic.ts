import type {Clock} from '../../core/clock.ts';
import type {PodUsage} from '../life/controllers/hpa-verdict.ts';
import {worldOf} from '../life/world.ts';
import type {HookAnswer, Machine} from '../machine.ts';
import {ledgerKinds, trafficLedger} from './ledger.ts';
import {measurements} from './measurements.ts';
import {metricsAnswer} from './metrics-api.ts';
import {podUse} from './pod-use.ts';
import {prometheusAnswer} from './prometheus-api.ts';
import {routeKinds} from './route-traffic.ts';
import type {SeriesSource} from './series.ts';
import {serviceAnswer} from './service-proxy.ts';

export type Traffic = {
	readonly usage: PodUsage;
	readonly series: SeriesSource;
	/** Paths of Prometheus behind its Service, of other Services, and of metrics.k8s.io. */
	readonly http: (path: string, query: URLSearchParams, body: string) => HookAnswer | undefined;
	readonly stop: () => void;
};

/** The proxy path of the Service `prometheus` in `monitoring`, with or without scheme and port. */
const prometheusProxy = /^\/api\/v1\/namespaces\/monitoring\/services\/(?:http:)?prometheus(?::[\w-]+)?\/proxy(\/.*)$/;

/** Routes are custom resources: a machine serves them only with their definition. */
function isServed(machine: Machine, kind: string): boolean {
	const definition = routeKinds[kind];
	return definition === undefined || machine.get('CustomResourceDefinition', undefined, definition) !== undefined;
}

/** Simulated requests over the Services that say how many they get, and everything that can be measured of them. */
export function startTraffic(machine: Machine, clock: Clock): Traffic {
	const world = worldOf(machine);
	const ledger = trafficLedger(clock.now);
	const served = ledgerKinds.filter(kind => isServed(machine, kind));
	for (const kind of served) for (const object of machine.list(kind)) ledger.notice({type: 'ADDED', object});
	const stop = machine.watch(ledger.notice, ledgerKinds);
	const series = measurements(ledger, world);
	const hasPrometheus = () => machine.get('Service', 'monitoring', 'prometheus') !== undefined;
	return {
		usage: pod => podUse(ledger, pod, clock.now()),
		series,
		http(path, query, body) {
			const [, inner] = prometheusProxy.exec(path) ?? [];
			if (inner !== undefined && hasPrometheus()) return prometheusAnswer({source: series, clock}, inner, query, body);
			return metricsAnswer({world, ledger, clock}, path, query) ?? serviceAnswer(world, path);
		},
		stop,
	};
}
