import {percentile} from '../statistics/summary.ts';
import {bestSplit, splitAt} from './best-split.ts';
import {falseAlarmOf, leastZ} from './false-alarm.ts';
import {freshJump} from './fresh-jump.ts';
import {inflationOf} from './inflation.ts';
import {seededIntervals} from './seeded-intervals.ts';
import {misfit, stepRows, transitionRows} from './transition.ts';

/** A change of the level that stays for some rows at least. */
export type ChangePoint = {
	/** Row of the first value of the new level. */
	readonly at: number;
	/** Medians up to the change before it and up to the one after it. */
	readonly before: number;
	readonly after: number;
	/** A `drift` goes from one level to the other by and by: when it began the row does not tell. */
	readonly kind: 'step' | 'drift';
	/** Probability that a series which stays as it is shows anything as clear as this. */
	readonly falseAlarm: number;
};

/** Lengths of a slope that are tried, by that between the first and the last of the steps that it may be; and by how much worse it may fit. */
const slopes = [1, 1.5, 2, 3];
const slopeMisfit = 1.05;

/** Shortest stretch that is searched; a level of fewer than half of it is an outlier. */
const leastRows = 12;

/**
 * Where the level of a series changes. Robust against outliers, gaps and whatever distribution the values have, as ranks are compared; rows that
 * resemble those before them count for less, so that a wandering series has no changes. A series without a change shows one in about one case
 * of a hundred (`falseAlarm`). Candidates come from the narrowest stretches that hold one (Baranowski, Chen, Fryzlewicz 2019), and those that the
 * noise explains are taken back, the weakest first.
 * @param values the oldest first; null, NaN and infinite ones are passed over
 */
export function changePoints(values: readonly (number | null)[]): readonly ChangePoint[] {
	const rows = values.flatMap((value, row) => (value !== null && Number.isFinite(value) ? [row] : []));
	const present = rows.map(row => values[row] as number);
	const kept = withoutWeak(present, candidates(present));
	const clipped = present.map(clipping(present));
	const changes = kept.cuts.map((cut, index) => {
		const [from, to] = [kept.cuts[index - 1] ?? 0, kept.cuts[index + 1] ?? present.length];
		return {from, cut, to, before: median(present.slice(from, cut)), after: median(present.slice(cut, to))};
	});
	const flights = inFlights(changes);
	const found = changes.map(
		({before, after, ...place}): ChangePoint => ({
			...{at: rows[place.cut] as number, before, after},
			kind:
				isStep(clipped, place) && !flights.some(flight => flight.includes(place.cut) && isSlope(clipped, flight, kept.cuts))
					? 'step'
					: 'drift',
			falseAlarm: falseAlarmOf(zOf(present, place) / Math.sqrt(kept.inflation), present.length),
		}),
	);
	const fresh = freshJump(present.slice(kept.cuts.at(-1) ?? 0));
	if (fresh === undefined) return found;
	return [...found, {...fresh, at: rows[fresh.at + (kept.cuts.at(-1) ?? 0)] as number, kind: 'step'}];
}

const isStep = (values: readonly number[], {from, cut, to}: Place) => transitionRows(values.slice(from, to), cut - from) <= stepRows;

/** Changes in one direction that follow each other, by their rows. */
function inFlights(changes: readonly (Place & {readonly before: number; readonly after: number})[]): readonly (readonly number[])[] {
	const flights: {readonly isUp: boolean; readonly cuts: number[]}[] = [];
	for (const {cut, before, after} of changes) {
		const isUp = after > before;
		const last = flights.at(-1);
		if (last?.isUp === isUp) last.cuts.push(cut);
		else flights.push({isUp, cuts: [cut]});
	}
	return flights.map(({cuts}) => cuts).filter(({length}) => length > 1);
}

