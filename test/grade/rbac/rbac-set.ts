import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {coversUrl} from '../../../src/analysis/access/access-rule.ts';
import {missingFrom, ruleOfPart} from '../../../src/analysis/access/rule-cover.ts';
import type {Json} from '../../../src/core/json.ts';
import type {Grade, Miss} from '../grade-set.ts';

const rules = z.array(z.json()).nullable();
const ruleRow = z.object({name: z.string(), owner: rules, servant: rules, covered: z.boolean(), uncovered: rules});
const urlRow = z.object({owner: z.string(), requested: z.string(), covered: z.boolean()});

/** A rule as a text, whatever the order of its fields; lists that say nothing do not matter. */
const normal = (rule: Json): string =>
	JSON.stringify(
		Object.entries(z.record(z.string(), z.json()).parse(rule))
			.filter(([, value]) => Array.isArray(value) && value.length > 0)
			.toSorted(([a], [b]) => a.localeCompare(b)),
	);

const setOf = (list: readonly Json[]) => [...new Set(list.map(normal))].sort().join(' ');

/** Reads `rules.json` of `{name, owner, servant, covered, uncovered}` and `urls.json` of `{owner, requested, covered}`; either may be absent. */
export function rbacSet(folder: string): Grade {
	const answers = [...rowsOf(folder, 'rules.json').map(ruleCase), ...rowsOf(folder, 'urls.json').map(urlCase)];
	return {
		right: answers.filter(({expected, got}) => expected === got).length,
		total: answers.length,
		unsafe: answers.filter(({expected, got}) => expected !== got && got.startsWith('covered')).length,
		misses: answers.filter(({expected, got}) => expected !== got),
		published: {'Kubernetes, its own tests': 'all'},
	};
}

function rowsOf(folder: string, file: string): readonly unknown[] {
	try {
		return z.array(z.unknown()).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
		throw error;
	}
}

const told = (covered: boolean, uncovered: readonly Json[]) => (covered ? 'covered' : `lacks ${setOf(uncovered)}`);

function ruleCase(row: unknown, index: number): Miss {
	const known = ruleRow.safeParse(row);
	if (!known.success) return {case: `rules.json ${index}`, expected: 'a case', got: known.error.message};
	const {name, owner, servant, covered, uncovered} = known.data;
	const missing = missingFrom(owner ?? [], servant ?? []);
	return {case: name, expected: told(covered, uncovered ?? []), got: told(missing.length === 0, missing.map(ruleOfPart))};
}

function urlCase(row: unknown, index: number): Miss {
	const known = urlRow.safeParse(row);
	if (!known.success) return {case: `urls.json ${index}`, expected: 'a case', got: known.error.message};
	const {owner, requested, covered} = known.data;
	const say = (isCovered: boolean) => (isCovered ? 'covered' : 'not covered');
	return {case: `${owner} and ${requested}`, expected: say(covered), got: say(coversUrl(owner, requested))};
}
