import {monthNamed, timePartsAt} from './timestamp.ts';

/**
 * Reads the time of a line that differs from an earlier one in no more than which digits it has: in milliseconds since 1970, undefined
 * where the line does not say the whole of it, and NaN where it has another zone or may be no time at all.
 */
export type TimeAgain = (line: string) => number | undefined;

type Place = readonly [number, number];
/** Digits that count a unit, in milliseconds, between a least and a highest number. */
type Count = {readonly place: Place; readonly unit: number; readonly least: number; readonly most: number};

/**
 * A reader of times like one that was found before, which knows where its parts stand. That is ten times as fast as to find out which
 * format it is.
 * @param at where the time begins
 * @param atMs when that is
 */
export function timeAgain(line: string, at: number, atMs: number | undefined): TimeAgain {
	const {groups = {}, indices} = timePartsAt(line, at) ?? {};
	const places: {readonly [name: string]: Place | undefined} = indices?.groups ?? {};
	const counts = Object.entries(places).flatMap(([name, place]) => (place === undefined ? [] : countOf(line, name, place)));
	// A format without parts never says when.
	if (counts.length === 0) return () => undefined;
	const {zone: zoneAt = [0, 0]} = places;
	const zone = groups.zone ?? '';
	const dayOf = dayReader(places, groups.name);
	const offset = atMs === undefined ? undefined : atMs - dayOf(line) - sumOf(line, counts);
	return other => {
		const since = other.startsWith(zone, zoneAt[0]) ? sumOf(other, counts) : Number.NaN;
		return Number.isNaN(since) || offset !== undefined ? since + dayOf(other) + (offset ?? 0) : undefined;
	};
}

/** When the day began; 0 where the seconds are since 1970. */
function dayReader({year, late, short, month, day}: {readonly [name: string]: Place | undefined}, name?: string): (line: string) => number {
	const [years, century] = short === undefined ? [year ?? late, 0] : [short, 2000];
	if (years === undefined || day === undefined) return () => 0;
	return line =>
		Date.UTC(
			century + numberAt(line, years),
			month === undefined ? monthNamed(name ?? '') : numberAt(line, month) - 1,
			numberAt(line, day),
		);
}

/** What each counts, and its bounds. A clock may say more, and is read anew then. Which day it is follows from the whole of the date. */
const units: ReadonlyMap<string, Omit<Count, 'place'>> = new Map([
	['month', {unit: 0, least: 1, most: 12}],
	['day', {unit: 0, least: 1, most: 31}],
	['hour', {unit: 3_600_000, least: 0, most: 23}],
	['minute', {unit: 60_000, least: 0, most: 59}],
	['second', {unit: 1000, least: 0, most: 59}],
	['epoch', {unit: 1000, least: 1e9, most: 2e9 - 1}],
]);

function countOf(line: string, name: string, place: Place): readonly Count[] {
	const unit = units.get(name);
	if (unit !== undefined) return [{place, ...unit}];
	if (name !== 'fraction') return [];
	// The point belongs to that of an epoch; digits behind the third count nothing.
	const first = line[place[0]] === '.' ? place[0] + 1 : place[0];
	const digits = Math.min(3, place[1] - first);
	return [{place: [first, first + digits], unit: 10 ** (3 - digits), least: 0, most: 999}];
}

/** In milliseconds; NaN where one is not what its format may have. */
function sumOf(line: string, counts: readonly Count[]): number {
	let sum = 0;
	for (const {place, unit, least, most} of counts) {
		const value = numberAt(line, place);
		if (!(value >= least && value <= most)) return Number.NaN;
		sum += value * unit;
	}
	return sum;
}

function numberAt(line: string, [at, end]: Place): number {
	let value = 0;
	for (let index = at; index < end; index++) value = value * 10 + (line.charCodeAt(index) - 48);
	return value;
}
