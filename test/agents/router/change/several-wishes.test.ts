import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const scaled = (name: string, replicas: number) =>
	`workload_scale ${JSON.stringify({workload: `deployment/${name}`, replicas, namespace: 'quay'})}`;
const restarted = (kind: string, name: string) =>
	`workload_restart ${JSON.stringify({workload: `${kind.toLowerCase()}/${name}`, namespace: 'quay'})}`;
const ferryImage = (version: string) => `Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:${version}"`;

test.each([
	[
		'Release night: ferry to image 3.2.0 with 5 replicas, buoy restarted',
		ferryImage('3.2.0'),
		scaled('ferry', 5),
		restarted('DaemonSet', 'buoy'),
	],
	['Launch day in quay. ferry goes to 3.2.0, and lights to 2 pods', ferryImage('3.2.0'), scaled('lights', 2)],
	['배포일입니다. ferry는 3.2.0으로, lights는 2개로 해줘', ferryImage('3.2.0'), scaled('lights', 2)],
	[
		'data-ledger-0는 30Gi로 하고, buoy도 재시작해줘',
		'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "30Gi"',
		restarted('DaemonSet', 'buoy'),
	],
	[
		'For ferry: two replicas and a memory limit of 2Gi',
		scaled('ferry', 2),
		'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"',
	],
	['ferry to 5 pods; HPA min 4 too', scaled('ferry', 5), 'HorizontalPodAutoscaler quay/ferry: replace /spec/minReplicas 4'],
	['dock-green 6개로 늘리고 dock은 green 보게 해줘', scaled('dock-green', 6), 'Service quay/dock: replace /spec/selector/side "green"'],
	[
		'pause tide-report, let tide-copy run again',
		'CronJob quay/tide-report: add /spec/suspend true',
		'CronJob quay/tide-copy: replace /spec/suspend false',
	],
	['on ferry, two replicas and image 3.2.0', scaled('ferry', 2), ferryImage('3.2.0')],
	[
		'ferry to 3.2.0 and lights to lamp:1.1, both with 4 pods',
		ferryImage('3.2.0'),
		'Deployment quay/lights: replace …/0/image "lamp:1.1"',
		scaled('ferry', 4),
		scaled('lights', 4),
	],
])('each wish of a list is in the plan: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	[
		'let dock answer from green, and reduce dock-blue to 1 pod',
		'Service quay/dock: replace /spec/selector/side "green"',
		scaled('dock-blue', 1),
	],
	['dock should be served from green now', 'Service quay/dock: replace /spec/selector/side "green"'],
	['The ledger budget may allow two unavailable', 'PodDisruptionBudget quay/ledger: remove /spec/minAvailable, add /spec/maxUnavailable 2'],
	["ledger's budget asks for 1 available pod, raise it to 2", 'PodDisruptionBudget quay/ledger: replace /spec/minAvailable 2'],
	[
		'the ledger PDB should allow one pod to be down',
		'PodDisruptionBudget quay/ledger: remove /spec/minAvailable, add /spec/maxUnavailable 1',
	],
	['the ferry HPA must never exceed 8', 'HorizontalPodAutoscaler quay/ferry: replace /spec/maxReplicas 8'],
	['make the tug service a NodePort on 30444', 'Service quay/tug: add /spec/ports/0/nodePort 30444, add /spec/type "NodePort"'],
	[
		'dock 서비스를 green으로 돌린 다음 dock-blue는 1개로 줄여줘',
		'Service quay/dock: replace /spec/selector/side "green"',
		scaled('dock-blue', 1),
	],
	['cut dock over to green and park dock-blue at zero', 'Service quay/dock: replace /spec/selector/side "green"', scaled('dock-blue', 0)],
	['the regatta is two weeks out: have lights ready with 6 replicas', scaled('lights', 6)],
	['spin lights down to nothing', scaled('lights', 0)],
	['The ferry HPA may grow to 9 pods', 'HorizontalPodAutoscaler quay/ferry: replace /spec/maxReplicas 9'],
	['put ferry back on its first revision', ferryImage('2.9.4')],
	['ferry를 첫 리비전으로 되돌려줘', ferryImage('2.9.4')],
	['ferry gets TIMEOUT=5', 'Deployment quay/ferry: add …/0/env/- {"name":"TIMEOUT","value":"5"}'],
	[
		'the tug service needs port 9100 named metrics as well',
		'Service quay/tug: add /spec/ports/- {"name":"metrics","port":9100,"targetPort":9100,"protocol":"TCP"}',
	],
	[
		'tug 서비스에 metrics라는 이름의 9100 포트를 추가해줘',
		'Service quay/tug: add /spec/ports/- {"name":"metrics","port":9100,"targetPort":9100,"protocol":"TCP"}',
	],
	['tide-report should keep 4 successful jobs', 'CronJob quay/tide-report: add /spec/successfulJobsHistoryLimit 4'],
	['ferry still uses ferry:3.1.0, make that reg.example.org/port/ferry:3.2.0 from tonight', ferryImage('3.2.0')],
	['dock-blue 잠깐 1개로 줄여줘', scaled('dock-blue', 1)],
	['dock-blue는 한 개면 충분해요', scaled('dock-blue', 1)],
	['cut dock-blue by half', scaled('dock-blue', 2)],
	['More room for ferry: 2Gi memory limit', 'Deployment quay/ferry: replace …/0/resources/limits/memory "2Gi"'],
	["drop TRACE from ferry's env, we read it elsewhere", 'Deployment quay/ferry: remove …/0/env/1'],
	['lights goes to lamp:1.1 tonight, could you arrange that?', 'Deployment quay/lights: replace …/0/image "lamp:1.1"'],
	['in winch-config make PULL_SECONDS 40', 'configmap_update {"name":"winch-config","namespace":"drydock","values":["PULL_SECONDS=40"]}'],
])('a value goes where it belongs: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['ferry: liveness period 20s, readiness timeout 3s', 'What should the livenessProbe'],
	['ferry to the newest patch, memory up by half', 'question'],
	['ferry gets label tier=core and annotation owner=ana', 'Which of these become labels'],
	['ferry: TRACE away, MODE=slow', '"TRACE"'],
	['ferry에 라벨 tier=core, 어노테이션 owner=ana 달아줘', '라벨과 어노테이션은 각각'],
])('nothing is guessed and nothing left out: %s', async (request, part) => {
	const calls = await changesOf(request);
	expect(calls.join()).toContain(part);
});

test('requests that are sent somewhere are no image', async () => {
	const calls = await changesOf('send api.example.org/v2 to ferry port 8080');
	expect(calls.join()).not.toContain('image');
});

test.each(["ferry's readiness probe waits 5 seconds, raise it to 15", 'the ferry claim has 3 of something, raise that to 7'])(
	'what is told has the value, and never the number of pods: %s',
	async request => {
		const calls = await changesOf(request);
		expect(calls.join()).not.toContain('workload_scale');
	},
);

test.each([
	'40% of the ferry traffic should reach 3.2.0: deployment ferry-trial beside the three pods there',
	'ferry 기존 3개는 유지하고, 3.2.0 카나리를 ferry-trial 디플로이먼트로 추가해서 트래픽의 40%만 보내줘',
])('a share of the traffic is a canary under the name that it gets: %s', async request => {
	const [call = '', ...others] = await changesOf(request);
	expect(others).toEqual([]);
	expect(call).toContain('ferry-trial');
	expect(call.replaceAll('\\', '')).toContain('"replicas":2');
	expect(call).toContain('mkcoa.dev/track');
});
