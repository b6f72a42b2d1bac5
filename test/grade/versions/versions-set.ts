import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {orderOf} from '../../../src/analysis/versions/ecosystem-order.ts';
import {tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';

const pair = z.object({ecosystem: z.string(), a: z.string(), op: z.enum(['<', '=', '>']), b: z.string()});

const sign = (difference: number) => (difference < 0 ? '<' : difference > 0 ? '>' : '=');

/** One pair, seen from both of its versions. */
function judged(row: unknown): Miss & {readonly ecosystem: string} {
	const {ecosystem, a, op, b} = pair.parse(row);
	const order = orderOf(ecosystem);
	const reverse = order === undefined ? '' : sign(-order(b, a));
	const got = order === undefined ? 'no order' : sign(order(a, b));
	return {
		case: `${ecosystem}: ${a} beside ${b}`,
		expected: op,
		got: got === reverse ? got : `${got}, and ${reverse} the other way round`,
		ecosystem,
	};
}

/** Reads `pairs.jsonl` of `{ecosystem, a, op, b}`: which of two versions is the newer one. */
export function versionsSet(folder: string): Grade {
	const lines = readFileSync(join(folder, 'pairs.jsonl'), 'utf8').split('\n');
	const all = lines.flatMap((line, index) => (line.trim() === '' ? [] : [tryCase(`line ${index + 1}`, () => judged(JSON.parse(line)))]));
	const isRight = ({expected, got}: Miss) => expected === got;
	const read = all.filter(each => 'ecosystem' in each);
	const by = Map.groupBy(read, ({ecosystem}) => ecosystem);
	return {
		right: all.filter(isRight).length,
		total: all.length,
		misses: all.filter(each => !isRight(each)).map(({case: name, expected, got}) => ({case: name, expected, got})),
		by: {ecosystem: Object.fromEntries([...by].map(([name, rows]) => [name, {right: rows.filter(isRight).length, total: rows.length}]))},
		published: {'OSV-SCALIBR, its own tests': 'all'},
	};
}
