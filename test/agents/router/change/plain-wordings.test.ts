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
	["wake tide-report up, it's suspended", 'CronJob quay/tide-report: add /spec/suspend false'],
	['un-suspend tide-report', 'CronJob quay/tide-report: add /spec/suspend false'],
	[
		'ferry needs a liveness check over TCP 8080 at 20-second intervals',
		'Deployment quay/ferry: add …/0/livenessProbe {"tcpSocket":{"port":8080},"periodSeconds":20}',
	],
	['take ferry two releases back', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:2.9.4"'],
])('a number is read with its unit, and a verb as people say it: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['dial ferry up to 5', 'ferry', 5],
	['knock ferry down to two', 'ferry', 2],
	['ramp ferry up by two', 'ferry', 5],
	['scale ferry back to two, the rush is over', 'ferry', 2],
	['park dock-blue at zero', 'dock-blue', 0],
	['wake dock-green up with 4 pods', 'dock-green', 4],
	['ledger to four members', 'ledger', 4],
	['ferry has more pods than anybody needs. Take one off.', 'ferry', 2],
	['can ferry get 5?', 'ferry', 5],
	['any chance ferry gets another pod?', 'ferry', 4],
	['ferry +2', 'ferry', 5],
	['ferry -1', 'ferry', 2],
	['ferry: 3 -> 6', 'ferry', 6],
	['one pod will do for dock-blue', 'dock-blue', 1],
	['fog is coming, so ferry at six replicas', 'ferry', 6],
	['ferry from three to five, it is 7:45 and the rush starts at 8', 'ferry', 5],
	['ferry should have as many pods as dock-blue', 'ferry', 4],
	['park dock-green at 0 until the crane is back', 'dock-green', 0],
	['the regatta begins, so ferry should go to 200% of what it has', 'ferry', 6],
	['take dock-blue down to half of what runs now', 'dock-blue', 2],
	["let's have a third ledger instance running", 'ledger', 3],
	['dock-blue: one pod fewer', 'dock-blue', 3],
	['dock-blue는 절반 수준으로 낮춰줘', 'dock-blue', 2],
	['ferry를 3분의 2 수준으로 줄여줘', 'ferry', 2],
	["after yesterday's storm we'd like twice as many ferry pods as we have", 'ferry', 6],
	['The gates open at six and ferry gets swamped by tourists, so have five of them running', 'ferry', 5],
	['ferry 수를 dock-blue랑 똑같이 맞춰줘', 'ferry', 4],
	['side=green 라벨 붙은 디플로이먼트를 3개로', 'dock-green', 3],
])('replicas are dialled, knocked, ramped and parked: %s', async (request, name, replicas) => {
	expect(await changesOf(request)).toEqual([
		`workload_scale ${JSON.stringify({workload: `${name === 'ledger' ? 'statefulset' : 'deployment'}/${name}`, replicas, namespace: 'quay'})}`,
	]);
});

test.each([
	['tag the ferry deployment owner=lea', 'Deployment quay/ferry: add /metadata/labels/owner "lea"'],
	['flag crane-1 as pool=spot', 'Node crane-1: add /metadata/labels/pool "spot"'],
	['the old label on crane-1 can go', 'Node crane-1: remove /metadata/labels/old'],
])('a pair that an object is tagged with is a label: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

const winch = (value: string) => `configmap_update ${JSON.stringify({name: 'winch-config', namespace: 'drydock', values: [value]})}`;

test.each([
	['raise PULL_SECONDS in winch-config to 2 minutes', winch('PULL_SECONDS=120')],
	['set REST of winch-config to 45 minutes', winch('REST=45m')],
	['winch-config의 REST를 20분으로', winch('REST=20m')],
	['winch-config의 REST 90초로', winch('REST=90s')],
	['set SPAN in winch-config to 30', winch('SPAN=30')],
	['set the env PULL_MS of ferry to 4 seconds', 'Deployment quay/ferry: add …/0/env/- {"name":"PULL_MS","value":"4000"}'],
	['ferry should use slow as its MODE', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
])('a value is written in the unit that the setting counts in: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['set SPAN in winch-config to 3 hours', 'In which unit does SPAN count? It is 20 now'],
	['set the env REST of ferry to 4 seconds', 'In which unit does REST count? It has no value yet'],
])('where no unit is known it is asked: %s', async (request, text) => {
	expect(await changesOf(request)).toEqual([expect.stringContaining(text)]);
});

const fogHorn = (value: string) => `Deployment quay/lights: replace …/0/env/0 ${JSON.stringify({name: 'FOG_HORN', value})}`;

test.each([
	['switch night_watch on', winch('night_watch=on')],
	['turn the night watch on', winch('night_watch=on')],
	['winch-config에서 night_watch 켜줘', winch('night_watch=on')],
	['turn beacon on in drydock', winch('beacon=yes')],
	['turn FOG_HORN off for lights', fogHorn('False')],
	['lights의 FOG_HORN 꺼줘', fogHorn('False')],
])('a switch is turned in the words that stand there: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test('a switch that two settings have is asked about', async () => {
	expect(await changesOf('switch beacon on')).toEqual([expect.stringContaining('Several settings have that name')]);
});

test.each([
	['ferry keeps dying at 300Mi, let it have a memory limit of 3Gi', 'Deployment quay/ferry: replace …/0/resources/limits/memory "3Gi"'],
	['ferry was killed at 1Gi again - raise its memory limit to 2Gi', 'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"'],
	[
		'ferry is flaky with that build, put the last version back',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.0.0"',
	],
])('a complaint before an order is no order, and no number of it is a wish: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['dock-blue, dock-green and ferry to 5, 3 and 4', [5, 3, 4]],
	['dock-blue/dock-green/ferry → 5/3/4', [5, 3, 4]],
	['dock-blue, dock-green, ferry를 각각 5, 3, 4개로', [5, 3, 4]],
])('each of a list gets its own number: %s', async (request, replicas) => {
	const names = ['dock-blue', 'dock-green', 'ferry'];
	expect(await changesOf(request)).toEqual(
		names.map(
			(name, at) => `workload_scale ${JSON.stringify({workload: `deployment/${name}`, replicas: replicas[at], namespace: 'quay'})}`,
		),
	);
});
