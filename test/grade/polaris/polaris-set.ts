import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parseAllDocuments} from 'yaml';
import * as z from 'zod';
import {readText} from '../../../src/agents/security/scan/read-text.ts';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {mended, pathSteps} from '../../../src/analysis/scan/mended.ts';
import type {Json} from '../../../src/core/json.ts';
import {objectAt} from '../../../src/core/kube/json-at.ts';
import {type KubeObject, refKey, refOf} from '../../../src/core/kube/kube-object.ts';
import {isMiss, type Row, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {demands} from './check-map.ts';

const verdictRow = z.object({check: z.string(), verdict: z.enum(['success', 'failure']), file: z.string()});
const fixRow = z.object({check: z.string(), input: z.string(), expected: z.string()});
const checkRow = z.object({
	check: z.string(),
	fix: z.array(z.object({op: z.string(), path: z.string(), value: z.json().optional()})).optional(),
});

const groups: {readonly [kind: string]: string} = {
	Deployment: 'apps/v1',
	StatefulSet: 'apps/v1',
	DaemonSet: 'apps/v1',
	ReplicaSet: 'apps/v1',
};

/** Some files give a workload the version of a Pod, or its containers without a template: an API server would take neither. */
function rightful(object: KubeObject): KubeObject {
	const apiVersion = groups[object.kind];
	if (apiVersion === undefined) return object;
	const spec = objectAt(object, 'spec');
	return {...object, apiVersion, spec: spec.template === undefined ? {...spec, template: {spec}} : spec};
}

const objectsIn = (text: string): readonly KubeObject[] => readText(text).objects.map(rightful);

function verdictsOf(name: string, objects: readonly KubeObject[]) {
	const demand = Object.hasOwn(demands, name) ? demands[name] : undefined;
	const ids = Object.keys(demand?.checks ?? {});
	const checks = allChecks.filter(({id}) => ids.includes(id));
	if (demand === undefined || checks.length < ids.length) throw new Error(`no check stands for ${name}`);
	const all = runChecks(checks, worldOf(objects), {unread: new Map(), settings: demand.checks});
	return all.filter(each => demand.kinds === undefined || ('resource' in each && demand.kinds.includes(each.resource?.kind ?? '')));
}

function verdict({from, at, row}: Row): Miss | 'right' {
	return tryCase(at, () => {
		const {check, verdict: expected, file} = verdictRow.parse(row);
		const found = verdictsOf(check, objectsIn(readFileSync(join(from, file), 'utf8')));
		const failed = found.filter(({status}) => status === 'fail');
		const got = failed.length > 0 ? 'failure' : found.some(({status}) => status === 'pass') ? 'success' : 'not applicable';
		return got === expected ? 'right' : {case: file, expected, got};
	});
}

/** What the set's fix would write at a field of ours: it is told relative to what the check looks at, as `/resources/limits/cpu`. */
function answerOf(fixes: readonly {readonly path: string; readonly value?: Json | undefined}[], path: string): Json | undefined {
	const steps = `/${pathSteps(path).join('/')}`;
	return fixes.find(fix => steps.endsWith(fix.path.replaceAll('*', '0')))?.value;
}

function fixed(object: KubeObject, check: string, fixes: z.infer<typeof checkRow>['fix']): Json {
	const verdicts = verdictsOf(check, [rightful(object)]);
	const mends = verdicts
		.flatMap(each => (each.status === 'fail' && refKey(each.resource) === refKey(refOf(rightful(object))) ? each.faults : []))
		.flatMap(each => each.mends);
	return mended(object, mends, ({path}) => answerOf(fixes ?? [], path));
}

/** The plain value of a file: the fix of an object gives an object. */
const plainIn = (file: string): Json =>
	JSON.parse(JSON.stringify(parseAllDocuments(readFileSync(file, 'utf8')).map(each => each.toJS()))) as Json;

function fix({from, at, row}: Row): Miss | 'right' {
	return tryCase(at, () => {
		const {check, input, expected} = fixRow.parse(row);
		const fixes = rowsNamed(from, 'checks.json')
			.map(each => checkRow.parse(each.row))
			.find(each => each.check === check)?.fix;
		const objects = plainIn(join(from, input)) as readonly KubeObject[];
		const got = JSON.parse(JSON.stringify(objects.map(object => fixed(object, check, fixes)))) as Json;
		const wanted = plainIn(join(from, expected));
		return isDeepStrictEqual(got, wanted) ? 'right' : {case: `fix of ${input}`, expected: JSON.stringify(wanted), got: JSON.stringify(got)};
	});
}

/**
 * Reads `index.json` of `{check, verdict, file}`, `fixes.json` of `{check, input, expected}` and `checks.json`. A verdict is right where the check that
 * stands for the set's own fails or passes as theirs does: not to apply is no success. A fix is right where our mends give the object that theirs
 * gives; where ours leave the value to a person, it is the value of theirs.
 */
export function polarisSet(folder: string): Grade {
	const verdicts = rowsNamed(folder, 'index.json').map(verdict);
	const fixes = rowsNamed(folder, 'fixes.json').map(fix);
	const answers = [...verdicts, ...fixes];
	const misses = answers.filter((answer): answer is Miss => typeof answer === 'object' && isMiss(answer));
	const right = (list: readonly (Miss | 'right')[]) => list.filter(each => each === 'right').length;
	return {
		right: right(answers),
		total: answers.length,
		unsafe: misses.filter(({expected, got}) => expected === 'failure' && got === 'success').length,
		figures: {verdicts: right(verdicts) / Math.max(1, verdicts.length), fixes: right(fixes) / Math.max(1, fixes.length)},
		misses,
		published: {'Polaris, its own tests': 'all'},
	};
}
