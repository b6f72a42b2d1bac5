import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {canarySet} from './canary/canary-set.ts';
import {replicasSet} from './replicas/replicas-set.ts';

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../shared'), 'data/canary');

test.skipIf(!existsSync(folder)).each([
	['canary', canarySet],
	['replicas', replicasSet],
] as const)('answers every case of the set %s as its writers expect', (_name, set) => {
	const grade = set(folder);
	expect(grade.misses).toEqual([]);
	expect(grade.total).toBeGreaterThan(0);
});
