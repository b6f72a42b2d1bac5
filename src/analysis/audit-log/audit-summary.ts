import {type ActorKind, actorKind, sourceOf} from './actor.ts';
import {type AuditEvent, outcomeOf} from './audit-event.ts';

/** Requests of one kind: who, how, what, where. */
export type Doing = {
	readonly actor: string;
	readonly verb: string;
	readonly resource: string;
	readonly namespace: string | undefined;
	readonly times: number;
	readonly firstMs: number;
};

export type ActorSum = {
	readonly actor: string;
	readonly kind: ActorKind;
	readonly requests: number;
	readonly writes: number;
	readonly refused: number;
	readonly failed: number;
	readonly firstMs: number;
	readonly lastMs: number;
	readonly sources: readonly string[];
	/** Programs, without their versions. */
	readonly programs: readonly string[];
};

const reads = new Set(['get', 'list', 'watch', 'head', 'options']);

/** Bounded, as a log is not. */
const mostActors = 5000;
const mostDoings = 50_000;
const mostListed = 8;

type Growing<Sum> = {-readonly [field in keyof Sum]: Sum[field] extends readonly string[] ? string[] : Sum[field]};

const keepSome = (list: string[], text: string) => {
	if (text !== '' && list.length < mostListed && !list.includes(text)) list.push(text);
};

const programOf = ({userAgent}: AuditEvent) => userAgent.split(/[ /]/)[0] ?? '';

/** Tells who did what, from where, in a log that is read once, in bounded memory. */
export function auditSummary() {
	const actors = new Map<string, Growing<ActorSum>>();
	const doings = new Map<string, Growing<Doing>>();
	const hours = new Map<number, {requests: number; writes: number; refused: number}>();
	const seen = {events: 0, requests: 0, leftOut: 0, firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY};

	function countDoing(event: AuditEvent) {
		const {verb, target, atMs} = event;
		const [resource, namespace] = [target?.resource ?? event.uri.split('?')[0] ?? '', target?.namespace];
		const key = [event.user.name, verb, resource, namespace ?? ''].join(' ');
		const doing = doings.get(key);
		if (doing !== undefined) {
			doing.times += 1;
			doing.firstMs = Math.min(doing.firstMs, atMs);
		} else if (doings.size < mostDoings) doings.set(key, {actor: event.user.name, verb, resource, namespace, times: 1, firstMs: atMs});
		else seen.leftOut += 1;
	}

	return {
		hear(event: AuditEvent) {
			seen.events += 1;
			// One request has up to three stages: a watch is counted when it begins, anything else at its end.
			if (
				event.stage !== (event.verb === 'watch' && event.code === 200 ? 'ResponseStarted' : 'ResponseComplete') &&
				event.stage !== 'Panic'
			)
				return;
			seen.requests += 1;
			const {atMs, user, verb} = event;
			seen.firstMs = Math.min(seen.firstMs, atMs);
			seen.lastMs = Math.max(seen.lastMs, atMs);
			const [isWrite, outcome] = [!reads.has(verb), outcomeOf(event)];
			const hour = Math.floor(atMs / 3_600_000) * 3_600_000;
			const bin = hours.get(hour) ?? {requests: 0, writes: 0, refused: 0};
			hours.set(hour, bin);
			bin.requests += 1;
			if (isWrite) bin.writes += 1;
			if (outcome === 'refused') bin.refused += 1;
			countDoing(event);
			let sum = actors.get(user.name);
			if (sum === undefined) {
				if (actors.size >= mostActors) return;
				const none = {requests: 0, writes: 0, refused: 0, failed: 0, firstMs: atMs, lastMs: atMs};
				sum = {actor: user.name, kind: actorKind(event), ...none, sources: [], programs: []};
				actors.set(user.name, sum);
			}
			sum.requests += 1;
			if (isWrite) sum.writes += 1;
			if (outcome === 'refused') sum.refused += 1;
			if (outcome === 'failed') sum.failed += 1;
			sum.firstMs = Math.min(sum.firstMs, atMs);
			sum.lastMs = Math.max(sum.lastMs, atMs);
			keepSome(sum.sources, sourceOf(event));
			keepSome(sum.programs, programOf(event));
		},
		/** Those who wrote or were refused first, then by their requests. */
		actors: (): readonly ActorSum[] =>
			[...actors.values()].toSorted((a, b) => b.refused - a.refused || b.writes - a.writes || b.requests - a.requests),
		/** What was asked once or twice in all that time, by whoever asks for much else, too; the newest first. */
		rare: (): readonly Doing[] => [...doings.values()].filter(({times}) => times <= 2).toSorted((a, b) => b.firstMs - a.firstMs),
		/** What was asked for the first time after a moment, by whoever was there before. */
		firstsSince(ms: number): readonly Doing[] {
			return [...doings.values()]
				.filter(({actor, firstMs}) => firstMs >= ms && (actors.get(actor)?.firstMs ?? ms) < ms)
				.toSorted((a, b) => a.firstMs - b.firstMs);
		},
		hours: () => [...hours].toSorted(([a], [b]) => a - b).map(([atMs, bin]) => ({atMs, ...bin})),
		seen: () => ({...seen}),
	};
}
