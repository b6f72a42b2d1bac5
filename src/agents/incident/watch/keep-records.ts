import type {Course, Tracked} from '../../../analysis/detection/live/course.ts';
import type {Watched} from '../../../analysis/detection/live/watched.ts';
import type {IncidentRecord, IncidentRecords} from '../../../core/incident-record.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {titleOf} from './watched-text.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** What a watch remembers of incidents beyond its own life. */
export type RecordKeeper = {
	/** What an earlier watch of this cluster left open. */
	readonly earlier: () => Promise<readonly IncidentRecord[]>;
	/** Writes what is new in a course. */
	readonly keep: (course: Course<Watched>) => Promise<void>;
	/** Id of the record of one that is followed. */
	readonly idOf: (key: string, firstMs: number) => string | undefined;
};

type Needs = {
	readonly records: IncidentRecords;
	readonly context: string;
	readonly clusterId: string;
	/** Takes secrets out of what is written. */
	readonly redact: (record: Omit<IncidentRecord, 'id'>) => Omit<IncidentRecord, 'id'>;
};

/** One that nobody has kept yet. */
type Fresh = {readonly name: string; readonly written: string; readonly record: Omit<IncidentRecord, 'id'>};

/** What of a record the watch itself knows; the rest belongs to the people. */
const standing = ({seen, isThere, turnedMs, times}: Tracked<Watched>) => ({
	severity: seen.severity,
	times,
	alerts: seen.alerts.map(({name}) => oneLine(name)),
	healedAt: isThere ? undefined : iso(turnedMs),
});

/** Since when it is so: an alert, or the last write to the object, where that was a moment before it was seen. */
export function beganMs({seen: {alerts, beganMs: told}, firstMs}: Pick<Tracked<Watched>, 'seen' | 'firstMs'>): number {
	const times = [told, ...alerts.map(({startedMs}) => startedMs)].filter(ms => ms !== undefined);
	return Math.min(firstMs, ...times);
}

/** Keeps one record for each incident of a watch. */
export function recordKeeper({records, context, clusterId, redact}: Needs): RecordKeeper {
	const kept = new Map<string, {readonly id: string; readonly written: string}>();
	const nameOf = (key: string, firstMs: number) => `${firstMs} ${key}`;
	return {
		async earlier() {
			const open = await records.list({open: true, limit: 1000, clusterId});
			for (const {id, key, detectedAt, severity, times, alerts, healedAt} of open)
				kept.set(nameOf(key, Date.parse(detectedAt)), {id, written: JSON.stringify({severity, times, alerts, healedAt})});
			return open;
		},
		async keep(course) {
			const fresh: Fresh[] = [];
			for (const tracked of course.values()) {
				const {seen, firstMs} = tracked;
				const now = standing(tracked);
				const name = nameOf(seen.key, firstMs);
				const before = kept.get(name);
				const written = JSON.stringify(now);
				if (before?.written === written) continue;
				if (before === undefined) {
					const times = {beganAt: iso(beganMs(tracked)), detectedAt: iso(firstMs)};
					fresh.push({
						name,
						written,
						record: redact({key: seen.key, context, clusterId, title: titleOf(seen), notes: [], ...times, ...now}),
					});
					continue;
				}
				await records.change(before.id, ({id: _, ...record}) => ({...record, ...redact({...record, ...now})}));
				kept.set(name, {id: before.id, written});
			}
			const ids = fresh.length === 0 ? [] : await records.begin(fresh.map(({record}) => record));
			for (const [index, {name, written}] of fresh.entries()) kept.set(name, {id: ids[index] ?? '', written});
		},
		idOf: (key, firstMs) => kept.get(nameOf(key, firstMs))?.id,
	};
}
