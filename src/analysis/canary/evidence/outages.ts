import type {Counts} from '../metric.ts';

/** A minute is loud with more events than these, above so many times those of a quiet one, and with more than this part of its requests. */
const fewestEvents = 5;
const timesQuiet = 10;
const leastPart = 0.01;

/** So many loud minutes one after another are no burst. */
const fewestMinutes = 3;

/**
 * Minutes of outages, with the minute before and after each: three or more in a row with far more events than the quietest quarter of all minutes has.
 * Bursts come and go within a minute or two, so they are none, however loud they are.
 * @param minutes of all pods together
 */
export function outages(minutes: readonly Counts[]): ReadonlySet<number> {
	const events = minutes.map(({bad}) => bad);
	const quiet = events.toSorted((a, b) => a - b)[Math.floor(events.length / 4)] ?? 0;
	const isLoud = ({total, bad}: Counts) => bad > Math.max(fewestEvents + timesQuiet * quiet, leastPart * total);
	const found = new Set<number>();
	let loud = 0;
	for (let at = 0; at <= minutes.length; at++) {
		const counts = minutes[at];
		if (counts !== undefined && isLoud(counts)) {
			loud++;
			continue;
		}
		if (loud >= fewestMinutes) for (let minute = at - loud - 1; minute <= at; minute++) found.add(minute);
		loud = 0;
	}
	return found;
}
