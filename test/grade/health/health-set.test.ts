import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {healthSet} from './health-set.ts';

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/health');

// The acceptance data are not part of the project; where they are absent this counts as skipped.
test.runIf(existsSync(folder))('reads 99 of 100 of the cases that others wrote, and calls nothing bad healthy', async () => {
	const {right, total, unsafe} = await healthSet(folder);
	expect(right / total).toBeGreaterThanOrEqual(0.99);
	expect(unsafe).toBe(0);
});
