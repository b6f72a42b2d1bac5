import {expect, test} from 'vitest';
import {changesOf} from '../../change/harbour.ts';

const scaled = (name: string, replicas: number) =>
	`workload_scale {"workload":"deployment/${name}","replicas":${replicas},"namespace":"quay"}`;

const restarted = (name: string) => `workload_restart {"workload":"deployment/${name}","namespace":"quay"}`;
const image = (tagged: string) => `Deployment quay/ferry: replace …/0/image "reg.example.org/port/${tagged}"`;

test.each([
	['If ferry runs fewer than 4 pods, take it to 4, otherwise leave it alone.', scaled('ferry', 4)],
	['Should lights have less than 2 replicas, scale it to 2.', scaled('lights', 2)],
	[
		'Check whether ferry has a memory limit below 2Gi. If so, bring it up to 2Gi.',
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
	],
	[
		'See if lights runs with fewer than 2 replicas; if it does, go to 2, and restart ferry either way.',
		scaled('lights', 2),
		restarted('ferry'),
	],
	[
		'Look up which version ferry is on. Should it still be 3.1.0, take it to 3.1.1; in either case restart lights.',
		image('ferry:3.1.1'),
		restarted('lights'),
	],
	['lights, with fewer than 2 replicas: raise it to 2', scaled('lights', 2)],
	['With less than four pods of ferry, scale it to 4', scaled('ferry', 4)],
	[
		"Check ferry's memory limit. If it is under 2Gi, raise it to 2Gi; and restart lights in any case.",
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
		restarted('lights'),
	],
	['restart ferry in any case; and if lights has less than 2 replicas, make it 2', restarted('ferry'), scaled('lights', 2)],
	['Check ferry: with less than 2 replicas, raise it to 2.', 'answer'],
	['Is lights down? If so, take it to 2.', scaled('lights', 2)],
	['If lights has 1 replica, make it 3. In any case restart ferry.', scaled('lights', 3), restarted('ferry')],
	['lights 레플리카가 2개보다 적으면 2개로 늘리고, 어쨌든 ferry는 재시작해줘', scaled('lights', 2), restarted('ferry')],
	['if ferry runs three pods make it five, if it does not then do not touch it', scaled('ferry', 5)],
	['If lights has 1 replica take dock-green to 3, else ferry to 4', scaled('dock-green', 3)],
	['If lights has 2 replicas take dock-green to 3, else ferry to 4', scaled('ferry', 4)],
	['Scale ferry to 5 unless it already has 5 or more replicas.', scaled('ferry', 5)],
	[
		'If ferry runs 3 pods, scale it to 4, and if dock-blue runs more than 3, bring it down to 3.',
		scaled('ferry', 4),
		scaled('dock-blue', 3),
	],
	[
		'In case dock-green has no readiness probe, add one: GET /up on 7000.',
		'Deployment quay/dock-green: add …/0/readinessProbe {"httpGet":{"path":"/up","port":7000}}',
	],
	['restart ferry if it is on 3.1.0', 'workload_restart {"workload":"deployment/ferry","namespace":"quay"}'],
	['if ferry has no label tier yet, give it the label tier=front', 'Deployment quay/ferry: add /metadata/labels/tier "front"'],
	[
		'In winch-config: if PULL_SECONDS is below 60, make it 60, otherwise nothing',
		'configmap_update {"name":"winch-config","namespace":"drydock","values":["PULL_SECONDS=60"]}',
	],
	['ferry 레플리카가 4개 미만이면 4개로, 아니면 그냥 둬', scaled('ferry', 4)],
	['lights가 파드 1개로 돌고 있으면 2개로 늘리고, 이미 2개 이상이면 그냥 놔둬', scaled('lights', 2)],
	['ferry가 5개보다 적게 설정돼 있으면 5개로 올려주고, 아니면 놔두세요.', scaled('ferry', 5)],
	['ferry 메모리 limit이 2Gi보다 작으면 2Gi로 맞춰줘', 'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"'],
	[
		'dock-green에 readiness 프로브가 없으면 GET /up 7000 포트로 추가해줘',
		'Deployment quay/dock-green: add …/0/readinessProbe {"httpGet":{"path":"/up","port":7000}}',
	],
])('an order whose condition holds of what is live: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	'If ferry runs fewer than 3 pods, take it to 3, else leave it and tell me the number.',
	'Check whether tide-report is suspended; if it is suspended, resume it.',
	'Scale ferry to 2 unless it has 3 replicas.',
	'tide-report가 멈춰 있으면 다시 켜줘',
	'ferry 레플리카가 3개보다 적으면 3개로 맞춰주고, 지금 몇 개인지도 알려줘',
])('nothing is changed where it does not hold: %s', async request => {
	expect(await changesOf(request)).toEqual(['answer']);
});

test.each([
	'If the sea of ferry is below 3, scale it to 3',
	'When the regatta is over take ferry to 2',
	'If ferry has 3 replicas and the wind is calm, scale it to 5',
])('a condition of which a part is not read is asked about: %s', async request => {
	expect((await changesOf(request)).join()).toMatch(/question/);
});
