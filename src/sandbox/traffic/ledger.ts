import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Pod} from '../life/pod-shapes.ts';
import type {EndpointSlice} from '../life/shapes.ts';
import {isKind, type World} from '../life/world.ts';
import type {MachineEvent} from '../machine.ts';
import {loadProfile} from './load-profile.ts';
import {beginSpan, endSpan, newHistory, noteStatus, type PodHistory, type Stream} from './pod-history.ts';

/** Annotations of a Service that give it load (requests per second, the mean of a day), and the core-seconds that one request costs. */
const rateKey = 'sandbox.mkcoa.dev/requests-per-second';
const costKey = 'sandbox.mkcoa.dev/cpu-seconds-per-request';
const usualCost = 0.004;
const serviceLabel = 'kubernetes.io/service-name';
/** Pods that are gone stay readable for as long as Prometheus would be asked about them. */
const keptMs = 6 * 3_600_000;

/** Kinds that the ledger listens to. */
export const ledgerKinds = ['Pod', 'EndpointSlice', 'Service'];

export type Ledger = {
	readonly histories: () => Iterable<PodHistory>;
	readonly find: (uid: string | undefined) => PodHistory | undefined;
	readonly notice: (event: Pick<MachineEvent, 'type' | 'object'>) => void;
};

/** Follows pods and endpoints and writes down who had which share of the traffic when. */
export function trafficLedger(world: World, now: () => number): Ledger {
	const histories = new Map<string, PodHistory>();
	const streams = new Map<string, Stream>();

	const notePod = (pod: Pod, gone: boolean) => {
		const uid = pod.metadata.uid ?? '';
		const history = histories.get(uid) ?? newHistory(pod);
		histories.set(uid, history);
		noteStatus(history, pod, gone, now());
		if (gone) for (const [old, {endMs}] of histories) if (now() - endMs > keptMs) histories.delete(old);
	};
	const noteSlice = (slice: EndpointSlice, gone: boolean) => {
		const service = world.get('Service', slice.metadata.namespace, slice.metadata.labels?.[serviceLabel] ?? '');
		const key = `${slice.metadata.namespace}/${slice.metadata.labels?.[serviceLabel]}`;
		const before = streams.get(key);
		const stream = gone ? undefined : streamOf(service, key, before);
		if (stream === undefined && before === undefined) return;
		if (stream !== undefined) streams.set(key, stream);
		const uids = stream === undefined ? new Set<string>() : readyUids(slice);
		const share = uids.size === 0 ? 0 : 1 / uids.size;
		for (const [uid, history] of histories) endSpan(history, key, uids.has(uid) ? share : 0, stream, now());
		for (const uid of uids) {
			const history = histories.get(uid);
			if (history === undefined || service === undefined || stream === undefined) continue;
			const cpuPerRequest = Number(service.metadata.annotations?.[costKey] ?? usualCost);
			const serving = history.serving.get(key) ?? {service: service.metadata.name, cpuPerRequest, spans: []};
			history.serving.set(key, serving);
			beginSpan(serving, share, stream, now());
		}
	};
	return {
		histories: () => histories.values(),
		find: uid => histories.get(uid ?? ''),
		notice({type, object}) {
			if (isKind(object, 'Pod')) notePod(object, type === 'DELETED');
			else if (isKind(object, 'EndpointSlice')) noteSlice(object, type === 'DELETED');
			else if (type === 'MODIFIED') {
				// A Service's new rate counts from now on.
				const slices = world.list('EndpointSlice', object.metadata.namespace);
				for (const slice of slices) if (slice.metadata.labels?.[serviceLabel] === object.metadata.name) noteSlice(slice, false);
			}
		},
	};
}

/** The requests that a Service gets; the one before as long as the rate is the same, so that spans go on. */
function streamOf(service: KubeObject | undefined, key: string, before: Stream | undefined): Stream | undefined {
	const perSecond = Number(service?.metadata.annotations?.[rateKey] ?? 0);
	if (!(perSecond > 0)) return undefined;
	return before?.perSecond === perSecond ? before : {load: loadProfile(perSecond, key), perSecond};
}

const readyUids = ({endpoints = []}: EndpointSlice): ReadonlySet<string> =>
	new Set(endpoints.filter(({conditions}) => conditions?.ready === true).map(({targetRef}) => targetRef?.uid ?? ''));

/** The workload that a pod belongs to, by its ReplicaSet's name where there is one. */
export function workloadOf({metadata}: KubeObject): {readonly kind: string; readonly name: string} | undefined {
	const owner = metadata.ownerReferences?.find(({controller}) => controller === true);
	if (owner?.kind !== 'ReplicaSet') return owner && {kind: owner.kind, name: owner.name};
	const hash = metadata.labels?.['pod-template-hash'];
	return hash === undefined ? {kind: 'ReplicaSet', name: owner.name} : {kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1)};
}
