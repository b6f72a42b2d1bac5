import type {Clock} from '../../core/clock.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine} from '../machine.ts';
import {StatusError} from '../status-error.ts';
import {millis, timestamp} from './time.ts';

export type Note = {
	readonly type?: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	/** Who says it: `kubelet`, `deployment-controller`, … */
	readonly component: string;
	readonly host?: string;
	readonly container?: string;
	/** How often it happened since the last note; 1 if left out. */
	readonly times?: number;
};

/** Writes an Event about an object. The same words again raise the count of the one that is there. */
export type Recorder = (about: KubeObject, note: Note) => void;

/** The API server of a default cluster keeps events for an hour. */
const keptMs = 3_600_000;
/** New words about one object by one component: so many at once, then one each five minutes, as client-go's spam filter. */
const burst = 25;
const refillMs = 300_000;

type Known = {readonly namespace: string; readonly name: string; lastMs: number};

export function eventRecorder(machine: Machine, clock: Clock, onError: (error: unknown) => void): Recorder {
	const known = new Map<string, Known>();
	const spent = new Map<string, {count: number; sinceMs: number}>();
	let sequence = 0;
	let sweptMs = clock.now();

	const allowed = (id: string, nowMs: number) => {
		const bucket = spent.get(id) ?? {count: 0, sinceMs: nowMs};
		const refilled = Math.floor((nowMs - bucket.sinceMs) / refillMs);
		const next = {count: Math.max(0, bucket.count - refilled) + 1, sinceMs: bucket.sinceMs + refilled * refillMs};
		if (next.count > burst) return false;
		spent.set(id, next);
		return true;
	};
	const sweep = (nowMs: number) => {
		if (nowMs - sweptMs < refillMs) return;
		sweptMs = nowMs;
		for (const [key, {lastMs}] of known) if (nowMs - lastMs > keptMs) known.delete(key);
		for (const event of machine.list('Event')) {
			if (nowMs - lastSeenMs(event) > keptMs) machine.remove('Event', event.metadata.namespace, event.metadata.name);
		}
	};
	return (about, note) => {
		const nowMs = clock.now();
		const uid = about.metadata.uid ?? '';
		const key = [uid, note.component, note.reason, note.container, note.message].join('\n');
		const before = known.get(key);
		const event = before && machine.get('Event', before.namespace, before.name);
		try {
			if (event !== undefined && before !== undefined) {
				before.lastMs = nowMs;
				machine.update(again(event, note, nowMs), writerOf(note));
			} else if (allowed(`${uid} ${note.component}`, nowMs)) {
				const made = machine.create(eventOf(about, note, nowMs, sequence++), writerOf(note));
				known.set(key, {namespace: made.metadata.namespace ?? 'default', name: made.metadata.name, lastMs: nowMs});
			}
			sweep(nowMs);
		} catch (error) {
			// An event is a courtesy: a namespace that is going away refuses it, and nothing else must fail for that.
			if (!(error instanceof StatusError)) onError(error);
		}
	};
}

/** The object that a note becomes. `sequence` keeps two events of one moment apart. */
function eventOf(about: KubeObject, note: Note, atMs: number, sequence: number): KubeObject {
	const {metadata} = about;
	const namespace = metadata.namespace ?? 'default';
	const told = {
		kind: 'Event',
		metadata: {name: `${metadata.name}.${(BigInt(atMs) * 1_000_000n + BigInt(sequence)).toString(16)}`, namespace},
		reason: note.reason,
		type: note.type ?? 'Normal',
	};
	const message = note.message.slice(0, 1024);
	const reference = {
		apiVersion: about.apiVersion,
		kind: about.kind,
		name: metadata.name,
		...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
		...(metadata.uid === undefined ? {} : {uid: metadata.uid}),
		...(metadata.resourceVersion === undefined ? {} : {resourceVersion: metadata.resourceVersion}),
		...(note.container === undefined ? {} : {fieldPath: `spec.containers{${note.container}}`}),
	};
	return newStyle[note.component] === undefined
		? {apiVersion: 'v1', ...told, involvedObject: reference, message, ...countedParts(note, atMs)}
		: {apiVersion: 'events.k8s.io/v1', ...told, regarding: reference, note: message, ...seriesParts(note, atMs)};
}

/** The program that writes for a component: controllers share one. */
const writerOf = ({component}: Note) =>
	component === 'kubelet' ? component : component === 'default-scheduler' ? 'kube-scheduler' : 'kube-controller-manager';

/** Components that write events.k8s.io/v1: no count and no source, but an action and a time with microseconds. */
const newStyle: Readonly<Record<string, (note: Note) => string>> = {
	'default-scheduler': ({reason}) => (reason === 'Scheduled' ? 'Binding' : 'Scheduling'),
};

const microTime = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');

const countedParts = (note: Note, atMs: number) => ({
	source: {component: note.component, ...(note.host === undefined ? {} : {host: note.host})},
	reportingComponent: note.component,
	reportingInstance: note.host ?? '',
	firstTimestamp: timestamp(atMs),
	lastTimestamp: timestamp(atMs),
	eventTime: null,
	count: note.times ?? 1,
});

const seriesParts = (note: Note, atMs: number) => ({
	eventTime: microTime(atMs),
	action: newStyle[note.component]?.(note) ?? '',
	reportingController: note.component,
	reportingInstance: `${note.component}-embedded`,
});

/** The event after the same was said again; in the version that its writer speaks. */
function again(event: KubeObject, note: Note, atMs: number): KubeObject {
	if (newStyle[note.component] === undefined)
		return {...event, count: Number(event.count ?? 1) + (note.times ?? 1), lastTimestamp: timestamp(atMs)};
	const count: unknown = Reflect.get(Object(event.series), 'count');
	const {involvedObject, message, reportingComponent, source, firstTimestamp, lastTimestamp, ...rest} = event;
	return {
		...rest,
		apiVersion: 'events.k8s.io/v1',
		regarding: involvedObject,
		note: message,
		reportingController: reportingComponent,
		deprecatedSource: source,
		deprecatedFirstTimestamp: firstTimestamp,
		deprecatedLastTimestamp: lastTimestamp,
		series: {count: (typeof count === 'number' ? count : 1) + 1, lastObservedTime: microTime(atMs)},
	};
}

function lastSeenMs({lastTimestamp, eventTime, series}: KubeObject): number {
	const observed: unknown = Reflect.get(Object(series), 'lastObservedTime');
	return millis([observed, lastTimestamp, eventTime].find(time => typeof time === 'string'));
}
