/** Longest series of blocks that is searched: 1,024 of them cost a millisecond. */
const mostBlocks = 1024;
/** Fewer say nothing of a season. */
const leastValues = 24;
/** Autocorrelation that a season has at least; white noise of 96 rows stays below in 99 of 100 cases. */
const leastCorrelation = 0.3;
/** By how much a longer period has to correlate better than a shorter one: multiples of a period correlate as well as the period. */
const better = 0.05;

/**
 * The season of a series: the lag, in rows, at which it is most like itself after having been unlike itself, seen three times at least.
 * Outliers are clipped. Nothing where there is no season.
 */
export function periodOf(values: readonly number[]): number | undefined {
	if (values.length < leastValues) return;
	const clipped = clip(values);
	const block = Math.ceil(clipped.length / mostBlocks);
	const coarse = strongestLag(centred(blocksOf(clipped, block)));
	return coarse === undefined || block === 1 ? coarse : sharpest(clipped, (coarse - 1) * block, (coarse + 1) * block);
}

/** Into the middle nine tenths. */
function clip(values: readonly number[]): readonly number[] {
	const sorted = Float64Array.from(values).sort();
	const low = sorted[Math.floor(0.05 * sorted.length)] ?? 0;
	const high = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
	return values.map(value => Math.min(high, Math.max(low, value)));
}

function blocksOf(values: readonly number[], block: number): readonly number[] {
	const blocks: number[] = [];
	for (let end = values.length; end >= block; end -= block) {
		let sum = 0;
		for (let at = end - block; at < end; at++) sum += values[at] ?? 0;
		blocks.push(sum / block);
	}
	return blocks.reverse();
}

function centred(values: readonly number[]): readonly number[] {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return values.map(value => value - mean);
}

function strongestLag(values: readonly number[]): number | undefined {
	const most = Math.floor(values.length / 3);
	const correlations = Array.from({length: most + 1}, (_, lag) => autocorrelation(values, lag));
	const at = (lag: number) => correlations[lag] ?? 0;
	const unlike = correlations.findIndex(correlation => correlation <= 0);
	let best: number | undefined;
	for (let lag = unlike; unlike > 0 && lag < most; lag++) {
		if (at(lag) < at(lag - 1) || at(lag) < at(lag + 1)) continue;
		if (at(lag) > leastCorrelation && (best === undefined || at(lag) > at(best) + better)) best = lag;
	}
	return best;
}

/** Between −1 and 1; 0 where one of the two parts is constant. */
function autocorrelation(values: readonly number[], lag: number): number {
	let [both, late, early] = [0, 0, 0];
	for (let at = lag; at < values.length; at++) {
		const [one, other] = [values[at] as number, values[at - lag] as number];
		both += one * other;
		late += one * one;
		early += other * other;
	}
	return late === 0 || early === 0 ? 0 : both / Math.sqrt(late * early);
}

/** The lag between two at which the rows differ least. */
function sharpest(values: readonly number[], from: number, to: number): number {
	const lags = Array.from({length: to - from + 1}, (_, at) => from + at);
	const differences = lags.map(lag => meanDifference(values, lag));
	return lags[differences.indexOf(Math.min(...differences))] ?? from;
}

function meanDifference(values: readonly number[], lag: number): number {
	let sum = 0;
	for (let at = lag; at < values.length; at++) sum += Math.abs((values[at] as number) - (values[at - lag] as number));
	return sum / (values.length - lag);
}
