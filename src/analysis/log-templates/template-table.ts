import {statusInLine} from './answer-status.ts';
import {fingerprintOf} from './fingerprint.ts';
import {groupShapes} from './group-shapes.ts';
import {type Level, levelOfStatus, worseLevel} from './level.ts';
import type {Shape} from './list-form.ts';
import type {LogRecord} from './log-record.ts';
import {addTo, type TimeCounts} from './time-counts.ts';
import {wordsOf} from './words.ts';

/** Shapes that are held at most; a program has some hundred statements. */
const mostShapes = 10_000;

/** Fingerprints whose tally is known: the frequent ones come back at once after they were forgotten. */
const mostFingerprints = 10_000;

/** What is known of the lines of one shape, or of the shapes that one statement wrote. `into`: the one that it became part of. */
export type Tally = {
	readonly words: readonly string[];
	/** Which of the words have a space before them. */
	readonly spaced: readonly boolean[];
	count: number;
	first: string;
	last: string;
	firstMs: number | undefined;
	lastMs: number | undefined;
	/** Where the first came among all records, from 1. */
	firstAt: number;
	lastAt: number;
	moreLines: number;
	readonly levels: Map<Level, number>;
	/** Whether its lines tell the status of an answer: the others are not searched for one. */
	isAnswer: boolean;
	times: TimeCounts | undefined;
	into?: Tally;
};

/** Templates that were dropped for want of room, and the lines that they had counted. */
export type Forgotten = {readonly templates: number; readonly lines: number};

export type TemplateTable = {
	/** Counts a record, and returns the tally that has it: follow `into` to the template in the end. */
	readonly add: (record: LogRecord) => Tally;
	/** The templates as they are known now, in the order in which they first came. */
	readonly templates: () => readonly Tally[];
	readonly forgotten: () => Forgotten;
	/** How many of all records are of each level, those that were forgotten among them. */
	readonly levels: () => ReadonlyMap<Level, number>;
};

/**
 * Counts records by their shapes, and joins shapes into templates when asked, or when the table is full; where that makes too little
 * room, those that are used least, the oldest of them first, are forgotten and counted.
 */
export function templateTable(capacity = mostShapes): TemplateTable {
	let tallies = new Map<string, Tally>();
	const byFingerprint = new Map<number, Tally>();
	let forgotten: Forgotten = {templates: 0, lines: 0};
	let records = 0;
	const levels = new Map<Level, number>();

	const join = () => {
		byFingerprint.clear();
		const all = [...tallies.values()];
		const joined = groupShapes(all).map(({members, ...shape}) =>
			joinTallies(
				shape,
				members.flatMap(member => all[member] ?? []),
			),
		);
		tallies = new Map(joined.sort((one, other) => one.firstAt - other.firstAt).map(tally => [tally.words.join(' '), tally]));
	};

	const makeRoom = () => {
		join();
		const room = Math.ceil(capacity / 2);
		if (tallies.size <= room) return;
		const byUse = [...tallies].sort(([, one], [, other]) => other.count - one.count || other.lastAt - one.lastAt);
		const dropped = byUse.slice(room);
		forgotten = {
			templates: forgotten.templates + dropped.length,
			lines: forgotten.lines + dropped.reduce((sum, [, {count}]) => sum + count, 0),
		};
		for (const [key] of dropped) tallies.delete(key);
	};

	const tallyOf = (record: LogRecord): Tally => {
		const key = wordsOf(record.message, record.start).join(' ');
		const known = tallies.get(key);
		if (known !== undefined) return known;
		if (tallies.size >= capacity) makeRoom();
		// The words are slices of the line, and would keep it in memory.
		const tally = newTally(key.split(' '), record, records);
		tallies.set(key, tally);
		return tally;
	};

	return {
		add(record) {
			records += 1;
			const fingerprint = record.fingerprint ?? fingerprintOf(record.message, record.start);
			const known = fingerprint === undefined ? undefined : byFingerprint.get(fingerprint);
			const tally = known ?? tallyOf(record);
			if (fingerprint !== undefined && known === undefined) {
				if (byFingerprint.size >= mostFingerprints) byFingerprint.clear();
				byFingerprint.set(fingerprint, tally);
			}
			const level = levelOfRecord(tally, record);
			if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + 1);
			count(tally, record, level, records);
			return tally;
		},
		templates() {
			join();
			return [...tallies.values()];
		},
		forgotten: () => forgotten,
		levels: () => levels,
	};
}

function newTally(words: readonly string[], {line, atMs, message, start}: LogRecord, at: number): Tally {
	const spaced: boolean[] = [];
	wordsOf(message, start, spaced);
	return {
		words,
		spaced,
		count: 0,
		first: line,
		last: line,
		firstMs: atMs,
		lastMs: atMs,
		firstAt: at,
		lastAt: at,
		moreLines: 0,
		levels: new Map(),
		isAnswer: statusInLine(message, start) !== undefined,
		times: undefined,
	};
}

/** As its program says; an answer by its status, which lines of one shape do not share. */
function levelOfRecord({isAnswer}: Tally, {level, message, start}: LogRecord): Level | undefined {
	const status = isAnswer ? statusInLine(message, start) : undefined;
	return status === undefined ? level : worseLevel(level, levelOfStatus(status));
}

function count(tally: Tally, {line, atMs, moreLines}: LogRecord, level: Level | undefined, at: number) {
	tally.count += 1;
	tally.last = line;
	tally.lastAt = at;
	tally.moreLines += moreLines;
	if (level !== undefined) tally.levels.set(level, (tally.levels.get(level) ?? 0) + 1);
	if (atMs === undefined) return;
	// Lines of several sources come in any order.
	if (tally.firstMs === undefined || atMs < tally.firstMs) tally.firstMs = atMs;
	if (tally.lastMs === undefined || atMs > tally.lastMs) tally.lastMs = atMs;
	tally.times = addTo(tally.times, atMs, 1);
}

/** One tally of several, which point to it from then on. */
function joinTallies({words, spaced}: Shape, tallies: readonly Tally[]): Tally {
	const [only, ...others] = tallies;
	if (only !== undefined && others.length === 0 && only.words.length === words.length) return only;
	const ordered = tallies.toSorted((one, other) => one.firstAt - other.firstAt);
	const earliest = ordered[0];
	if (earliest === undefined) throw new Error('a template without a shape');
	const joined: Tally = {...earliest, words, spaced, levels: new Map(earliest.levels)};
	delete joined.into;
	earliest.into = joined;
	for (const tally of ordered.slice(1)) absorb(joined, tally);
	return joined;
}

function absorb(joined: Tally, tally: Tally) {
	tally.into = joined;
	joined.count += tally.count;
	joined.moreLines += tally.moreLines;
	joined.isAnswer ||= tally.isAnswer;
	if (tally.lastAt > joined.lastAt) Object.assign(joined, {last: tally.last, lastAt: tally.lastAt});
	joined.firstMs = least(joined.firstMs, tally.firstMs);
	joined.lastMs = tally.lastMs === undefined ? joined.lastMs : Math.max(joined.lastMs ?? tally.lastMs, tally.lastMs);
	for (const [level, lines] of tally.levels) joined.levels.set(level, (joined.levels.get(level) ?? 0) + lines);
	for (const [atMs, lines] of tally.times?.counts ?? []) joined.times = addTo(joined.times, atMs * (tally.times?.widthMs ?? 1), lines);
}

const least = (one: number | undefined, other: number | undefined) =>
	one === undefined ? other : other === undefined ? one : Math.min(one, other);
