import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {setFolder} from './case-files.ts';
import {gradeReport, gradeText} from './grade-text.ts';
import {healthSet} from './health/health-set.ts';

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
