import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

/** Orders whose value stands beside another one, in brackets, or in what is told. */
const rows: readonly (readonly [request: string, ...calls: string[]])[] = [
	[
		'on ferry set MODE to slow and DEPTH=12',
		'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}, add …/0/env/- {"name":"DEPTH","value":"12"}',
	],
	[
		'ferry 환경변수 두 개: TRACE는 0으로, DEPTH=12는 새로',
		'Deployment quay/ferry: replace …/0/env/1 {"name":"TRACE","value":"0"}, add …/0/env/- {"name":"DEPTH","value":"12"}',
	],
	['add DEPTH=12 to ferry, MODE stays', 'Deployment quay/ferry: add …/0/env/- {"name":"DEPTH","value":"12"}'],
	[
		'ferry gets a variable PACE, taken from key greeting of config map ferry-settings',
		'Deployment quay/ferry: add …/0/env/- {"name":"PACE","valueFrom":{"configMapKeyRef":{"name":"ferry-settings","key":"greeting"}}}',
	],
	[
		'ferry의 readiness 주기(periodSeconds)는 20초, 실패 임계값(failureThreshold)은 6으로 해줘',
		'Deployment quay/ferry: replace …/0/readinessProbe/periodSeconds 20, add …/0/readinessProbe/failureThreshold 6',
	],
	[
		'in lights the meter container (this one only) may use 96Mi of memory',
		'Deployment quay/lights: add …/1/resources {"limits":{"memory":"96Mi"}}',
	],
	[
		'ferry: tag 3.2.0, five replicas, and MODE=slow.',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0", replace …/0/env/0 {"name":"MODE","value":"slow"}',
		'workload_scale {"workload":"deployment/ferry","replicas":5,"namespace":"quay"}',
	],
	[
		'ship ferry 3.2.0 with 4 replicas',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
		'workload_scale {"workload":"deployment/ferry","replicas":4,"namespace":"quay"}',
	],
	[
		'ferry를 3.2.0으로 올리고 4개로, MODE=slow도',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0", replace …/0/env/0 {"name":"MODE","value":"slow"}',
		'workload_scale {"workload":"deployment/ferry","replicas":4,"namespace":"quay"}',
	],
	[
		'ferry는 5개로 늘린 다음 lights에는 owner=crew 라벨을 달아 주세요',
		'workload_scale {"workload":"deployment/ferry","replicas":5,"namespace":"quay"}',
		'Deployment quay/lights: add /metadata/labels/owner "crew"',
	],
	[
		'restart buoy; it also needs a memory limit of 1Gi',
		'workload_restart {"workload":"daemonset/buoy","namespace":"quay"}',
		'DaemonSet quay/buoy: add …/0/resources {"limits":{"memory":"1Gi"}}',
	],
	['drop TRACE and set MODE=slow on ferry', 'Deployment quay/ferry: remove …/0/env/1, replace …/0/env/0 {"name":"MODE","value":"slow"}'],
	['set DEPTH=12 and drop TRACE on ferry', 'Deployment quay/ferry: add …/0/env/- {"name":"DEPTH","value":"12"}, remove …/0/env/1'],
	[
		'ferry의 app 라벨은 boat로 바꾸고 tier는 deep으로',
		'Deployment quay/ferry: replace /metadata/labels/app "boat", add /metadata/labels/tier "deep"',
	],
	['ferry should wait 60 seconds before it is killed', 'Deployment quay/ferry: add /spec/template/spec/terminationGracePeriodSeconds 60'],
	[
		"raise the initial delay of ferry's readiness probe in quay to 30s",
		'Deployment quay/ferry: add …/0/readinessProbe/initialDelaySeconds 30',
	],
	[
		'in quay scale ferry to 4, lights to 2',
		'workload_scale {"workload":"deployment/ferry","replicas":4,"namespace":"quay"}',
		'workload_scale {"workload":"deployment/lights","replicas":2,"namespace":"quay"}',
	],
	[
		'ferry and buoy get memory limits of 2Gi and 1Gi',
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
		'DaemonSet quay/buoy: add …/0/resources {"limits":{"memory":"1Gi"}}',
	],
	[
		'If lights has fewer than 2 replicas make it 2, and if ferry has more than 2 make it 2',
		'workload_scale {"workload":"deployment/lights","replicas":2,"namespace":"quay"}',
		'workload_scale {"workload":"deployment/ferry","replicas":2,"namespace":"quay"}',
	],
	[
		"set ferry's memory limit to 2Gi and buoy's to 1Gi",
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
		'DaemonSet quay/buoy: add …/0/resources {"limits":{"memory":"1Gi"}}',
	],
	[
		'move ferry to 3.2.0 and buoy to v1.3.0',
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
		'DaemonSet quay/buoy: replace …/0/image "buoy:v1.3.0"',
	],
	[
		"ferry's MODE should be slow, buoy's FOGHORN loud",
		'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}',
		'DaemonSet quay/buoy: add …/0/env [{"name":"FOGHORN","value":"loud"}]',
	],
	['drop ferry to one', 'workload_scale {"workload":"deployment/ferry","replicas":1,"namespace":"quay"}'],
	['a single ferry is plenty at night, so drop it to 1', 'workload_scale {"workload":"deployment/ferry","replicas":1,"namespace":"quay"}'],
	['give ferry a fresh start', 'workload_restart {"workload":"deployment/ferry","namespace":"quay"}'],
	['ferry를 새로 시작해줘', 'workload_restart {"workload":"deployment/ferry","namespace":"quay"}'],
	[
		'ferry plus lights: restart the pair',
		'workload_restart {"workload":"deployment/ferry","namespace":"quay"}',
		'workload_restart {"workload":"deployment/lights","namespace":"quay"}',
	],
	['밤에 손님이 몰려서요, ferry를 5개로 맞춰 주세요', 'workload_scale {"workload":"deployment/ferry","replicas":5,"namespace":"quay"}'],
	[
		'could data-ledger-0 have 5Gi more than it has now',
		'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "25Gi"',
	],
	[
		'restart buoy and enlarge data-ledger-1 to 30Gi',
		'workload_restart {"workload":"daemonset/buoy","namespace":"quay"}',
		'PersistentVolumeClaim quay/data-ledger-1: replace /spec/resources/requests/storage "30Gi"',
	],
	['the buoys are old; take the buoy daemonset to buoy:v1.3.0', 'DaemonSet quay/buoy: replace …/0/image "buoy:v1.3.0"'],
	['the app label of ferry has to say boat', 'Deployment quay/ferry: replace /metadata/labels/app "boat"'],
	['set tier=deep on ferry itself, not on those of its pods', 'Deployment quay/ferry: add /metadata/labels/tier "deep"'],
	['ferry belongs to boats now: its app label has to say so', 'Deployment quay/ferry: replace /metadata/labels/app "boats"'],
];

test.each(rows)('%s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each(['set MODE to slow on ferry and to fast on lights', "ferry's MODE should be slow, buoy FOGHORN loud"])(
	'values that are not sure whose are asked about: %s',
	async request => {
		expect((await changesOf(request))[0]).toMatch(/^question/);
	},
);

test('an order that is told of a time waits, whatever is told of it', async () => {
	expect((await changesOf('밤에 ferry를 5개로 늘리고 싶은데 부탁해'))[0]).toMatch(/^question/);
});
