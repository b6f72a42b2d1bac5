import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {finalTally} from '../../../src/analysis/log-templates/final-tally.ts';
import {logMiner} from '../../../src/analysis/log-templates/log-miner.ts';
import {type Tally, templateTable} from '../../../src/analysis/log-templates/template-table.ts';
import type {Grade} from '../grade-set.ts';
import {groupingAccuracy} from './grouping-accuracy.ts';
import {ownKinds} from './own-kinds.ts';
import {publishedAccuracies} from './published.ts';
import type {System} from './system.ts';

type Accuracy = ReturnType<typeof groupingAccuracy>;

/**
 * Reads each `NAME.log` with its `NAME.truth.csv`, and `message-start.csv`: grouping accuracy from the raw lines (the score), and from
 * the message part where it is told where that begins. Both with the same program and nothing said of the system.
 */
export function logsSet(folder: string): Grade {
	const graded = gradeSystems(systemsIn(folder));
	const published = publishedFor(systemsIn(folder).map(({name}) => name));
	return {...graded, published};
}

/** Own statements, in the manner of many kinds of software. */
export const ownLogsSet = (folder: string): Grade => gradeSystems(existsSync(folder) ? ownKinds(folder) : []);

function gradeSystems(systems: readonly System[]): Grade {
	const graded = systems.map(system => ({
		name: system.name,
		raw: groupingAccuracy(system.truth, rawGroups(system.lines)),
		message: system.starts === undefined ? undefined : messageAccuracy(system.lines, system.truth, system.starts),
	}));
	const messages = graded.flatMap(({name, message}) => (message === undefined ? [] : [{name, accuracy: message}]));
	const raws = graded.map(({name, raw}) => ({name, accuracy: raw}));
	return {
		right: sum(raws.map(({accuracy}) => accuracy.right)),
		total: sum(raws.map(({accuracy}) => accuracy.total)),
		score: mean(raws.map(({accuracy}) => ratio(accuracy))),
		figures: messages.length === 0 ? {} : {messageScore: mean(messages.map(({accuracy}) => ratio(accuracy)))},
		by: {'raw lines': byName(raws), 'message part': byName(messages)},
		misses: [...raws.flatMap(each => missesOf('raw', each)), ...messages.flatMap(each => missesOf('message', each))],
		published: {},
		notes: ['One setting for all systems; from raw lines the program finds by itself where the message begins.'],
	};
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);
const ratio = ({right, total}: Accuracy) => (total === 0 ? 0 : right / total);

const byName = (all: readonly {readonly name: string; readonly accuracy: Accuracy}[]) =>
	Object.fromEntries(all.map(({name, accuracy: {right, total}}) => [name, {right, total}]));

const missesOf = (from: string, {name, accuracy}: {readonly name: string; readonly accuracy: Accuracy}) =>
	accuracy.missed.map(({group, lines, into}) => ({
		case: `${name} ${group}, ${from}`,
		expected: `${lines} lines, and no others, in one template`,
		got: into === 1 ? 'one template with others' : `${into} templates`,
	}));

function publishedFor(names: readonly string[]): {readonly [who: string]: string} {
	const shown = (parser: ReadonlyMap<string, number>) => {
		const figures = names.flatMap(name => (parser.has(name) ? [{name, figure: parser.get(name) ?? 0}] : []));
		const each = figures.map(({name, figure}) => `${name} ${(figure * 100).toFixed(2)} %`).join(', ');
		return `mean ${(mean(figures.map(({figure}) => figure)) * 100).toFixed(2)} % (${each})`;
	};
	return {
		...Object.fromEntries(
			Object.entries(publishedAccuracies).map(([parser, row]) => [`${parser}, message part, settings for each system`, shown(row)]),
		),
		'Drain, one setting, mean of all 16 systems': 'message part 75.46 %, whole line 41.40 %',
		'Drain, one setting, mean of the 8 shared systems': 'message part 86.91 %, whole line 45.22 %',
	};
}

function systemsIn(folder: string): readonly System[] {
	const starts = startsIn(join(folder, 'message-start.csv'));
	const names = filesEnding(folder, '.truth.csv').filter(name => existsSync(join(folder, `${name}.log`)));
	return names.map(name => {
		const truth = rowsOf(join(folder, `${name}.truth.csv`))
			.slice(1)
			.map(row => row[1] ?? '');
		return {name, truth, lines: linesOf(join(folder, `${name}.log`)).slice(0, truth.length), starts: starts.get(name)};
	});
}

/** The names of the systems in a folder, sorted. */
const filesEnding = (folder: string, end: string) =>
	readdirSync(folder)
		.filter(file => file.endsWith(end))
		.map(file => file.slice(0, -end.length))
		.sort();

const linesOf = (file: string) =>
	readFileSync(file, 'utf8')
		.split('\n')
		.map(line => line.replace(/\r$/, ''));
const rowsOf = (file: string) =>
	linesOf(file)
		.filter(line => line !== '')
		.map(line => line.split(','));

/** For each system, where the message of each line begins. */
function startsIn(file: string): ReadonlyMap<string, readonly number[]> {
	if (!existsSync(file)) return new Map();
	const [head = [], ...rows] = rowsOf(file);
	return new Map(head.slice(1).map((name, index) => [name, rows.map(row => Number(row[index + 1]))]));
}

function rawGroups(lines: readonly string[]): readonly Tally[] {
	const tallies: Tally[] = [];
	// Lines that are joined to the one above are of its group.
	const miner = logMiner({
		told: (tally, {moreLines}) => {
			for (let line = 0; line <= moreLines; line++) tallies.push(tally);
		},
	});
	const source = miner.source();
	for (const line of lines) source.add(line);
	miner.templates();
	return tallies.map(finalTally);
}

function messageAccuracy(lines: readonly string[], truth: readonly string[], starts: readonly (number | undefined)[]): Accuracy {
	const table = templateTable();
	const counted = lines.flatMap((line, index) =>
		starts[index] === undefined ? [] : [{line, start: starts[index], group: truth[index] ?? ''}],
	);
	const tallies = counted.map(({line, start}) => table.add({line, message: line, start, moreLines: 0}));
	table.templates();
	return groupingAccuracy(
		counted.map(({group}) => group),
		tallies.map(finalTally),
	);
}
