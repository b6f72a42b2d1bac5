import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseAllDocuments} from 'yaml';
import * as z from 'zod';
import {objectAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../src/core/kube/pod-spec.ts';
import {isMiss, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {rules} from './rules.ts';

const caseRow = z.object({
	policy: z.string(),
	rule: z.string(),
	file: z.string(),
	kind: z.string(),
	name: z.string(),
	expect: z.enum(['pass', 'fail']),
});

const objectsIn = (file: string): readonly KubeObject[] =>
	parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => (document.toJS() as KubeObject | null) ?? []);

const template = (object: KubeObject) => ({
	spec: podSpecOf(object),
	annotations: objectAt(object, ...(templatePath(object) ?? []), 'metadata', 'annotations'),
});

/** Reads `index.json` files of rows `{policy, rule, file, kind, name, expect}`: does the object in the file comply with the rule? */
export function kyvernoSet(folder: string): Grade {
	const files = new Map<string, readonly KubeObject[]>();
	const answers = rowsNamed(folder, 'index.json').map(({from, at, row}): Miss | {readonly got?: never; readonly expect: string} =>
		tryCase(at, () => {
			const {policy, rule, file, kind, name, expect} = caseRow.parse(row);
			const path = join(from, file);
			const objects = files.get(path) ?? objectsIn(path);
			files.set(path, objects);
			const object = objects.find(each => each.kind === kind && each.metadata.name === name);
			const complies = rules[`${policy}/${rule}`];
			if (object === undefined) throw new Error(`${file} has no ${kind} ${name}`);
			if (complies === undefined) throw new Error(`the rule ${policy}/${rule} is not known`);
			const got = complies(template(object)) ? 'pass' : 'fail';
			return got === expect ? {expect} : {case: `${policy}/${rule} ${kind} ${name}`, expected: expect, got};
		}),
	);
	const misses = answers.filter(isMiss);
	return {
		right: answers.length - misses.length,
		total: answers.length,
		unsafe: misses.filter(({expected, got}) => expected === 'fail' && got === 'pass').length,
		misses,
		published: {'Kyverno, its own tests': 'all'},
	};
}
