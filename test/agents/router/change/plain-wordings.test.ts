import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

test.each([
	['shift the tide-report cron to 6:45am', 'CronJob quay/tide-report: replace /spec/schedule "45 6 * * 1"'],
	['make the readiness probe of ferry fail only after 8 misses', 'Deployment quay/ferry: add …/0/readinessProbe/failureThreshold 8'],
	['rip the readiness probe out of ferry', 'Deployment quay/ferry: remove …/0/readinessProbe'],
	[
		'give ferry a request of one full core and 700Mi',
		'Deployment quay/ferry: replace …/0/resources/requests/cpu "1", replace …/0/resources/requests/memory "700Mi"',
	],
	['data-ledger-0 could use another 5Gi', 'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "25Gi"'],
	['let tide-report run again', 'CronJob quay/tide-report: add /spec/suspend false'],
	['take ferry two releases back', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:2.9.4"'],
])('a number is read with its unit, and a verb as people say it: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['dial ferry up to 5', 'ferry', 5],
	['knock ferry down to two', 'ferry', 2],
	['ramp ferry up by two', 'ferry', 5],
	['park dock-blue at zero', 'dock-blue', 0],
	['wake dock-green up with 4 pods', 'dock-green', 4],
])('replicas are dialled, knocked, ramped and parked: %s', async (request, name, replicas) => {
	expect(await changesOf(request)).toEqual([
		`workload_scale ${JSON.stringify({workload: `deployment/${name}`, replicas, namespace: 'quay'})}`,
	]);
});

test.each([
	['tag the ferry deployment owner=lea', 'Deployment quay/ferry: add /metadata/labels/owner "lea"'],
	['flag crane-1 as pool=spot', 'Node crane-1: add /metadata/labels/pool "spot"'],
	['the old label on crane-1 can go', 'Node crane-1: remove /metadata/labels/old'],
])('a pair that an object is tagged with is a label: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});
