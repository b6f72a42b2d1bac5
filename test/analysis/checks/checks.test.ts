import {expect, test} from 'vitest';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {families} from '../../../src/analysis/checks/check.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';

test('ids are unique and kebab-case', () => {
	const ids = allChecks.map(({id}) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.filter(id => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test.each(allChecks.map(check => [check.id, check] as const))('%s says what it demands and why, and reads something', (_, check) => {
	expect(families).toContain(check.family);
	expect(check.title).toMatch(/^\S.{8,90}[^.]$/);
	expect(check.why).toMatch(/^\S.{20,300}\.$/);
	expect(check.reads.length).toBeGreaterThan(0);
});

test.each(allChecks.map(check => [check.id, check] as const))('%s does not apply to an empty cluster', (_, check) => {
	expect(runChecks([check], worldOf([]), {unread: new Map()})).toEqual([{check, status: 'not-applicable'}]);
});

test.each(allChecks.map(check => [check.id, check] as const))('%s is not checked where nobody could read', (_, check) => {
	const unread = new Map(check.reads.map(kind => [kind, 'forbidden']));
	expect(runChecks([check], worldOf([]), {unread})).toMatchObject([{status: 'not-checked'}]);
});
