import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {runChecks, type Verdict} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {type KubeObject, refOf} from '../../../src/core/kube/kube-object.ts';
import {isMiss, type Row, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {clusterRules} from './cluster-rules.ts';
import {compareFindings, type Expected, type Likeness} from './compare-findings.ts';
import {type Failure, type Found, oneForEachFault, type RuleMaps} from './rule-map.ts';
import {workloadRules} from './workload-rules.ts';

const ref = z.object({
	...{apiVersion: z.string().optional(), kind: z.string().optional(), namespace: z.string().optional(), name: z.string().optional()},
});
const caseRow = z.object({
	rule: z.string(),
	case: z.string(),
	inputs: z.array(z.string()),
	settings: z.record(z.string(), z.array(z.string())).default({}),
	expected: z.array(
		z.object({
			object: ref,
			relatedObjects: z.array(ref).optional(),
			failedPaths: z.array(z.string()).default([]),
			fixPaths: z.array(z.object({path: z.string()})).default([]),
			alsoAffected: z.array(z.object({object: ref, failedPaths: z.array(z.string()).optional()})).optional(),
		}),
	),
});
type Case = z.infer<typeof caseRow>;

const rules: RuleMaps = {...workloadRules, ...clusterRules};

/**
 * Reads `index.json` of `{rule, case, inputs, settings, expected}` and `inputs.jsonl` of `{id, object}`. A case is right where the checks that
 * stand for its rule find something in the same objects, in each as often; whether they name the same fields is a figure beside it.
 */
export function misconfigSet(folder: string): Grade {
	const answers = rowsNamed(folder, 'index.json').map(each => ofRow(each));
	const graded = answers.filter((answer): answer is Answer => !isMiss(answer));
	const faulty = graded.filter(({known}) => known.expected.length > 0);
	const part = (of: (likeness: Likeness) => boolean) =>
		faulty.length === 0 ? 0 : faulty.filter(({likeness}) => of(likeness)).length / faulty.length;
	const unmapped = new Set(graded.filter(({known}) => !Object.hasOwn(rules, known.rule)).map(({known}) => known.rule));
	return {
		right: graded.filter(({likeness}) => likeness.objects).length,
		total: answers.length,
		unsafe: faulty.filter(({found}) => found.length === 0).length,
		figures: {pathsExact: part(({paths}) => paths), pathsToTheLetter: part(({pathsToTheLetter}) => pathsToTheLetter)},
		misses: [...graded.flatMap(missOf), ...answers.filter(isMiss)],
		published: {},
		notes: [`rules that no check stands for: ${[...unmapped].join(', ') || 'none'}`],
	};
}

type Answer = {readonly known: Case; readonly found: readonly Found[]; readonly likeness: Likeness};

function ofRow({from, at, row}: Row): Answer | Miss {
	return tryCase(at, () => {
		const known = caseRow.parse(row);
		const inputs = inputsIn(from);
		const objects = known.inputs.map(id => {
			const object = inputs.get(id);
			if (object === undefined) throw new Error(`there is no input ${id}`);
			return object;
		});
		const found = foundBy(known, objects);
		const likeness = compareFindings(known.expected, found, wanted =>
			objects.find(object => {
				const {kind, name, namespace = ''} = refOf(object);
				return kind === wanted.kind && name === wanted.name && namespace === (wanted.namespace ?? '');
			}),
		);
		return {known, found, likeness};
	});
}

/** A rule that no check stands for finds nothing, and is missed where nothing was expected too. */
function foundBy({rule, settings}: Case, objects: readonly KubeObject[]): readonly Found[] {
	const map = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
	if (map === undefined) return [{object: {}, paths: ['no check stands for this rule']}];
	const checks = map.checks.map(id => {
		const check = allChecks.find(each => each.id === id);
		if (check === undefined) throw new Error(`there is no check ${id}`);
		return check;
	});
	const world = worldOf(objects);
	const failures = runChecks(checks, world, {unread: new Map(), settings: map.settings?.(settings)}).flatMap(failuresOf);
	return (map.tell ?? oneForEachFault)(failures, world);
}

/** A rule that lists objects for people to look at has them from a check that leaves them to people. */
function failuresOf(verdict: Verdict): readonly Failure[] {
	if (verdict.status === 'fail') return verdict.faults.map(fault => ({check: verdict.check.id, resource: verdict.resource, fault}));
	if (verdict.status !== 'not-checked' || verdict.resource === undefined) return [];
	return [{check: verdict.check.id, resource: verdict.resource, fault: {paths: [], mends: [], evidence: verdict.why}}];
}

const read = new Map<string, ReadonlyMap<string, KubeObject>>();

/** Hundreds of cases share the file: it is read once. */
function inputsIn(folder: string): ReadonlyMap<string, KubeObject> {
	const known = read.get(folder);
	if (known !== undefined) return known;
	const lines = readFileSync(join(folder, 'inputs.jsonl'), 'utf8')
		.split('\n')
		.filter(line => line.trim() !== '');
	const inputs = new Map(lines.map(line => JSON.parse(line) as {id: string; object: KubeObject}).map(({id, object}) => [id, object]));
	read.set(folder, inputs);
	return inputs;
}

function missOf({known, found, likeness}: Answer): readonly Miss[] {
	if (likeness.objects && likeness.paths) return [];
	const name = `${known.rule} ${known.case}${likeness.objects ? ' (paths)' : ''}`;
	return [{case: name, expected: expectedText(known.expected), got: foundText(found)}];
}

const nameOf = ({kind = '', namespace, name = ''}: Expected['object']) =>
	`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

const expectedText = (expected: readonly Expected[]) =>
	expected
		.map(
			({object, failedPaths, fixPaths}) =>
				`${nameOf(object)} ${[...new Set([...failedPaths, ...fixPaths.map(({path}) => path)])].join(' ')}`,
		)
		.join('; ') || 'nothing';

const foundText = (found: readonly Found[]) =>
	found.map(({object, paths, related = []}) => [nameOf(object), ...paths, ...related.flatMap(each => each.paths)].join(' ')).join('; ') ||
	'nothing';
