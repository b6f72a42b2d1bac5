import {type Burst, burstsOf} from './bursts.ts';
import {type Level, levelsDown} from './level.ts';
import type {LogRecord} from './log-record.ts';
import {type LogSource, logSource} from './log-source.ts';
import {type Forgotten, type Tally, templateTable} from './template-table.ts';
import {wildcard} from './words.ts';

/** What one statement of a program wrote. Times are milliseconds since 1970, left out where no line has one. */
export type LogTemplate = {
	/** Its words, with `<*>` where they vary. */
	readonly template: string;
	/** Which words, from 0, vary. */
	readonly variables: readonly number[];
	readonly count: number;
	/** Its part of all records, 0 to 1. */
	readonly share: number;
	/** The first and the last line, cut to 1,000 characters; without the lines of a stack trace below. */
	readonly first: string;
	readonly last: string;
	readonly firstMs?: number | undefined;
	readonly lastMs?: number | undefined;
	/** Lines of stack traces and the like below its records. */
	readonly moreLines: number;
	/** The worst level that a hundredth of its records have. */
	readonly level?: Level | undefined;
	/** The part of its records that each level has, 0 to 1, the worst first; empty where none tells its level. */
	readonly levels: {readonly [level in Level]?: number};
	readonly bursts: readonly Burst[];
};

/** The templates of a log, in the order in which each first came. The counts and those of `forgotten` add up to `records`. */
export type LogTemplates = {
	readonly templates: readonly LogTemplate[];
	readonly records: number;
	/** Records that say that they are errors, or that a server failed to answer, of those that give a level; and how many give one. */
	readonly errors: number;
	readonly levelled: number;
	readonly forgotten: Forgotten;
};

/** Options of tests and of those who must hold less. `told` gets, for each record in order, the tally that counts it. */
export type MinerOptions = {readonly capacity?: number; readonly told?: (tally: Tally, record: LogRecord) => void};

export type LogMiner = {
	/** A source of lines, such as one container, with a header of its own. Sources share their templates. */
	readonly source: () => LogSource;
	/** What is known now; more lines may follow. */
	readonly templates: () => LogTemplates;
};

/**
 * Mines the templates of logs while they stream by: no configuration, bounded memory.
 *
 *     const miner = logMiner();
 *     const source = miner.source();
 *     for (const line of lines) source.add(line);
 *     miner.templates();
 */
export function logMiner({capacity, told}: MinerOptions = {}): LogMiner {
	const table = templateTable(capacity);
	const sources: LogSource[] = [];
	const span = {fromMs: Infinity, untilMs: -Infinity};
	let records = 0;

	const take = (record: LogRecord) => {
		records += 1;
		if (record.atMs !== undefined) {
			span.fromMs = Math.min(span.fromMs, record.atMs);
			span.untilMs = Math.max(span.untilMs, record.atMs);
		}
		const tally = table.add(record);
		told?.(tally, record);
	};

	return {
		source() {
			const source = logSource(take);
			sources.push(source);
			return source;
		},
		templates() {
			for (const source of sources) source.flush();
			const templates = table.templates().map(tally => templateOf(tally, records, span));
			const levels = table.levels();
			const levelled = [...levels.values()].reduce((sum, count) => sum + count, 0);
			return {templates, records, errors: levels.get('error') ?? 0, levelled, forgotten: table.forgotten()};
		},
	};
}

/** One statement may say good and bad things, as an access log does: from a hundredth on they are what it stands for. */
const notable = 0.01;

function templateOf(tally: Tally, records: number, span: {readonly fromMs: number; readonly untilMs: number}): LogTemplate {
	const {words, spaced, count, first, last, firstMs, lastMs, moreLines, levels, times} = tally;
	const told = levelsDown.flatMap(level => (levels.has(level) ? [[level, (levels.get(level) ?? 0) / count] as const] : []));
	return {
		template: words.map((word, index) => (index > 0 && spaced[index] ? ` ${word}` : word)).join(''),
		variables: words.flatMap((word, index) => (word.includes(wildcard) ? [index] : [])),
		count,
		share: count / records,
		first,
		last,
		firstMs,
		lastMs,
		moreLines,
		level: told.find(([, share]) => share >= notable)?.[0],
		levels: Object.fromEntries(told),
		bursts: times === undefined ? [] : burstsOf(times, span),
	};
}
