import type {Finding} from '../../../core/finding.ts';

type Severity = Finding['severity'];

/** One thing that is wrong at a moment. The key names it for as long as it lasts. */
type Seen = {readonly key: string; readonly severity: Severity};

/** One thing that is or was wrong, from the first time until it has been gone for a while. */
export type Tracked<Item extends Seen> = {
	/** As it was seen last. */
	readonly seen: Item;
	readonly firstMs: number;
	readonly isThere: boolean;
	/** When it came or went last. */
	readonly turnedMs: number;
	/** How often it came. */
	readonly times: number;
	/** What people know of it. */
	readonly told: 'nothing' | 'there' | 'gone';
	/** The gravest that was told. */
	readonly toldSeverity: Severity;
	/** An earlier watch left it open: then its coming is nothing new. */
	readonly isKnown?: true | undefined;
};

/** Everything that a watch follows, by key. */
export type Course<Item extends Seen> = ReadonlyMap<string, Tracked<Item>>;

/** What is told of an incident: that it is there, that it is still there, that it is graver than was told, that it is gone. */
export type News<Item extends Seen> = Pick<Tracked<Item>, 'seen' | 'firstMs' | 'times'> & {
	readonly kind: 'raised' | 'still' | 'graver' | 'healed';
	readonly atMs: number;
	/** How long it has been there, or was. */
	readonly lastedMs: number;
};

type Step<Item extends Seen> = {
	readonly course: Course<Item>;
	readonly news: readonly News<Item>[];
	/** When the course has to be looked at again, even if nothing changes. */
	readonly dueMs: number | undefined;
};

/** So long one that came and went has to stay as it is before it is told again, and so long it is remembered after it went. */
const steadyMs = 60_000;

const gravity: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
const isGraver = (one: Severity, other: Severity) => gravity.indexOf(one) > gravity.indexOf(other);

/**
 * Follows what is wrong from one look to the next, and says what of it is news. What goes and comes back within a minute is one incident with a count. The first
 * coming and the first going are told at once; after that it is told again when it is graver than was told, or when it has stayed as it is for a minute and
 * people know otherwise. An incident that has been gone for a minute is forgotten: the next of its key is another one.
 * @param seen everything that is wrong now
 */
export function follow<Item extends Seen>(course: Course<Item>, seen: readonly Item[], nowMs: number): Step<Item> {
	const there = new Map(seen.map(item => [item.key, item]));
	const turned = [...new Set([...course.keys(), ...there.keys()])].flatMap(key => turn(course.get(key), there.get(key), nowMs) ?? []);
	const told = turned.map(tracked => tell(tracked, nowMs));
	const kept = told.map(({tracked}) => tracked).filter(tracked => !isOver(tracked, nowMs));
	const dues = kept.flatMap(tracked => dueOf(tracked) ?? []);
	return {
		course: new Map(kept.map(tracked => [tracked.seen.key, tracked])),
		news: told.flatMap(({news}) => news ?? []),
		dueMs: dues.length === 0 ? undefined : Math.min(...dues),
	};
}

/** Notes that it came, went, or goes on. */
function turn<Item extends Seen>(before: Tracked<Item> | undefined, seen: Item | undefined, nowMs: number): Tracked<Item> | undefined {
	if (before === undefined || (seen !== undefined && isOver(before, nowMs)))
		return seen === undefined
			? undefined
			: {seen, firstMs: nowMs, isThere: true, turnedMs: nowMs, times: 1, told: 'nothing', toldSeverity: seen.severity};
	if (seen === undefined) return before.isThere ? {...before, isThere: false, turnedMs: nowMs} : before;
	return before.isThere ? {...before, seen} : {...before, seen, isThere: true, turnedMs: nowMs, times: before.times + 1};
}

const isOver = <Item extends Seen>({isThere, turnedMs}: Tracked<Item>, nowMs: number) => !isThere && nowMs - turnedMs >= steadyMs;

/** Whether people know otherwise than it is: of one that an earlier watch left open they know that it was there. */
const isUntold = <Item extends Seen>({isThere, told, isKnown}: Tracked<Item>) =>
	isThere ? told !== 'there' : told === 'there' || (told === 'nothing' && isKnown === true);

function tell<Item extends Seen>(tracked: Tracked<Item>, nowMs: number): {readonly tracked: Tracked<Item>; readonly news?: News<Item>} {
	const {seen, firstMs, isThere, turnedMs, times, told, toldSeverity} = tracked;
	const say = (kind: News<Item>['kind']) => ({
		tracked: {...tracked, told: isThere ? ('there' as const) : ('gone' as const), toldSeverity: graverOf(toldSeverity, seen.severity)},
		news: {kind, seen, firstMs, times, atMs: nowMs, lastedMs: (isThere ? nowMs : turnedMs) - firstMs},
	});
	if (isThere && told === 'nothing') return say(tracked.isKnown === true ? 'still' : 'raised');
	if (isThere && isGraver(seen.severity, toldSeverity)) return say('graver');
	if (!isUntold(tracked) || (times > 1 && nowMs - turnedMs < steadyMs)) return {tracked};
	return say(isThere ? 'still' : 'healed');
}

const graverOf = (one: Severity, other: Severity) => (isGraver(one, other) ? one : other);

/** One that is as people know it is only looked at again to be forgotten. */
const dueOf = <Item extends Seen>(tracked: Tracked<Item>) =>
	isUntold(tracked) || !tracked.isThere ? tracked.turnedMs + steadyMs : undefined;
