import {finalTally} from '../../../analysis/log-templates/final-tally.ts';
import type {Level} from '../../../analysis/log-templates/level.ts';
import {logMiner} from '../../../analysis/log-templates/log-miner.ts';
import type {Tally} from '../../../analysis/log-templates/template-table.ts';
import {wordsOf} from '../../../analysis/log-templates/words.ts';

/** Lines of one shape: the newest of them, and how many there are. */
export type FoldedLine = {readonly text: string; readonly count: number};

type Fold = {text: string; count: number; readonly below: Map<string, {text: string; count: number}>};
type Said = {readonly tally: Tally; readonly level: Level | undefined; readonly lines: number};

/** A number by itself that looks like the status of an answer stays: 200 and 500 are different lines. A number with a unit is none. */
const statuses = /(?<![\w.])(?:20[0-6]|30[1-8]|4[0-3]\d|50[0-5])(?![\w.%]|\s?(?:ms|us|µs|s|bytes)\b)/g;

/**
 * Folds the lines of one container that one statement wrote with the same level and the same status of an answer, in the order in
 * which each first came. Below them stand the lines of their stack traces, those that differ in numbers alone as one. All counts
 * together are the number of lines.
 */
export function foldLines(lines: readonly string[]): readonly FoldedLine[] {
	const folds = new Map<string, Fold>();
	const names = new Map<Tally, number>();
	let at = 0;
	for (const {tally, level, lines: count} of saidIn(lines)) {
		const [first = '', ...more] = lines.slice(at, at + count);
		at += count;
		const final = finalTally(tally);
		const name = names.get(final) ?? names.size;
		names.set(final, name);
		const key = `${name} ${level} ${first.match(statuses)?.join(' ')}`;
		const fold = folds.get(key) ?? {text: first, count: 0, below: new Map()};
		folds.set(key, Object.assign(fold, {text: first, count: fold.count + 1}));
		for (const line of more) {
			const shape = wordsOf(line).join(' ');
			fold.below.set(shape, {text: line, count: (fold.below.get(shape)?.count ?? 0) + 1});
		}
	}
	return [...folds.values()].flatMap(({text, count, below}) => [{text, count}, ...below.values()]);
}

function saidIn(lines: readonly string[]): readonly Said[] {
	const said: Said[] = [];
	const miner = logMiner({told: (tally, {level, moreLines}) => said.push({tally, level, lines: 1 + moreLines})});
	const source = miner.source();
	for (const line of lines) source.add(line);
	miner.templates();
	return said;
}
