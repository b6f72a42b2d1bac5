type Point = readonly [number, string];
type Row = {readonly metric: {readonly [name: string]: string}; readonly value?: Point; readonly values?: readonly Point[]};
export type Answer = {
	readonly status: string;
	readonly data?: {readonly resultType: string; readonly result: readonly Row[]};
	readonly [more: string]: unknown;
};

/** A metrics server whose numbers are not as they should be. */
export type Bend = {
	readonly name: string;
	/** What becomes of a true answer. `nowMs` is the time, by which ranges end. */
	readonly bent: (answer: Answer, query: string, nowMs: number) => Answer;
	/** What must be told of each moment, by how long ago it is: its true value, or that there is none. */
	readonly has: (agoMs: number) => boolean;
	/** Whether so much is left that every tool must answer; else it may refuse, with why. */
	readonly isEnough?: boolean;
	/** What the text of the answer must say. */
	readonly says?: RegExp;
};

const inRows = (answer: Answer, change: (row: Row) => Row): Answer =>
	answer.data === undefined ? answer : {...answer, data: {...answer.data, result: answer.data.result.map(change)}};

/** Ranges alone: what is asked of a moment stays true. */
const inPoints = (answer: Answer, change: (points: readonly Point[]) => readonly Point[]): Answer =>
	inRows(answer, row => (row.values === undefined ? row : {...row, values: change(row.values)}));

const nothing = /Nothing is measured of /;
const nowhere = () => false;
const everywhere = () => true;
const hourMs = 3_600_000;
/** Of ranges of hours or days, a part in the middle. */
const inGap = (agoMs: number) => agoMs > hourMs / 2 && agoMs < hourMs;
/** Series that ended twenty minutes ago. */
const isLate = (agoMs: number) => agoMs < hourMs / 3;
const isHalf = (agoMs: number) => Math.floor(agoMs / 3_600_000) % 2 === 0;

const without = (name: string, isMissing: (agoMs: number) => boolean, more: Partial<Bend> = {}): Bend => ({
	name,
	bent: (answer, _, nowMs) => inPoints(answer, points => points.filter(([seconds]) => !isMissing(nowMs - seconds * 1000))),
	has: agoMs => !isMissing(agoMs),
	...more,
});

const instead = (name: string, number: string, isBent: (agoMs: number) => boolean, more: Partial<Bend> = {}): Bend => ({
	name,
	bent: (answer, _, nowMs) =>
		inPoints(answer, points => points.map(([seconds, value]) => [seconds, isBent(nowMs - seconds * 1000) ? number : value])),
	has: agoMs => !isBent(agoMs),
	...more,
});

const remark = (name: string, more: object, says: RegExp): Bend => ({name, bent: answer => ({...answer, ...more}), has: everywhere, says});

export const bends: readonly Bend[] = [
	{name: 'nothing wrong', bent: answer => answer, has: everywhere},
	{name: 'points in the wrong order', bent: answer => inPoints(answer, points => points.toReversed()), has: everywhere},
	{name: 'points twice', bent: answer => inPoints(answer, points => [...points, ...points]), has: everywhere},
	{
		name: 'points of another time',
		bent: answer => inPoints(answer, points => [[1, '7'], ...points, [99_999_999_999, '7']]),
		has: everywhere,
	},
	without('a gap', inGap),
	without('half of the data missing', isHalf, {isEnough: false, says: /\d+ of \d+ moments: there is no number/}),
	without('series that ended', isLate),
	instead('NaN for a while', 'NaN', inGap),
	instead('stale series, that are NaN since', 'NaN', isLate),
	instead('infinite ones', '+Inf', inGap),
	instead('no number in the place of one', '', inGap),
	instead('nothing but NaN', 'NaN', everywhere, {isEnough: false, says: nothing}),
	{
		name: 'no series at all',
		bent: (answer, query) =>
			query === 'vector(1)' || answer.data === undefined ? answer : {...answer, data: {...answer.data, result: []}},
		...{has: nowhere, isEnough: false, says: nothing},
	},
	remark('a store that is away', {warnings: ['receive store 10.0.0.7:10901 is away']}, /receive store 10\.0\.0\.7:10901 is away/),
	remark('a store that is away, marked alone', {isPartial: true}, /a part of the storage of Prometheus .* is away/),
];
