import {canonicalJson} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Pod} from '../life/pod-shapes.ts';
import {isKind} from '../life/world.ts';
import type {MachineEvent} from '../machine.ts';
import {forwardedAnswers, type GatewayAnswer, ownAnswer} from './gateway-answers.ts';
import {loadProfile, type Stream} from './load-profile.ts';
import {type OpenSpans, openSpans, type Span} from './open-spans.ts';
import {newHistory, noteStatus, type PodHistory} from './pod-history.ts';
import {readyEndpoints, serviceOfSlice} from './ready-endpoints.ts';
import {routeKey, routeTable} from './route-table.ts';
import {isRoute, type RoutePart, routeKinds} from './route-traffic.ts';
import type {Labels} from './series.ts';

/** Annotation of a Service: core-seconds that one request costs. */
const costKey = 'sandbox.mkcoa.dev/cpu-seconds-per-request';
const usualCost = 0.004;
/** Pods that are gone stay readable for as long as Prometheus would be asked about them. */
const keptMs = 6 * 3_600_000;

/** Kinds that the ledger listens to. */
export const ledgerKinds = ['Pod', 'EndpointSlice', 'Service', ...Object.keys(routeKinds)];

/** Requests that a gateway counts under one set of labels. */
type GatewayLine = {readonly labels: Labels; readonly spans: Span[]};

export type Ledger = {
	readonly histories: () => Iterable<PodHistory>;
	readonly find: (uid: string | undefined) => PodHistory | undefined;
	readonly gateway: () => readonly GatewayLine[];
	/** Objects of other kinds are passed over. */
	readonly notice: (event: Pick<MachineEvent, 'type' | 'object'>) => void;
};

/** A Service with requests of its own, or a route. */
type Source = {readonly spans: OpenSpans; stream: Stream | undefined};

/**
 * Follows pods, endpoints, Services and routes and writes down who had which share of the requests when. The requests of a Service come
 * to it directly unless a route stands in front of it; within a Service they are spread evenly over the ready endpoints.
 * Events of different kinds may come in any order.
 */
export function trafficLedger(now: () => number): Ledger {
	const histories = new Map<string, PodHistory>();
	const gateway = new Map<string, GatewayLine>();
	const sources = new Map<string, Source>();
	const ready = readyEndpoints();
	const table = routeTable();
	/** Services that have endpoints whose pods are not known yet, by uid. */
	const awaited = new Map<string, string>();

	function send(key: string, {perSecond, seed}: {perSecond: number; seed: string}, wanted: ReadonlyMap<Span[], number>) {
		if (perSecond === 0 && !sources.has(key)) return;
		const source: Source = sources.get(key) ?? {spans: openSpans(), stream: undefined};
		sources.set(key, source);
		source.stream = perSecond === 0 ? undefined : streamOf(perSecond, seed, source.stream);
		source.spans.share(wanted, source.stream, now());
	}

	/** Adds a share of a Service's requests to the spans of its ready pods. */
	function deliver(place: string, share: number, wanted: Map<Span[], number>) {
		const service = table.service(place);
		const uids = ready.of(place);
		for (const uid of uids) {
			const history = histories.get(uid);
			if (history === undefined && uid !== '') awaited.set(uid, place);
			if (history === undefined || service === undefined) continue;
			const cpuPerRequest = Number(service.metadata.annotations?.[costKey] ?? usualCost);
			const serving = history.serving.get(place) ?? {service: service.metadata.name, cpuPerRequest, spans: []};
			history.serving.set(place, serving);
			add(wanted, serving.spans, share / uids.size);
		}
	}

	function answersOf(route: string, part: RoutePart): readonly GatewayAnswer[] {
		if (part.kind === 'answer') return [ownAnswer(route, '', part.code)];
		if (part.kind === 'copy') return [];
		const pods = [...ready.of(part.service)].map(uid => histories.get(uid));
		return forwardedAnswers(route, part.service, table.service(part.service) !== undefined, pods);
	}

	function refreshRoute(key: string) {
		const traffic = table.traffic(key);
		const place = key.slice(key.indexOf(' ') + 1);
		const wanted = new Map<Span[], number>();
		for (const part of traffic.parts) {
			if (part.kind !== 'answer') deliver(part.service, part.share, wanted);
			for (const {labels, ratio} of answersOf(place, part)) {
				const key = canonicalJson(labels);
				const line = gateway.get(key) ?? {labels, spans: []};
				gateway.set(key, line);
				add(wanted, line.spans, part.share * ratio);
			}
		}
		send(`route ${key}`, traffic, wanted);
	}

	function refreshService(place: string) {
		const wanted = new Map<Span[], number>();
		const perSecond = table.directRate(place);
		if (perSecond > 0) deliver(place, 1, wanted);
		send(place, {perSecond, seed: place}, wanted);
		for (const route of table.routesTo(place)) refreshRoute(route);
	}

	function notePod(pod: Pod, gone: boolean) {
		const uid = pod.metadata.uid ?? '';
		const history = histories.get(uid) ?? newHistory(pod);
		histories.set(uid, history);
		noteStatus(history, pod, gone, now());
		const service = awaited.get(uid);
		if (awaited.delete(uid) && service !== undefined) refreshService(service);
		if (gone) for (const [old, {endMs}] of histories) if (now() - endMs > keptMs) histories.delete(old);
	}

	function noteOther(object: KubeObject, gone: boolean) {
		if (isKind(object, 'EndpointSlice')) {
			ready.notice(object, gone);
			refreshService(serviceOfSlice(object));
		} else if (isKind(object, 'Service')) {
			for (const place of table.noteService(object, gone)) refreshService(place);
		} else if (isRoute(object)) {
			for (const place of table.noteRoute(object, gone)) refreshService(place);
			refreshRoute(routeKey(object));
		}
	}

	return {
		histories: () => histories.values(),
		find: uid => histories.get(uid ?? ''),
		gateway: () => [...gateway.values()],
		notice: ({type, object}) => (isKind(object, 'Pod') ? notePod(object, type === 'DELETED') : noteOther(object, type === 'DELETED')),
	};
}

/** The stream before as long as nothing about it changes, so that spans go on. */
const streamOf = (perSecond: number, seed: string, before: Stream | undefined): Stream =>
	before?.perSecond === perSecond && before.seed === seed ? before : {load: loadProfile(perSecond, seed), perSecond, seed};

const add = (wanted: Map<Span[], number>, spans: Span[], share: number) => wanted.set(spans, (wanted.get(spans) ?? 0) + share);