/** Whether one slope explains some steps as well as they do. */
function isSlope(values: readonly number[], flight: readonly number[], cuts: readonly number[]): boolean {
	const [first, last] = [flight[0] ?? 0, flight.at(-1) ?? 0];
	const [from, to] = [cuts[cuts.indexOf(first) - 1] ?? 0, cuts[cuts.indexOf(last) + 1] ?? values.length];
	const all = values.slice(from, to);
	const stairs = residuals(
		values.slice(from, to),
		flight.map(cut => cut - from),
	);
	const apart = stairs.reduce((sum, value) => sum + Math.abs(value), 0);
	return slopes.some(part => misfit(all, (first + last) / 2 - from, part * (last - first)) <= apart * slopeMisfit);
}

type Place = {readonly from: number; readonly cut: number; readonly to: number};

const median = (values: readonly number[]) => percentile(values, 50);
const zOf = (values: readonly number[], {from, cut, to}: Place) => splitAt(values.slice(from, to), cut - from);

/** Rows at which a stretch splits clearly, the narrowest stretches first; others that hold the row are not asked any more. */
function candidates(values: readonly number[]): readonly number[] {
	const least = leastZ(values.length);
	const cuts: number[] = [];
	let length = 0;
	let found: {readonly cut: number; readonly z: number; readonly from: number; readonly to: number}[] = [];
	const take = () => {
		for (const {cut, from, to} of found.toSorted((a, b) => b.z - a.z)) if (!cuts.some(row => row > from && row < to)) cuts.push(cut);
		found = [];
	};
	for (const {from, to} of seededIntervals(values.length, leastRows)) {
		if (to - from > length + 1) take();
		length = to - from;
		if (cuts.some(row => row > from && row < to)) continue;
		const {at, z} = bestSplit(values.slice(from, to));
		if (z >= least) found.push({cut: from + at, z, from, to});
	}
	take();
	return placed(
		values,
		cuts.toSorted((a, b) => a - b),
	);
}

/** Each again where it splits its surroundings best, now that the others are known. */
function placed(values: readonly number[], cuts: readonly number[]): readonly number[] {
	const moved = cuts.map((_, index) => {
		const [from, to] = [cuts[index - 1] ?? 0, cuts[index + 1] ?? values.length];
		return from + bestSplit(values.slice(from, to)).at;
	});
	return [...new Set(moved)].filter(cut => cut > 0).sort((a, b) => a - b);
}

type Kept = {readonly cuts: readonly number[]; readonly inflation: number};

/** Takes the weakest back until all are clearer than noise of this kind. */
function withoutWeak(values: readonly number[], found: readonly number[]): Kept {
	const least = leastZ(values.length);
	for (let cuts = found; ; ) {
		const inflation = inflationOf(residuals(values, cuts), values.length / (cuts.length + 1));
		const clear = cuts.map((cut, index) => zOf(values, {from: cuts[index - 1] ?? 0, cut, to: cuts[index + 1] ?? values.length}));
		const weakest = clear.indexOf(Math.min(...clear));
		if (weakest < 0 || (clear[weakest] ?? 0) / Math.sqrt(inflation) >= least) return {cuts, inflation};
		cuts = placed(values, cuts.toSpliced(weakest, 1));
	}
}

/** Rows less the median of their segment, wild ones clipped. */
function residuals(values: readonly number[], cuts: readonly number[]): readonly number[] {
	const bare = [0, ...cuts].flatMap((from, index) => {
		const segment = values.slice(from, cuts[index] ?? values.length);
		const level = median(segment);
		return segment.map(value => value - level);
	});
	const most = 3 * 1.4826 * median(bare.map(Math.abs));
	return most === 0 ? bare.map(Math.sign) : bare.map(value => Math.min(most, Math.max(-most, value)));
}

/** Into the range of the middle of all values, and as much again on both sides: what is farther out is an outlier. */
function clipping(values: readonly number[]): (value: number) => number {
	const [low, high] = [percentile(values, 2), percentile(values, 98)];
	return value => Math.min(high, Math.max(low, value));
}
