import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {rbacSet} from './rbac-set.ts';

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/security/rbac-cover');

// The acceptance data are not part of the project; where they are absent this counts as skipped.
test.runIf(existsSync(folder))('tells of each case that others wrote whether it is covered, and exactly what is missing', () => {
	const {right, total, misses} = rbacSet(folder);
	expect(misses).toEqual([]);
	expect(right).toBe(total);
	expect(total).toBeGreaterThan(0);
});
