import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {misconfigSet} from './misconfig-set.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mkcoa-misconfig-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const pod = (privileged: boolean) => ({
	...{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web'}},
	spec: {containers: [{name: 'a', securityContext: {privileged}}]},
});
const finding = {object: {apiVersion: 'v1', kind: 'Pod', name: 'web'}, failedPaths: ['spec.containers[0].securityContext.privileged']};

function graded(rows: readonly object[]) {
	writeFileSync(join(folder, 'index.json'), JSON.stringify(rows));
	writeFileSync(
		join(folder, 'inputs.jsonl'),
		[pod(true), pod(false)].map((object, id) => JSON.stringify({id: `in-${id}`, object})).join('\n'),
	);
	return misconfigSet(folder);
}

const rule = 'rule-privileged-container';

test('a case is right where as much is found in the same objects', () => {
	const rows = [
		{rule, case: 'found', inputs: ['in-0'], expected: [finding]},
		{rule, case: 'clean', inputs: ['in-1'], expected: []},
		{rule, case: 'missed', inputs: ['in-1'], expected: [finding]},
		{rule, case: 'too often', inputs: ['in-0', 'in-0'], expected: [finding]},
		{rule, case: 'elsewhere', inputs: ['in-0'], expected: [{...finding, object: {kind: 'Pod', name: 'other'}}]},
		{rule, case: 'another field', inputs: ['in-0'], expected: [{...finding, failedPaths: ['spec.hostPID']}]},
	];
	const {right, total, unsafe, misses, figures} = graded(rows);
	expect({right, total, unsafe}).toEqual({right: 3, total: 6, unsafe: 1});
	expect(misses.map(({case: name}) => name)).toEqual([
		...[`${rule} missed`, `${rule} too often`, `${rule} elsewhere`, `${rule} another field (paths)`],
	]);
	expect(figures?.pathsExact).toBe(1 / 5);
});

test('a rule that no check stands for is missed, also where nothing is expected', () => {
	const {right, total, notes} = graded([{rule: 'no-such-rule', case: 'clean', inputs: ['in-1'], expected: []}]);
	expect({right, total}).toEqual({right: 0, total: 1});
	expect(notes).toEqual(['rules that no check stands for: no-such-rule']);
});

test('a case that names an input which is not there is missed', () => {
	const {right, misses} = graded([{rule, case: 'lost', inputs: ['in-9'], expected: []}]);
	expect(right).toBe(0);
	expect(misses).toMatchObject([{got: 'there is no input in-9'}]);
});

const shared = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/security/misconfiguration');

// The acceptance data are not part of the project; where they are absent this counts as skipped.
test.runIf(existsSync(shared))('every case of others can be read', () => {
	expect(misconfigSet(shared).misses.filter(({expected}) => expected === 'a case that can be read')).toEqual([]);
});
