import {autocorrelation} from './autocorrelation.ts';
import {movingAverage, seasonalProfile} from './seasonal-profile.ts';

/** Cycles below which it can not be told that they are alike. */
const fewestCycles = 3;

/** Of a minute's, an hour's and a day's pattern no more than these are told apart: day, week and one more. */
const mostSeasons = 3;

/** A shorter lag is taken where it is that near to the best: whatever repeats each day repeats each second day too. */
const nearBest = 0.6;

/**
 * Lengths of the seasons in a series, shortest first, none where its cycles are not alike: the lag at which it resembles itself most, and again on what that season
 * leaves over.
 * @param expected lengths that are likely, such as a day and a week in samples: half the likeness is enough for them, and they come first
 */
export function findSeasons(values: Float64Array, expected: readonly number[] = []): readonly number[] {
	const found: number[] = [];
	let rest = Float64Array.from(values);
	while (found.length < mostSeasons) {
		const season = nextSeason(rest, found.at(-1), expected);
		if (season === undefined) break;
		found.push(season);
		const [profile = new Float64Array(season)] = seasonalProfile(rest, [season]);
		rest = rest.map((value, time) => value - (profile[time % season] ?? 0));
	}
	return found;
}

/** The best lag of which the cycles are alike; above a season that was found, of its multiples. */
function nextSeason(values: Float64Array, found: number | undefined, expected: readonly number[]): number | undefined {
	const longest = Math.floor(values.length / fewestCycles);
	const lags = candidates(values, longest, expected, found).filter(lag => lag > (found ?? 1) && lag <= longest);
	const tested = lags.map(lag => ({lag, likeness: cycleLikeness(values, lag)}));
	const alike = tested.filter(({lag, likeness}) => likeness > chanceLikeness(values.length / lag) * (expected.includes(lag) ? 0.5 : 1));
	const likely = alike.filter(({lag}) => expected.includes(lag));
	const chosen = likely.length > 0 ? likely : alike;
	const best = Math.max(...chosen.map(({likeness}) => likeness));
	return chosen.toSorted((one, other) => one.lag - other.lag).find(({likeness}) => likeness >= nearBest * best)?.lag;
}

/** Parts of a lag that are tried too: where weekends differ, a week stands out and its days do not. */
const parts = [1, 2, 3, 4, 5, 6, 7];

function candidates(values: Float64Array, longest: number, expected: readonly number[], found: number | undefined): readonly number[] {
	const peaks = standingOut(values, longest);
	const likely =
		found === undefined
			? peaks.flatMap(lag => parts.map(part => Math.round(lag / part)))
			: peaks.map(lag => Math.round(lag / found) * found);
	return [...new Set([...likely, ...expected])];
}

/** Lags at which the autocorrelation has its highest peaks: of the values without their slow moves, and of their changes, as either may hide a season. */
function standingOut(values: Float64Array, longest: number): readonly number[] {
	const slow = movingAverage(values, Math.max(2, longest));
	const views = [values.map((value, time) => value - (slow[time] ?? 0)), values.map((value, time) => value - (values[time - 1] ?? value))];
	return views.flatMap(view => highestPeaks(autocorrelation(view, longest + 1)));
}

const peaksTaken = 6;

function highestPeaks(correlations: Float64Array): readonly number[] {
	const peaks: number[] = [];
	for (let lag = 2; lag < correlations.length - 1; lag++) {
		const [before = 0, here = 0, after = 0] = correlations.subarray(lag - 1, lag + 2);
		if (here > 0 && here >= before && here > after) peaks.push(lag);
	}
	return peaks.toSorted((one, other) => (correlations[other] ?? 0) - (correlations[one] ?? 0)).slice(0, peaksTaken);
}

/** How much of what differs from the moving average is the same in each cycle, 0 to 1, free of what chance makes alike (the share of variance, adjusted for degrees of freedom). */
export function cycleLikeness(values: Float64Array, season: number): number {
	const cycles = Math.floor(values.length / season);
	const from = values.length - cycles * season;
	const whole = values.subarray(from);
	const trend = movingAverage(whole, season);
	const bare = whole.map((value, time) => value - (trend[time] ?? 0));
	let [between, all] = [0, 0];
	for (let phase = 0; phase < season; phase++) {
		let sum = 0;
		for (let time = phase; time < bare.length; time += season) {
			sum += bare[time] ?? 0;
			all += (bare[time] ?? 0) ** 2;
		}
		between += (sum * sum) / cycles;
	}
	if (all <= 0) return 0;
	return Math.max(0, 1 - (all - between) / (cycles - 1) / (all / cycles));
}

/**
 * What the likeness of cycles of noise, of a random walk and of anything between stays below, even the best of some tens of lags: the fewer cycles, the more chance
 * makes alike. Found by simulation (3, 5, 10 and 30 cycles of 80 to 2,000 values).
 */
const chanceLikeness = (cycles: number) => 2 / cycles + 0.05;
