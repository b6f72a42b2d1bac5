import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {alertsSet} from '../grade/alerts/alerts-set.ts';

// The acceptance data are not part of the project; where they are absent this counts as skipped. Of the cluster's programs it needs promtool alone.
const shared = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../shared'), 'data/monitoring/alert-rules');
test.runIf(existsSync(shared))(
	'the catalogue fires and stays quiet in every check that others wrote',
	() => {
		const {misses, total} = alertsSet(shared);
		expect(misses).toEqual([]);
		expect(total).toBeGreaterThan(0);
	},
	600_000,
);
