import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {actionsSet} from './actions-set.ts';

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/actions');

// The acceptance data are not part of the project; where they are absent this counts as skipped.
test.runIf(existsSync(folder))('makes 99 of 100 of the changes of Rollouts that others wrote down', async () => {
	const {right, total} = await actionsSet(folder);
	expect(total).toBeGreaterThan(0);
	expect(right / total).toBeGreaterThanOrEqual(0.99);
});
