import {numberAt, textAt} from './json-at.ts';
import type {KubeObject} from './kube-object.ts';

/** Events of one object with one reason and one message, as one. */
export type FoldedEvent = {
	readonly type: string;
	readonly reason: string;
	/** `Pod web-1` */
	readonly object: string;
	readonly namespace: string;
	readonly message: string;
	readonly count: number;
	/** ISO 8601; `''` where the event has no time. */
	readonly first: string;
	readonly last: string;
};

const wordAt = (event: KubeObject, ...path: readonly string[]) => textAt(event, ...path) ?? '';

// events.k8s.io writes eventTime and series; the older form writes first and last timestamps.
const lastTime = (event: KubeObject) =>
	wordAt(event, 'series', 'lastObservedTime') ||
	wordAt(event, 'lastTimestamp') ||
	wordAt(event, 'eventTime') ||
	(event.metadata.creationTimestamp ?? '');
const firstTime = (event: KubeObject) =>
	wordAt(event, 'firstTimestamp') || wordAt(event, 'eventTime') || (event.metadata.creationTimestamp ?? '');
const countOf = (event: KubeObject) => numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1;

const one = (event: KubeObject): FoldedEvent => ({
	type: wordAt(event, 'type') || 'Normal',
	reason: wordAt(event, 'reason'),
	object: `${wordAt(event, 'involvedObject', 'kind')} ${wordAt(event, 'involvedObject', 'name')}`,
	namespace: wordAt(event, 'involvedObject', 'namespace') || (event.metadata.namespace ?? ''),
	message: wordAt(event, 'message'),
	count: countOf(event),
	first: firstTime(event),
	last: lastTime(event),
});

/** Folds by object and reason, keeping the newest message; oldest first, so that the newest stands last. */
export function foldEvents(events: Iterable<KubeObject>): readonly FoldedEvent[] {
	const folded = new Map<string, FoldedEvent>();
	for (const event of events) {
		const next = one(event);
		const key = [next.namespace, next.object, next.type, next.reason].join('\n');
		const known = folded.get(key);
		if (known === undefined) folded.set(key, next);
		else {
			const newest = known.last > next.last ? known : next;
			folded.set(key, {...newest, count: known.count + next.count, first: known.first < next.first ? known.first : next.first});
		}
	}
	return [...folded.values()].sort((a, b) => a.last.localeCompare(b.last) || a.object.localeCompare(b.object));
}
