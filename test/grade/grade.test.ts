import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {actionsSet} from './actions/actions-set.ts';
import {canarySet} from './canary/canary-set.ts';
import {setFolder} from './case-files.ts';
import {gradeReport, gradeText} from './grade-text.ts';
import {healthSet} from './health/health-set.ts';
import {replicasSet} from './replicas/replicas-set.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mkcoa-grade-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function write(path: string, content: unknown) {
	mkdirSync(dirname(join(folder, path)), {recursive: true});
	writeFileSync(join(folder, path), JSON.stringify(content));
}

const object = (name: string, more: object) => ({apiVersion: 'v1', kind: 'Thing', metadata: {name, ...more}});

test('reads every index below the folder, and counts nothing that a row does not assert', () => {
	write('one/index.json', [
		{kind: 'Thing', input: 'cases/going.yaml', status: 'Progressing'},
		{kind: 'Thing', input: 'cases/going.yaml', status: null},
	]);
	write('one/cases/going.yaml', object('going', {deletionTimestamp: '2026-01-01T00:00:00Z'}));
	write('two/index.json', [{kind: 'Thing', input: 'going.yaml', status: 'Degraded', message: 'gone wrong'}]);
	write('two/going.yaml', object('going', {deletionTimestamp: '2026-01-01T00:00:00Z'}));
	const grade = healthSet(folder);
	expect(grade).toMatchObject({right: 1, total: 2, unsafe: 0});
	expect(grade.misses).toMatchObject([{case: 'two/going.yaml', expected: 'Degraded: "gone wrong"'}]);
});

test('finds a set in a folder of many, or takes the folder itself', () => {
	write('health/index.json', []);
	expect(setFolder(folder, 'health')).toBe(join(folder, 'health'));
	expect(setFolder(join(folder, 'health'), 'health')).toBe(join(folder, 'health'));
	expect(() => setFolder(join(folder, 'none'), 'health')).toThrow('--data DIR');
});

test('a case that cannot be read is a miss, and stops none of the others', () => {
	write('index.json', [
		{kind: 'Thing', input: 'none.yaml', status: 'Healthy'},
		{kind: 'Thing', input: 'text.yaml', status: 'Healthy'},
		{kind: 'Thing', input: 'broken.yaml', status: 'Healthy'},
		{kind: 'Thing', input: 'bare.yaml', status: 'Healthy'},
		{input: 'bare.yaml'},
	]);
	write('text.yaml', 'only words');
	writeFileSync(join(folder, 'broken.yaml'), 'a: [1\nb: {');
	write('bare.yaml', {kind: ['Thing'], metadata: 3, status: 'words'});
	const {right, total, misses} = healthSet(folder);
	expect({right, total}).toEqual({right: 1, total: 5});
	expect(misses.map(({case: name, got}) => `${name}: ${got.replace(/'.*'/, 'FILE').slice(0, 40)}`)).toEqual([
		'none.yaml: ENOENT: no such file or directory, open ',
		'text.yaml: there is no object in it',
		'broken.yaml: Flow sequence in block collection must b',
		'index.json row 5: kind: Invalid input: expected string, re',
	]);
});

test.each([
	['canary', 'kayenta-classifier.json', canarySet],
	['canary', 'kayenta-statistics.json', canarySet],
	['replicas', 'replica-weights.json', replicasSet],
	['actions', 'index.json', actionsSet],
] as const)('%s: a row of an unknown format in %s is a miss', async (_set, file, set) => {
	write(`deep/${file}`, [{hello: 'world'}]);
	expect(await set(folder)).toMatchObject({right: 0, total: 1, misses: [{case: `deep/${file} row 1`}]});
	writeFileSync(join(folder, 'deep', file), '[{');
	expect(() => set(folder)).toThrow(`${file} is no JSON`);
});

test('an empty set scores nothing', () => {
	expect(gradeReport('health', {right: 0, total: 0, misses: [], published: {}})).toEqual({
		set: 'health',
		right: 0,
		total: 0,
		score: 0,
		misses: [],
		published: {},
	});
});

test('a grade for people names each miss', () => {
	const grade = {right: 1, total: 2, unsafe: 1, misses: [{case: 'a', expected: 'Degraded', got: 'Healthy'}], published: {others: '1 of 2'}};
	expect(gradeText('health', grade)).toBe(
		['health: 1 of 2 right (50.00 %), 1 unsafe', 'miss a', '  expected Degraded', '  got      Healthy', 'others: 1 of 2'].join('\n'),
	);
});
