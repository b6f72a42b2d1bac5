import {expect, test} from 'vitest';
import {steppedTag, versionStep} from '../../../../src/agents/router/change/image/version-step.ts';
import {changesOf} from './harbour.ts';

const image = (name: string, to: string) => `Deployment ${name}: replace …/0/image "${to}"`;
const ferry = (version: string) => image('quay/ferry', `reg.example.org/port/ferry:${version}`);

test.each([
	['ferry goes to 3.2.0 today', ferry('3.2.0')],
	['The auditors want ferry 3.2.0', ferry('3.2.0')],
	['ferry runs 3.1.0; we want 3.2.0', ferry('3.2.0')],
	['ferry one patch up please', ferry('3.1.1')],
	['ferry 마이너 버전 하나 올려줘', ferry('3.2.0')],
	['let ferry pull mirror.example.net/port/ferry instead', image('quay/ferry', 'mirror.example.net/port/ferry:3.1.0')],
	['give dock-blue what dock-green runs', image('quay/dock-blue', 'reg.example.org/port/dock:5.1.0')],
	['drydock에서 도는 radar 버전을 quay 쪽에도 적용해줘', image('quay/radar', 'radar:1.0.0')],
	['ferry: undo', ferry('3.0.0')],
	[
		"I'd like to see dock-green at 5 replicas. Blue can stay where it is.",
		'workload_scale {"workload":"deployment/dock-green","replicas":5,"namespace":"quay"}',
	],

	['ferry: previous version please', ferry('3.0.0')],
	['ferry 3.1.0 lost its bell. Take it back one revision.', ferry('3.0.0')],
	['ferry → revision 1', ferry('2.9.4')],
	['ferry 두 단계 전으로 돌려주세요', ferry('2.9.4')],
])('a version is told in many ways: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['dock: blue → green', 'Service quay/dock: replace /spec/selector/side "green"'],
	['flip the dock service to the other colour', 'Service quay/dock: replace /spec/selector/side "green"'],
	['the dock service serves from the green pods from now on', 'Service quay/dock: replace /spec/selector/side "green"'],
	['dock 5.1.0 is fine, make it the live one behind the dock service', 'Service quay/dock: replace /spec/selector/side "green"'],
	['green has to take over behind the dock service', 'Service quay/dock: replace /spec/selector/side "green"'],
	[
		'QA signed off on 5.1.0, so the dock service should use the green pods from now on.',
		'Service quay/dock: replace /spec/selector/side "green"',
	],
	['green becomes production for dock', 'Service quay/dock: replace /spec/selector/side "green"'],
	['the dock service is to serve green instead of blue', 'Service quay/dock: replace /spec/selector/side "green"'],
	['clients of dock should land on the green version', 'Service quay/dock: replace /spec/selector/side "green"'],
	['dock 서비스 뒤를 green으로 교체', 'Service quay/dock: replace /spec/selector/side "green"'],
	['dock를 그린으로 컷오버해주세요', 'Service quay/dock: replace /spec/selector/side "green"'],
	['dock 셀렉터에서 side만 green으로 고쳐줘', 'Service quay/dock: replace /spec/selector/side "green"'],
	[
		'dock-green to 6 replicas first; afterwards the dock service can select green.',
		'workload_scale {"workload":"deployment/dock-green","replicas":6,"namespace":"quay"}',
		'Service quay/dock: replace /spec/selector/side "green"',
	],
	[
		'dock-green 6개로 올리고 바로 dock 서비스를 green으로 보내주세요',
		'workload_scale {"workload":"deployment/dock-green","replicas":6,"namespace":"quay"}',
		'Service quay/dock: replace /spec/selector/side "green"',
	],
	[
		'dock를 그린으로 넘기고 dock-blue는 0개로',
		'Service quay/dock: replace /spec/selector/side "green"',
		'workload_scale {"workload":"deployment/dock-blue","replicas":0,"namespace":"quay"}',
	],
	['dock 서비스를 5.1.0 쪽으로 붙여줘', 'Service quay/dock: replace /spec/selector/side "green"'],
	['take the side out of the selector of service dock', 'Service quay/dock: remove /spec/selector/side'],
	['service dock shall show both colours', 'Service quay/dock: remove /spec/selector/side'],
])('traffic moves between sides: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each(['port.example.org should be answered by the ferry service rather than dock', 'gate 인그레스는 dock 말고 ferry 서비스로 보내줘'])(
	'a path that is there leads elsewhere: %s',
	async request => {
		const [line = '', ...others] = await changesOf(request);
		expect(others).toEqual([]);
		expect(line).toMatch(/^Ingress quay\/gate: .*ferry/);
	},
);

