import type {KubeObject} from '../../core/kube-object.ts';
import type {Pod} from '../life/pod-shapes.ts';
import {isFinished, isReady} from '../life/pod-state.ts';
import type {EndpointSlice, Service} from '../life/shapes.ts';
import {millis} from '../life/time.ts';
import {isKind, type World} from '../life/world.ts';
import type {MachineEvent} from '../machine.ts';
import {type Load, loadProfile} from './load-profile.ts';

/** A time in which a pod had its share of a service's requests. */
export type Span = {readonly fromMs: number; toMs: number; readonly share: number};

export type Serving = {
	readonly service: string;
	readonly load: Load;
	readonly perSecond: number;
	readonly cpuPerRequest: number;
	readonly spans: Span[];
};

/** What has happened to one pod: enough to compute each of its series at any time. */
export type PodHistory = {
	pod: Pod;
	/** When its main container started, each time; counters begin anew. */
	readonly starts: number[];
	readonly readiness: {readonly ms: number; readonly ready: boolean}[];
	readonly serving: Map<string, Serving>;
	/** Infinity while it exists. */
	endMs: number;
};

/** Annotations of a Service that give it load, and the cores that one request costs. */
const rateKey = 'sandbox.mkcoa.dev/requests-per-second';
const costKey = 'sandbox.mkcoa.dev/cpu-seconds-per-request';
const usualCost = 0.004;
/** Pods that are gone stay readable for as long as Prometheus would be asked about them. */
const keptMs = 6 * 3_600_000;

/** Follows pods and endpoints and writes down who had which share of the traffic when. */
export function trafficLedger(world: World, now: () => number) {
	const histories = new Map<string, PodHistory>();

	const historyOf = (pod: Pod): PodHistory => {
		const uid = pod.metadata.uid ?? '';
		const known = histories.get(uid);
		if (known !== undefined) return known;
		const made: PodHistory = {pod, starts: [], readiness: [], serving: new Map(), endMs: Number.POSITIVE_INFINITY};
		histories.set(uid, made);
		return made;
	};
	const notePod = (pod: Pod, gone: boolean) => {
		const history = historyOf(pod);
		history.pod = pod;
		const started = pod.status?.containerStatuses?.[0]?.state.running?.startedAt;
		if (started !== undefined && history.starts.at(-1) !== millis(started)) history.starts.push(millis(started));
		const ready = isReady(pod);
		// A pod that was ready when it was first seen has been since its condition says so.
		const sinceMs = history.readiness.length === 0 ? (history.starts[0] ?? now()) : now();
		if (history.readiness.at(-1)?.ready !== ready) history.readiness.push({ms: sinceMs, ready});
		if ((gone || isFinished(pod)) && history.endMs === Number.POSITIVE_INFINITY) history.endMs = now();
		if (gone) forgetOld();
	};
	const forgetOld = () => {
		for (const [uid, {endMs}] of histories) if (now() - endMs > keptMs) histories.delete(uid);
	};
	const noteSlice = (slice: EndpointSlice, gone: boolean) => {
		const name = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
		const {namespace} = slice.metadata;
		const service = world.get('Service', namespace, name);
		const perSecond = Number(service?.metadata.annotations?.[rateKey] ?? 0);
		const ready = gone || perSecond === 0 ? [] : (slice.endpoints ?? []).filter(({conditions}) => conditions?.ready === true);
		const uids = new Set(ready.map(({targetRef}) => targetRef?.uid ?? ''));
		const key = `${namespace}/${name}`;
		const share = uids.size === 0 ? 0 : 1 / uids.size;
		for (const [uid, {serving}] of histories) closeSpan(serving.get(key), uids.has(uid) ? share : 0, now());
		for (const uid of uids) {
			const history = histories.get(uid);
			if (history === undefined || service === undefined) continue;
			const serving = history.serving.get(key) ?? newServing(service, perSecond);
			history.serving.set(key, serving);
			if (serving.spans.at(-1)?.toMs !== Number.POSITIVE_INFINITY)
				serving.spans.push({fromMs: now(), toMs: Number.POSITIVE_INFINITY, share});
		}
	};
	return {
		histories: (): Iterable<PodHistory> => histories.values(),
		find: (uid: string | undefined) => histories.get(uid ?? ''),
		notice({type, object}: Pick<MachineEvent, 'type' | 'object'>) {
			if (isKind(object, 'Pod')) notePod(object, type === 'DELETED');
			else if (isKind(object, 'EndpointSlice')) noteSlice(object, type === 'DELETED');
			else if (isKind(object, 'Service')) {
				// A new rate counts from now on.
				const slice = world
					.list('EndpointSlice', object.metadata.namespace)
					.find(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === object.metadata.name);
				if (slice !== undefined && type === 'MODIFIED') noteSlice(slice, false);
			}
		},
	};
}

export type Ledger = ReturnType<typeof trafficLedger>;

function closeSpan(serving: Serving | undefined, share: number, nowMs: number) {
	const last = serving?.spans.at(-1);
	if (last === undefined || last.toMs !== Number.POSITIVE_INFINITY || last.share === share) return;
	last.toMs = nowMs;
}

function newServing({metadata}: Service, perSecond: number): Serving {
	const load = loadProfile(perSecond, `${metadata.namespace}/${metadata.name}`);
	return {service: metadata.name, load, perSecond, cpuPerRequest: Number(metadata.annotations?.[costKey] ?? usualCost), spans: []};
}

/** Kinds that the ledger listens to. */
export const ledgerKinds = ['Pod', 'EndpointSlice', 'Service'];

/** The workload that a pod belongs to, by its ReplicaSet's name where there is one. */
export function workloadOf({metadata}: KubeObject): {readonly kind: string; readonly name: string} | undefined {
	const owner = metadata.ownerReferences?.find(({controller}) => controller === true);
	if (owner?.kind !== 'ReplicaSet') return owner && {kind: owner.kind, name: owner.name};
	const hash = metadata.labels?.['pod-template-hash'];
	return hash === undefined ? {kind: 'ReplicaSet', name: owner.name} : {kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1)};
}
