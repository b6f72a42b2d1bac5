import {describe, expect, test} from 'vitest';
import {changesOf, understood} from './harbour.ts';

type Rows = readonly (readonly [request: string, ...calls: string[]])[];

const families: readonly (readonly [family: string, rows: Rows])[] = [
	[
		'images',
		[
			['Bump ferry to 3.2.0', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"'],
			['please roll out version 3.2.0 of ferry', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"'],
			['move ferry from 3.1.0 to other.example.org/ferry:4', 'Deployment quay/ferry: replace …/0/image "other.example.org/ferry:4"'],
			['set the meter sidecar of lights to 0.4.0, leave the lamp alone', 'Deployment quay/lights: replace …/1/image "prom/meter:0.4.0"'],
			['upgrade lights to prom/meter:0.5.0', 'Deployment quay/lights: replace …/1/image "prom/meter:0.5.0"'],
			['radar in drydock should run 1.1.0', 'Deployment drydock/radar: replace …/0/image "radar:1.1.0"'],
			['buoy 데몬셋을 v1.3.0으로 올려줘', 'DaemonSet quay/buoy: replace …/0/image "buoy:v1.3.0"'],
			['ledger 이미지를 postgres:17.2로 교체해 주세요', 'StatefulSet quay/ledger: replace …/0/image "postgres:17.2"'],
			[
				'Both dock deployments should run 5.2.0',
				'Deployment quay/dock-blue: replace …/0/image "reg.example.org/port/dock:5.2.0"',
				'Deployment quay/dock-green: replace …/0/image "reg.example.org/port/dock:5.2.0"',
			],
		],
	],
	[
		'variables',
		[
			['Set MODE=slow on ferry', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
			['drop the env var TRACE from ferry', 'Deployment quay/ferry: remove …/0/env/1'],
			['ferry에 MODE=slow 넣고 재시작해줘', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
			['unset TRACE on ferry', 'Deployment quay/ferry: remove …/0/env/1'],
			['ferry의 MODE 값을 slow로 바꿔주세요', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
			[
				'ferry에 환경변수 A_B=1, C_D=2 추가해줘',
				'Deployment quay/ferry: add …/0/env/- {"name":"A_B","value":"1"}, add …/0/env/- {"name":"C_D","value":"2"}',
			],
			[
				'On ferry, WAVE_LIMIT should come from key WAVE_LIMIT of configmap ferry-settings',
				'Deployment quay/ferry: add …/0/env/- {"name":"WAVE_LIMIT","valueFrom":{"configMapKeyRef":{"name":"ferry-settings","key":"WAVE_LIMIT"}}}',
			],
			[
				'ferry의 API_TOKEN은 시크릿 harbour-keys의 token 키에서 가져오게 해줘',
				'Deployment quay/ferry: add …/0/env/- {"name":"API_TOKEN","valueFrom":{"secretKeyRef":{"name":"harbour-keys","key":"token"}}}',
			],
		],
	],
	[
		'resources',
		[
			["Raise ferry's memory limit to 2Gi", 'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"'],
			['double the cpu request of ferry; the limits stay', 'Deployment quay/ferry: replace …/0/resources/requests/cpu "400m"'],
			['add half a core to the cpu limit of ferry', 'Deployment quay/ferry: replace …/0/resources/limits/cpu "1500m"'],
			['ferry의 CPU 제한은 없애줘', 'Deployment quay/ferry: remove …/0/resources/limits/cpu'],
			['buoy should have a memory limit of 64Mi', 'DaemonSet quay/buoy: add …/0/resources {"limits":{"memory":"64Mi"}}'],
		],
	],
	[
		'probes',
		[
			[
				'Add a liveness probe to ledger: tcp 5432 every 20 seconds',
				'StatefulSet quay/ledger: add …/0/livenessProbe {"tcpSocket":{"port":5432},"periodSeconds":20}',
			],
			['readiness path of ferry from /up to /ready please', 'Deployment quay/ferry: replace …/0/readinessProbe/httpGet/path "/ready"'],
			['change the port of the ferry readiness probe to 8081', 'Deployment quay/ferry: replace …/0/readinessProbe/httpGet/port 8081'],
			['ferry readiness 주기를 5초로 줄여줘', 'Deployment quay/ferry: replace …/0/readinessProbe/periodSeconds 5'],
			['Take the readiness probe off ferry: remove it', 'Deployment quay/ferry: remove …/0/readinessProbe'],
		],
	],
	[
		'labels',
		[
			['Label node crane-1 with zone=south', 'Node crane-1: replace /metadata/labels/zone "south"'],
			['take the label old off crane-1', 'Node crane-1: remove /metadata/labels/old'],
			['quay 네임스페이스에 cost=12 라벨 붙여줘', 'Namespace quay: add /metadata/labels {"cost":"12"}'],
			['annotate service dock with a.example.org/b=c', 'Service quay/dock: add /metadata/annotations {"a.example.org/b":"c"}'],
		],
	],
	[
		'volumes',
		[
			[
				'data-ledger-0 is nearly full, make it 30Gi',
				'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "30Gi"',
			],
			[
				'ledger 볼륨을 50% 늘려줘',
				'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "30Gi"',
				'PersistentVolumeClaim quay/data-ledger-1: replace /spec/resources/requests/storage "30Gi"',
			],
		],
	],
	[
		'traffic',
		[
			['Send dock traffic to green', 'Service quay/dock: replace /spec/selector/side "green"'],
			['dock 서비스를 블루에서 그린으로 전환해줘', 'Service quay/dock: replace /spec/selector/side "green"'],
			[
				'Cut over dock to green, then scale blue down to 1',
				'Service quay/dock: replace /spec/selector/side "green"',
				'workload_scale {"workload":"deployment/dock-blue","replicas":1,"namespace":"quay"}',
			],
		],
	],
	[
		'restarts and rollbacks',
		[
			['bounce ferry', 'workload_restart {"workload":"deployment/ferry","namespace":"quay"}'],
			['can u restart the legder statefulset', 'workload_restart {"workload":"statefulset/ledger","namespace":"quay"}'],
			['Roll ferry back to the previous release', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.0.0"'],
			['3.1.0 of ferry misbehaves, undo that rollout', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.0.0"'],
			['ferry를 2.9.4 버전으로 되돌려주세요', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:2.9.4"'],
			['ferry 이전 버전으로 돌려놔', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.0.0"'],
			['ferry: go back to revision 1', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:2.9.4"'],
		],
	],
	[
		'settings',
		[
			['Let ferry autoscale up to 9', 'HorizontalPodAutoscaler quay/ferry: replace /spec/maxReplicas 9'],
			[
				'ferry 오토스케일러를 최소 2개, 최대 8개로',
				'HorizontalPodAutoscaler quay/ferry: replace /spec/minReplicas 2, replace /spec/maxReplicas 8',
			],
			['Suspend the tide-report cron job', 'CronJob quay/tide-report: add /spec/suspend true'],
			['tide-report should run at 6:30 instead', 'CronJob quay/tide-report: replace /spec/schedule "30 6 * * 1"'],
			['run tide-report every 20 minutes', 'CronJob quay/tide-report: replace /spec/schedule "*/20 * * * *"'],
			['tide-report를 평일 새벽 3시 반에 돌게 바꿔줘', 'CronJob quay/tide-report: replace /spec/schedule "30 3 * * 1-5"'],
			['tide-report should run every day', 'CronJob quay/tide-report: replace /spec/schedule "10 5 * * *"'],
			['set the schedule of tide-report to 0 4 1 * *', 'CronJob quay/tide-report: replace /spec/schedule "0 4 1 * *"'],
			['set WAVE_LIMIT in ferry-settings to 5', 'configmap_update {"name":"ferry-settings","namespace":"quay","values":["WAVE_LIMIT=5"]}'],
			[
				'remove the key greeting from ferry-settings',
				'configmap_update {"name":"ferry-settings","namespace":"quay","remove":["greeting"]}',
			],
			['quay-quota의 파드 수 제한을 40으로 올려주세요', 'ResourceQuota quay/quay-quota: replace /spec/hard/pods "40"'],
			[
				'set the termination grace period of ledger to 90 seconds',
				'StatefulSet quay/ledger: add /spec/template/spec/terminationGracePeriodSeconds 90',
			],
			[
				'set maxUnavailable of the ledger pdb to 1',
				'PodDisruptionBudget quay/ledger: remove /spec/minAvailable, add /spec/maxUnavailable 1',
			],
			['change the dock service to ClusterIP', 'Service quay/dock: replace /spec/type "ClusterIP"'],
		],
	],
	[
		'several at once',
		[
			[
				'Set ferry to 4 replicas and its memory limit to 2Gi',
				'workload_scale {"workload":"deployment/ferry","replicas":4,"namespace":"quay"}',
				'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
			],
			[
				'bump lamp of lights to 1.1.0 and its meter to 0.4.0',
				'Deployment quay/lights: replace …/0/image "lamp:1.1.0", replace …/1/image "prom/meter:0.4.0"',
			],
			[
				'Unset MODE on ferry. Then set TRACE=2 on ferry.',
				'Deployment quay/ferry: remove …/0/env/0, replace …/0/env/0 {"name":"TRACE","value":"2"}',
			],
			[
				'Label ingress gate with a=1. Label ingress gate with b=2.',
				'Ingress quay/gate: add /metadata/labels {"a":"1"}, add /metadata/labels/b "2"',
			],
			["set MODE=slow on ferry, but don't restart it", 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"slow"}'],
		],
	],
];

describe.each(families)('%s', (_, rows) => {
	test.each(rows.map(([request, ...calls]) => ({request, calls})))('$request', async ({request, calls}) => {
		expect(await changesOf(request)).toEqual(calls);
	});
});

test('adds a path to an Ingress and keeps the others', async () => {
	const [line] = await changesOf('Add the path /tickets (service ferry, port 80) to the gate ingress');
	expect(line).toContain('Ingress quay/gate: replace /spec/rules');
	expect(line).toContain('"path":"/","pathType":"Prefix","backend":{"service":{"name":"dock","port":{"number":80}}}');
	expect(line).toContain('"path":"/tickets","pathType":"Prefix","backend":{"service":{"name":"ferry","port":{"number":80}}}');
});

test.each([
	['canary ferry 3.2.0 at 25, 50, 100 percent', '25,50,100'],
	['roll out ferry 3.2.0 gradually: 10%, 50% and then 100%', '10,50,100'],
	['canary ferry with image reg.example.org/port/ferry:3.2.0 in steps 25,50,100', '25,50,100'],
	['ferry를 3.2.0으로 25%, 50%, 100% 카나리 배포해줘', '25,50,100'],
])('brings a new version out in judged steps: %s', async (request, steps) => {
	const [line = '', ...others] = await changesOf(request);
	expect(others).toEqual([]);
	expect(line).toContain('deployment_canary ');
	expect(JSON.parse(line.replace('deployment_canary ', ''))).toEqual({
		name: 'ferry',
		namespace: 'quay',
		image: 'ferry=reg.example.org/port/ferry:3.2.0',
		steps,
	});
});

test('a container that is said to stay is not the one of the canary', async () => {
	const [line = ''] = await changesOf(
		'Deploy lights 1.1.0 as lights-canary next to the existing pods for a fifth of the traffic, and the old version stays there, and so does the meter.',
	);
	expect(line).toBe('question: Which container of lights: lamp, meter?');
});

test('a canary without a share offers both kinds, and each is understood', async () => {
	const [asked] = await understood('canary ferry 3.2.0');
	const choices = asked?.kind === 'question' ? asked.choices : [];
	const plans = await Promise.all(choices.map(({request}) => changesOf(request)));
	expect(plans.map(([line = '']) => line.split(' ')[0])).toEqual(['deployment_canary', 'resource_apply']);
});

test.each([
	['abort the canary of ferry', 'deployment_abort'],
	['promote ferry', 'deployment_promote'],
	['please pause the rollout of ferry', 'deployment_pause'],
	['resume the canary of ferry', 'deployment_resume'],
	['ferry 카나리 중단해줘', 'deployment_abort'],
	['ferry 롤아웃 일시 중지해줘', 'deployment_pause'],
	['ferry 롤아웃 재개해줘', 'deployment_resume'],
])('does with a rollout that goes on what is said: %s', async (request, tool) => {
	expect(await changesOf(request)).toEqual([`${tool} {"name":"ferry","namespace":"quay"}`]);
});

test.each(['stop ferry', 'pause ferry', 'should I abort the canary of ferry?', "don't promote ferry"])(
	'%s is no such order',
	async request => {
		expect((await changesOf(request)).join()).not.toMatch(/deployment_/);
	},
);

test('judges each step as long as was said', async () => {
	const [line = ''] = await changesOf('canary ferry 3.2.0 at 25, 50, 100 percent, each for 30 seconds');
	expect(line).toContain('"interval":"30s"');
});

test.each([
	['canary ferry 3.2.0 with a quarter of the traffic', 'ferry-canary', 1],
	['let a seventh of the ferry traffic hit 3.2.0 through a canary deployment named ferry-next', 'ferry-next', 1],
	['we want an even split between ferry 3.1.0 and 3.2.0, the new one is a canary called ferry-v2', 'ferry-v2', 3],
	['deployment ferry-next with ferry 3.2.0 behind service ferry, share 40%, the existing three pods remain', 'ferry-next', 2],
	['ferry 3.2.0 카나리를 ferry-trial-canary 디플로이먼트로 띄워서 절반만 받게 해줘', 'ferry-trial-canary', 3],
	['40% of the ferry requests go to 3.2.0. That is a deployment ferry-next beside the three pods of today, which stay.', 'ferry-next', 2],
	['ferry 3.2.0을 ferry-two라는 별도 디플로이먼트로 옆에 띄우고 트래픽의 4분의 1을 보내자. 지금 파드는 건드리지 말고', 'ferry-two', 1],
	['run ferry 3.2.0 on two extra pods next to the three, name it ferry-extra', 'ferry-extra', 2],
	['every fourth request to ferry should reach 3.2.0, from a deployment of its own', 'ferry-canary', 1],
	['service ferry stays; try 3.2.0 next to 3.1.0 behind that service for a quarter of the users', 'ferry-canary', 1],
])('puts a canary beside the stable pods: %s', async (request, name, replicas) => {
	const [line = ''] = await changesOf(request);
	const {manifest, namespace} = JSON.parse(line.replace('resource_apply ', ''));
	expect(namespace).toBe('quay');
	expect(JSON.parse(manifest)).toMatchObject({
		metadata: {name},
		spec: {
			replicas,
			selector: {matchLabels: {app: 'ferry', 'mkcoa.dev/track': 'canary'}},
			template: {
				metadata: {labels: {app: 'ferry'}},
				spec: {containers: [{image: 'reg.example.org/port/ferry:3.2.0', env: [{name: 'MODE'}, {name: 'TRACE'}]}]},
			},
		},
	});
});
