import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {randomNumbers} from '../../analysis/anomalies/random-series.ts';
import {textOf} from './own-grammar.ts';
import type {Random} from './own-values.ts';
import type {System} from './system.ts';

/** Lines of one kind of software. */
const records = 2000;
/** Statements come as often as words of a language (Zipf), and more unevenly, as in logs: the first half of the lines, the last once. */
const steepness = 1.5;

/**
 * Lines as one kind of software writes them, from a file of its header and its statements. Which statement is frequent, and all values,
 * come by chance and are the same for the same seed.
 * @param folder of `NAME.txt`: the header of a line, then `raw lines only` where the message goes on within JSON or pairs, an empty line,
 * and a statement a line, in the words of {@link textOf}. What a statement writes behind a line end belongs to the line.
 */
export function ownKinds(folder: string, seed = 1): readonly System[] {
	const names = readdirSync(folder).filter(file => file.endsWith('.txt'));
	return names.sort().map(file => kindOf(file.slice(0, -4), readFileSync(join(folder, file), 'utf8').split('\n'), seed));
}

function kindOf(name: string, [head = '', note, ...rest]: readonly string[], seed: number): System {
	const statements = rest.filter(line => line !== '');
	const random = randomOf(seed * 1000 + [...name].reduce((sum, character) => sum + character.charCodeAt(0), 0));
	const [writeHead, texts] = [textOf(head), shuffled(statements, random).map(textOf)];
	const lines: string[] = [];
	const truth: string[] = [];
	const starts: (number | undefined)[] = [];
	for (const [at, statement] of order(texts.length, random).entries()) {
		const values = {...random, line: at};
		const [header, message] = [writeHead(values), texts[statement]?.(values) ?? ''];
		for (const [below, line] of `${header}${message}`.split('\n').entries()) {
			lines.push(line);
			truth.push(String(statement));
			starts.push(below === 0 ? header.length : undefined);
		}
	}
	return {name, lines, truth, starts: note === 'raw lines only' ? undefined : starts};
}

/** Which statement writes each record: every one at least once. */
function order(statements: number, random: Random): readonly number[] {
	const weights = Array.from({length: statements}, (_, rank) => (rank + 1) ** -steepness);
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	const counts = weights.map(weight => Math.max(1, Math.round((weight / whole) * records)));
	return shuffled(
		counts.flatMap((count, statement) => Array.from({length: count}, () => statement)),
		random,
	);
}

function randomOf(seed: number): Random {
	const {uniform} = randomNumbers(seed);
	const below = (limit: number) => Math.floor(uniform() * limit);
	return {
		below,
		pick: items => items[below(items.length)] ?? (items[0] as (typeof items)[number]),
	};
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], {below}: Random): readonly Item[] {
	const mixed = [...items];
	for (let at = mixed.length - 1; at > 0; at--) {
		const other = below(at + 1);
		[mixed[at], mixed[other]] = [mixed[other] as Item, mixed[at] as Item];
	}
	return mixed;
}
