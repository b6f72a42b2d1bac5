import {type FieldKind, type HeadField, headFields, skipSpace} from './head-fields.ts';
import {type Level, levelOfLetter} from './level.ts';

/** The header that the lines of one source share: so many fields, and what ends the last of them, which may be of several words. */
export type Layout = {
	readonly kinds: readonly FieldKind[];
	readonly end: 'none' | 'colon' | 'dash' /** Whether nearly all lines have a time. */;
	readonly isTimed: boolean;
};

/** What a line's header says, and where the message begins behind it. `isWhole`: it has the header that the others have. */
export type Head = {
	readonly start: number;
	readonly isWhole: boolean;
	readonly hasTime?: boolean;
	/** Where the first time begins. */
	readonly timeAt?: number | undefined;
	readonly atMs?: number | undefined;
	readonly level?: Level | undefined;
};

/** The part of the lines that a field has to be the same kind of thing in. The rest are lines of others, or broken ones. */
const nearlyAll = 0.95;
/** The part of the lines that has a component's name before the message: some programs give none. */
const most = 0.9;
/** The part of the lines that has a time where the rest is taken for stack traces. */
const fewTimed = 0.2;
/** The part of the lines that has a time where a line without one belongs to the line above. */
const nearlyTimed = 0.8;
/** Words that a component's name begins within, as `host name[pid]:`. */
const nameWords = 4;

/**
 * Learns the header from the first lines of a source: the fields by their kinds, up to the last that is the same kind in nearly all
 * of them and that no words of a sentence precede.
 */
export function learnLayout(lines: readonly string[]): Layout {
	const all = lines.map(line => ({line, fields: headFields(line)}));
	const timed = all.filter(({fields}) => fields.some(({kind}) => kind === 'time'));
	// Lines of a stack trace have no time, and may be most of them.
	const sample = timed.length >= fewTimed * all.length ? timed : all;
	const kinds = headerKinds(sample);
	if (!kinds.some(kind => anchors.has(kind))) return {kinds: [], end: 'none', isTimed: false};
	const isTimed = kinds.includes('time') && timed.length >= nearlyTimed * all.length;
	const rests = sample.map(({fields, line}) => ({line, from: fields[kinds.length - 1]?.next ?? line.length}));
	const partOf = (end: (line: string, from: number) => number) =>
		rests.filter(({line, from}) => end(line, from) > from).length / rests.length;
	return {kinds, isTimed, end: partOf(colonEnd) >= most ? 'colon' : partOf(dashEnd) >= nearlyAll ? 'dash' : 'none'};
}

type Sample = readonly {readonly line: string; readonly fields: readonly HeadField[]}[];

/** Kinds that no message is made of, at least one of which a header has. */
const anchors: ReadonlySet<FieldKind> = new Set(['time', 'level', 'bracket', 'dash']);

function headerKinds(sample: Sample): readonly FieldKind[] {
	const kinds: FieldKind[] = [];
	let length = 0;
	let isProse = false;
	for (let column = 0; sample.length > 0; column++) {
		const kind = kindIn(sample.map(({fields}) => fields[column]));
		// What is in quotes is said, as the request in an access log.
		if (kind === undefined || isQuotedIn(sample, column)) break;
		kinds.push(kind);
		const isFirstTime = kind === 'time' && !kinds.slice(0, length).includes('time');
		if (kind === 'word') isProse ||= isProseIn(sample, column);
		// A number or a wide space in the middle of a message is no header.
		else if (isFirstTime || (anchors.has(kind) ? !isProse : length === column)) {
			length = column + 1;
			isProse = false;
		}
	}
	return kinds.slice(0, length);
}

const isQuotedIn = (sample: Sample, column: number) =>
	sample.filter(({fields, line}) => line[fields[column]?.start ?? line.length] === '"').length * 2 > sample.length;

/** Whether the words of a column are mostly those of a sentence, or names with a colon, behind which a message begins. */
function isProseIn(sample: Sample, column: number): boolean {
	const words = sample.map(({fields, line}) => line.slice(fields[column]?.start, fields[column]?.end));
	return words.filter(word => /^(?:[A-Za-z][a-z]{1,30}|.{1,200}:)$/.test(word)).length * 2 > words.length;
}

/** The kind of nearly all fields of a column; `word` where they are of several kinds. */
function kindIn(fields: readonly (HeadField | undefined)[]): FieldKind | undefined {
	const counts = new Map<FieldKind, number>();
	let present = 0;
	for (const field of fields) {
		if (field === undefined) continue;
		present += 1;
		counts.set(field.kind, (counts.get(field.kind) ?? 0) + 1);
	}
	if (present < nearlyAll * fields.length) return undefined;
	for (const [kind, count] of counts) if (count >= nearlyAll * fields.length) return kind === 'letter' ? 'level' : kind;
	return 'word';
}

/** Where a line's message begins, by the layout of its source. */
export function headOf(line: string, {kinds, end}: Layout): Head {
	const fields = headFields(line, kinds.length);
	let start = 0;
	let isWhole = fields.length === kinds.length;
	let atMs: number | undefined;
	let level: Level | undefined;
	let hasTime = false;
	let timeAt: number | undefined;
	for (let column = 0; column < kinds.length; column++) {
		const field = fields[column];
		const kind = kinds[column];
		if (field === undefined || (kind === 'time' && field.kind !== 'time') || (kind === 'bracket' && line[field.start] !== '[')) {
			isWhole = false;
			break;
		}
		start = field.next;
		atMs ??= field.atMs?.();
		hasTime ||= field.kind === 'time';
		if (field.kind === 'time') timeAt ??= line[field.start] === '[' ? skipSpace(line, field.start + 1) : field.start;
		// klog and glog write the level before the date, as one word.
		if (field.kind === 'time' && /^[IWEF]\d/.test(line.slice(field.start, field.start + 2)))
			level ??= levelOfLetter(line[field.start] ?? '');
		level ??= kind === 'level' && field.kind === 'letter' ? levelOfLetter(line[field.start] ?? '') : field.level;
	}
	if (!isWhole) hasTime = headFields(line).some(({kind}) => kind === 'time');
	if (isWhole && end === 'colon') start = colonEnd(line, start);
	if (isWhole && end === 'dash') start = dashEnd(line, start);
	return {start, isWhole, hasTime, timeAt, atMs, level};
}

/** Behind the first word that ends in a colon, among the next few; `from` where there is none. */
function colonEnd(line: string, from: number): number {
	let at = from;
	for (let word = 0; word < nameWords && at < line.length; word++) {
		let end = at;
		while (end < line.length && line[end] !== ' ' && line[end] !== '\t') end += 1;
		// Quotes and braces are of the message: `Reconciling {"name": "web"}`.
		if (line[at] === '"' || line[at] === '{') return from;
		if (line[end - 1] === ':' || (line[end - 1] === ']' && /:\d+\]$/.test(line.slice(at, end)))) return skipSpace(line, end);
		at = skipSpace(line, end);
	}
	return from;
}

/** Behind a lone dash among the next few words; `from` where there is none. */
function dashEnd(line: string, from: number): number {
	if (line[from] === '"') return from;
	const at = line.slice(from, from + 60).indexOf(' - ');
	return at < 0 ? from : skipSpace(line, from + at + 3);
}