const restart = (...workloads: readonly string[]) =>
	workloads.map(workload => `workload_restart ${JSON.stringify({workload: `deployment/${workload}`, namespace: 'quay'})}`);

test.each([
	['ferry has stale charts, roll its pods', restart('ferry')],
	['ferry and lights need a kick', restart('ferry', 'lights')],
	['restart the deployments labelled app=dock', restart('dock-blue', 'dock-green')],
])('new pods are asked for: %s', async (request, calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['v3.5.0', 'one patch up', 'v3.5.1'],
	['5.3.9', 'the next minor', '5.4.0'],
	['5.3.2', 'one patch back', '5.3.1'],
	['5.3.0', 'one patch back', undefined],
	['5.4.0-rc1', 'one patch up', undefined],
])('%s, %s', (tag, words, next) => {
	const step = versionStep({text: words});
	expect(step === undefined ? step : steppedTag(tag, step)).toBe(next);
});

test.each([
	['The certificates were rotated, so rollout restart ledger please.', 'StatefulSet ledger'],
	['ferry-settings was edited, radar in quay only reads it at start. Roll radar in quay.', 'Deployment radar'],
	['lights looks stuck, could it be restarted?', 'Deployment lights'],
	['could lights be restarted please?', 'Deployment lights'],
	['lights needs fresh pods', 'Deployment lights'],
	['lights 파드 싹 갈아줘', 'Deployment lights'],
	['lights 리부트해줘', 'Deployment lights'],
])('new pods of the same template: %s', async (request, target) => {
	const [kind = '', name = ''] = target.toLowerCase().split(' ');
	expect(await changesOf(request)).toEqual([`workload_restart {"workload":"${kind}/${name}","namespace":"quay"}`]);
});

test('a word before a kind that is no name is no "all"', async () => {
	expect((await changesOf('부두 디플로이먼트 전부 재시작해줘')).join()).toMatch(/^question/);
});

test.each([
	'the last rollout of ferry was a mistake, take it back',
	'rollout undo for ferry',
	'put revision 2 of ferry back',
	'Put the ferry deployment in the namespace quay back on its prior revision.',
	'ferry 방금 나간 배포 취소하고 이전 리비전으로 복구해 주세요.',
	'ferry의 3.1.0 배포는 취소하고 이전 리비전으로 돌려주세요',
	'ferry 이번 릴리스 취소해주세요',
])('a revision before: %s', async request => {
	expect((await changesOf(request)).join()).toContain('reg.example.org/port/ferry:3.0.0');
});

test.each([
	[
		'Autoscaler of ferry: 4 pods at least, 9 at most.',
		'HorizontalPodAutoscaler quay/ferry: replace /spec/minReplicas 4, replace /spec/maxReplicas 9',
	],
	["ferry's autoscaler tops out at 6, take that to 9 at most", 'HorizontalPodAutoscaler quay/ferry: replace /spec/maxReplicas 9'],
	['QUAY-12 keep no more than 3 old revisions of the ferry deployment', 'Deployment quay/ferry: add /spec/revisionHistoryLimit 3'],
	[
		'In configmap winch-config raise PULL_SECONDS to 40 and SPAN to 25; REST is fine.',
		'configmap_update {"name":"winch-config","namespace":"drydock","values":["PULL_SECONDS=40","SPAN=25"]}',
	],
	[
		'WAVE_LIMIT in ferry-settings has to become 6',
		'configmap_update {"name":"ferry-settings","namespace":"quay","values":["WAVE_LIMIT=6"]}',
	],
	['ferry should have terminationGracePeriodSeconds 45', 'Deployment quay/ferry: add /spec/template/spec/terminationGracePeriodSeconds 45'],
	[
		'ferry readiness 프로브 주기를 20초로 바로잡고 레플리카는 2개로 해 주세요.',
		'Deployment quay/ferry: replace …/0/readinessProbe/periodSeconds 20',
		'workload_scale {"workload":"deployment/ferry","replicas":2,"namespace":"quay"}',
	],
])('settings, beside what they are now: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});
