import {expect, test} from 'vitest';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {refText} from '../../../src/core/kube/kube-object.ts';
import {hardenedSurroundings, hardenedWorkloads} from './rows/hardened.ts';

const verdicts = runChecks(allChecks, worldOf([...hardenedWorkloads, ...hardenedSurroundings]), {unread: new Map()});
const failures = verdicts.flatMap(verdict =>
	verdict.status === 'fail'
		? [{of: refText(verdict.resource), check: verdict.check, evidence: verdict.faults.map(({evidence}) => evidence)}]
		: [],
);

test('there are hardened workloads of many kinds', () => {
	expect(hardenedWorkloads.length).toBeGreaterThanOrEqual(20);
	expect(new Set(hardenedWorkloads.map(({kind}) => kind)).size).toBeGreaterThanOrEqual(6);
});

test.each(hardenedWorkloads.map(object => refText({...object, namespace: object.metadata.namespace, name: object.metadata.name})))(
	'%s yields nothing above low',
	name => {
		expect(
			failures
				.filter(({of, check}) => of === name && check.severity !== 'low')
				.map(({check, evidence}) => `${check.id}: ${evidence.join('; ')}`),
		).toEqual([]);
	},
);

test('nor does what is around them', () => {
	expect(failures.filter(({check}) => check.severity !== 'low').map(({of, check}) => `${check.id} ${of}`)).toEqual([]);
});

/** Demands that some of them do not meet, and why that is no fault of theirs. */
test('a hardened Deployment fails few checks at all', () => {
	expect(failures.filter(({of}) => of === 'Deployment shop/web').map(({check}) => check.id)).toEqual(['selinux-options-unset']);
});
