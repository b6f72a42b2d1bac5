import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const scaled = (name: string, replicas: number) =>
	`workload_scale ${JSON.stringify({workload: `deployment/${name}`, replicas, namespace: 'quay'})}`;

test.each([
	['hold dock-blue at 1 pod while ledger gets its new disks', scaled('dock-blue', 1)],
	['because ferry is slow today, give lights two more pods', scaled('lights', 3)],
	['dock-green to 5 pods so that ferry can breathe', scaled('dock-green', 5)],
	['ledger is being repaired, so take ferry down to 0 pods', scaled('ferry', 0)],
	['with ledger back up, return ferry to 4 pods', scaled('ferry', 4)],
	['to relieve ledger, cut ferry to two pods', scaled('ferry', 2)],
	['lights gets 3 replicas ahead of the ferry launch', scaled('lights', 3)],
	['ferry needs 6 pods; ledger is fine as it is', scaled('ferry', 6)],
	['ferry needs 6 pods, ledger needs no change', scaled('ferry', 6)],
	['ledger가 느려서 ferry를 2개로 줄여줘', scaled('ferry', 2)],
	['ledger 점검하는 동안 ferry는 0개로 내려주세요', scaled('ferry', 0)],
	['ledger가 재시작되는 동안 ferry를 1개로 유지해주세요', scaled('ferry', 1)],
	['set MODE of ferry to calm since lights blinks too fast', 'Deployment quay/ferry: replace …/0/env/0 {"name":"MODE","value":"calm"}'],
])('a reason names what is not meant: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

test.each([
	['ferry and dock-green are slow, give them 5 pods each', scaled('ferry', 5), scaled('dock-green', 5)],
	['since ferry is slow, give it 5 pods', scaled('ferry', 5)],
	['ferry가 느리니까 5개로 늘려줘', scaled('ferry', 5)],
])('a reason says what is meant where the order does not: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each(['both sides of dock go to 3 pods', 'the dock colours get 3 pods, blue and green alike'])(
	'pods of both sides say nothing of who is served: %s',
	async request => {
		expect(await changesOf(request)).toEqual([scaled('dock-blue', 3), scaled('dock-green', 3)]);
	},
);

test.each([
	[
		'let ferry come from mirror.example.net/port/ferry:3.1.0',
		'Deployment quay/ferry: replace …/0/image "mirror.example.net/port/ferry:3.1.0"',
	],
	[
		'ship 1.1 of the lamp in lights. The meter beside it is not part of this release.',
		'Deployment quay/lights: replace …/0/image "lamp:1.1"',
	],
	['quay radar -> 1.1.0, drydock is off limits', 'Deployment quay/radar: replace …/0/image "radar:1.1.0"'],
	['could the buoy daemonset run buoy:v1.2.1 from now on?', 'DaemonSet quay/buoy: replace …/0/image "buoy:v1.2.1"'],
	['dock green to 5.3.0', 'Deployment quay/dock-green: replace …/0/image "reg.example.org/port/dock:5.3.0"'],
	['promote radar 1.1.0 from drydock to quay', 'Deployment quay/radar: replace …/0/image "radar:1.1.0"'],
	['dock-blue 5.2.0 배포해줘', 'Deployment quay/dock-blue: replace …/0/image "reg.example.org/port/dock:5.2.0"'],
])('an image is no host, and no multiple: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

test('a tag that is rolled out restarts nothing', async () => {
	expect(await changesOf('the yard shipped 3.2.0 of ferry. Roll that tag out.')).toEqual([
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
	]);
});

test('a condition of what is told is none of the order', async () => {
	expect(await changesOf('the cranes are away until Monday, so take ferry down to 0 replicas')).toEqual([scaled('ferry', 0)]);
	expect(await changesOf('set MODE of ferry to calm unless the cranes are away')).toEqual([
		expect.stringMatching(/^question: .*condition/),
	]);
});
