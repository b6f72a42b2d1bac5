/** Weights of one profile of the Numenta Anomaly Benchmark. */
export type Profile = {readonly tpWeight: number; readonly fnWeight: number; readonly fpWeight: number};

/** First and last row of a labelled window, both inside. */
export type Window = {readonly from: number; readonly to: number};

/** What the scores of one series are held against. */
export type Labelled = {readonly rows: number; readonly windows: readonly Window[]};

/** Scores of one series, one for each row: the higher, the stranger. */
export type Scored = Labelled & {readonly scores: ArrayLike<number>};

/** NAB's scaled sigmoid: positive before 0, and −1 from 3 on. */
const sigmoid = (x: number) => (x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1);

/** Rows from the first that count for nothing. */
const probation = (rows: number) => Math.min(Math.floor(0.15 * rows), 750);

/** What one detected row is worth, and the window that it lies in. */
function worth(row: number, windows: readonly Window[], {tpWeight, fpWeight}: Profile) {
	const begun = windows.findLastIndex(({from}) => from <= row);
	const window = windows[begun];
	if (window === undefined) return {value: -fpWeight};
	const {from, to} = window;
	const length = to - from + 1;
	if (row > to) return {value: fpWeight * sigmoid((row - to) / (length - 1))};
	return {value: (tpWeight * sigmoid(-(to - row + 1) / length)) / sigmoid(-1), window: begun};
}

/** Adds up detected rows of one series as they come, in any order; every window is missed at first. */
function tally({rows, windows}: Labelled, profile: Profile) {
	const found = windows.map(() => -profile.fnWeight);
	const counted = probation(rows);
	return {
		/** @returns by how much the raw score changes */
		detect(row: number): number {
			if (row < counted) return 0;
			const {value, window} = worth(row, windows, profile);
			if (window === undefined) return value;
			const before = found[window] ?? 0;
			found[window] = Math.max(before, value);
			return Math.max(0, value - before);
		},
	};
}

/** Raw score of one series: detected is what reaches the threshold. */
export function rawScore(series: Scored, threshold: number, profile: Profile): number {
	const sum = tally(series, profile);
	let total = -profile.fnWeight * series.windows.length;
	for (let row = 0; row < series.rows; row++) if ((series.scores[row] ?? 0) >= threshold) total += sum.detect(row);
	return total;
}

/** From 0, which silence gets, to 100; below 0 for a detector that is worse than silent. 0 where nothing is labelled. */
export function finalScore(raw: number, windows: number, {tpWeight, fnWeight}: Profile): number {
	return windows === 0 ? 0 : (100 * (raw + fnWeight * windows)) / ((tpWeight + fnWeight) * windows);
}

export const windowsOf = (set: readonly Labelled[]) => set.reduce((sum, {windows}) => sum + windows.length, 0);

/** Final score of a set with one threshold that was fixed beforehand. */
export function setScore(set: readonly Scored[], threshold: number, profile: Profile): number {
	return finalScore(
		set.reduce((sum, series) => sum + rawScore(series, threshold, profile), 0),
		windowsOf(set),
		profile,
	);
}

/** The threshold that, chosen afterwards, makes the raw score of the whole set largest; infinite where silence is best. */
export function bestThreshold(set: readonly Scored[], profile: Profile): {readonly threshold: number; readonly raw: number} {
	const tallies = set.map(series => tally(series, profile));
	let raw = -profile.fnWeight * windowsOf(set);
	let best = {threshold: Number.POSITIVE_INFINITY, raw};
	const rows = countedRows(set);
	for (let at = 0; at < rows.length; at++) {
		const {score, series, row} = rows[at] as CountedRow;
		raw += tallies[series]?.detect(row) ?? 0;
		// Rows of one score are detected together.
		if (rows[at + 1]?.score !== score && raw > best.raw) best = {threshold: score, raw};
	}
	return best;
}

type CountedRow = {readonly score: number; readonly series: number; readonly row: number};

/** All rows outside probation, the highest score first. */
const countedRows = (set: readonly Scored[]): readonly CountedRow[] =>
	set
		.flatMap(({rows, scores}, series) =>
			Array.from({length: rows - probation(rows)}, (_, at) => {
				const row = probation(rows) + at;
				return {score: scores[row] ?? 0, series, row};
			}),
		)
		.sort((one, other) => other.score - one.score);

/** Rows that were detected outside of windows and probation. */
export function falseAlarms({rows, windows, scores}: Scored, threshold: number): number {
	let alarms = 0;
	for (let row = probation(rows); row < rows; row++) {
		if ((scores[row] ?? 0) >= threshold && !windows.some(({from, to}) => from <= row && row <= to)) alarms++;
	}
	return alarms;
}
