import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {polarisSet} from './polaris-set.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mkcoa-polaris-'));
	mkdirSync(join(folder, 'cases'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const autoscaler = (min: number) =>
	`apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {minReplicas: ${min}, maxReplicas: 9}\n`;
const write = (name: string, content: unknown) =>
	writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

test('a verdict is right where our check says the same, and not to apply is no success', async () => {
	write('cases/one.yaml', autoscaler(1));
	write('cases/two.yaml', autoscaler(2));
	write('cases/none.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n');
	const row = (file: string, verdict: string, check = 'hpaMinAvailability') => ({check, verdict, file: `cases/${file}.yaml`});
	write('index.json', [
		row('one', 'failure'),
		row('two', 'success'),
		row('none', 'success'),
		row('two', 'failure'),
		row('two', 'success', 'x'),
	]);
	const grade = await polarisSet(folder);
	expect(grade).toMatchObject({right: 2, total: 5, unsafe: 1});
	expect(grade.misses.map(({got}) => got)).toEqual(['not applicable', 'success', 'no check stands for x']);
});

test('a fix is our mends, with the values of theirs where a person decides', async () => {
	write('cases/one.yaml', autoscaler(1));
	write('cases/three.yaml', autoscaler(3));
	write('index.json', []);
	write('checks.json', [{check: 'hpaMinAvailability', fix: [{op: 'add', path: '/spec/minReplicas', value: 3}]}]);
	write('fixes.json', [{check: 'hpaMinAvailability', input: 'cases/one.yaml', expected: 'cases/three.yaml'}]);
	expect(await polarisSet(folder)).toMatchObject({right: 1, total: 1});
	write('fixes.json', [{check: 'hpaMinAvailability', input: 'cases/three.yaml', expected: 'cases/one.yaml'}]);
	expect(await polarisSet(folder)).toMatchObject({right: 0, total: 1});
});
