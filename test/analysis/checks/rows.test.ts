import {expect, test} from 'vitest';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {mended} from './rows/mended.ts';
import {otherRows} from './rows/other-rows.ts';
import {cronJob, pathsFound} from './rows/row.ts';
import {workloadRows} from './rows/workload-rows.ts';

const rows = [...workloadRows, ...otherRows];

test.each(rows.map(row => [`${row.check}: ${row.of}`, row] as const))('%s', (_, row) => {
	expect(pathsFound(row)).toEqual(row.paths);
});

const families = new Set(['workload', 'image', 'secret', 'availability']);
const judged = allChecks.filter(({id, family}) => families.has(family) && id !== 'cron-job');

test.each(judged.map(({id}) => id))('%s is seen to fail and to pass', id => {
	const paths = rows.filter(({check}) => check === id).map(row => row.paths);
	expect(paths.some(each => each !== 'n/a' && each.length > 0)).toBe(true);
	expect(paths.some(each => each === 'n/a' || each.length === 0)).toBe(true);
});

test('whether a CronJob should be there is left to people', () => {
	const check = allChecks.find(({id}) => id === 'cron-job');
	expect(runChecks(check === undefined ? [] : [check], worldOf([cronJob({})]), {unread: new Map()})).toMatchObject([
		{status: 'not-checked', resource: {name: 'nightly'}, why: expect.stringContaining('0 3 * * *')},
	]);
});

test('no evidence names the value of a secret', () => {
	const found = rows
		.filter(({check}) => check.startsWith('secret-in'))
		.flatMap(({check: id, objects}) =>
			runChecks(
				allChecks.filter(check => check.id === id),
				worldOf(objects),
				{unread: new Map()},
			),
		);
	const said = JSON.stringify(found.flatMap(verdict => (verdict.status === 'fail' ? verdict.faults : [])));
	expect(said).toContain('DB_PASSWORD');
	expect(said).not.toMatch(/hunter2|AKIA|ghp_|PRIVATE KEY/);
});

test('what is wrong with an ephemeral container has no mend', () => {
	const found = rows
		.filter(({objects}) => JSON.stringify(objects).includes('ephemeralContainers'))
		.flatMap(({check: id, objects}) =>
			runChecks(
				allChecks.filter(check => check.id === id),
				worldOf(objects),
				{unread: new Map()},
			),
		);
	const faults = found.flatMap(verdict => (verdict.status === 'fail' ? verdict.faults : []));
	const ofEphemeral = faults.filter(({paths}) => paths.some(path => path.includes('ephemeralContainers')));
	expect(ofEphemeral.length).toBeGreaterThan(2);
	expect(ofEphemeral.flatMap(({mends}) => mends)).toEqual([]);
});

const mendable = rows.flatMap(row => {
	const check = allChecks.find(({id}) => id === row.check);
	if (check === undefined) return [];
	const settings = row.settings === undefined ? {} : {[check.id]: row.settings};
	const verdicts = (objects: readonly KubeObject[]) => runChecks([check], worldOf(objects), {unread: new Map(), settings});
	const faults = verdicts(row.objects).flatMap(verdict => (verdict.status === 'fail' ? verdict.faults : []));
	const [first, ...others] = row.objects;
	const after = first === undefined ? undefined : mended(first, faults);
	return after === undefined
		? []
		: [{title: `${row.check}: ${row.of}`, statuses: () => verdicts([after, ...others]).map(({status}) => status)}];
});

test('many faults are mended without asking', () => expect(mendable.length).toBeGreaterThan(60));

test.each(mendable)('what mends $title passes', ({statuses}) => {
	expect(statuses()).not.toContain('fail');
});
