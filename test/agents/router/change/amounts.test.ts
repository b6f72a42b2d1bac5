import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const scaled = (name: string, replicas: number) =>
	`workload_scale ${JSON.stringify({workload: `deployment/${name}`, replicas, namespace: 'quay'})}`;

test.each([
	['3 pods of ferry are not enough, 5 should be', 5],
	["ferry won't live through the regatta with 3 pods. Make it 5, nothing else.", 5],
	['ferry runs three pods; five would be better', 5],
	['ferry 지금 3개인데 5개는 돼야 할 것 같아. 맞춰줘', 5],
	['we run 3 ferry pods and want 5', 5],
	['shave a third off the ferry pods', 2],
	['ferry can give up a third of its pods', 2],
	['we can give back a third of the ferry pods', 2],
	['stop one of the three ferry pods', 2],
	["ferry's pod count may drop by one", 2],
	['size ferry at 4', 4],
	['replicas=4 for ferry', 4],
	['no ferry pods for now, keep no ferry pods', 0],
	['quay/ferry to 6 replicas', 6],
	['ferry: add a pod', 4],
	['two more ferry pods would help', 5],
	['ferry can return to two replicas', 2],
	['ferry should have as many replicas as the ledger statefulset has', 2],
	['take a pod away from ferry', 2],
	["I'd feel safer with five ferry pods", 5],
	['ferry must not be alone, make it six', 6],
])('a number that stands there is no wish, and what goes is told in many words: %s', async (request, replicas) => {
	expect(await changesOf(request)).toEqual([scaled('ferry', replicas)]);
});

test('a number that several share goes to them alone', async () => {
	expect(await changesOf('ferry and dock-green to 5 each, dock-blue to 6')).toEqual([
		scaled('ferry', 5),
		scaled('dock-green', 5),
		scaled('dock-blue', 6),
	]);
	expect(await changesOf('ferry 3.2.0으로 올리고 레플리카 5개로')).toEqual([
		'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"',
		scaled('ferry', 5),
	]);
});

test('half of the pods, and no word of whether they stay or go, is asked about', async () => {
	expect(await changesOf('50% of the ferry pods, they are blue')).toEqual([expect.stringMatching(/^question: /)]);
});

test.each([
	'keep half of the pods of dock-blue',
	'give up half of the pods of dock-blue',
	'dock-blue는 쉬는 중이라 절반만 남겨줘',
	'dock-blue는 지금의 2분의 1로 내려 주시면 됩니다',
])('a share stays or goes: %s', async request => {
	expect(await changesOf(request)).toEqual([scaled('dock-blue', 2)]);
});

const claim = (name: string, size: string) => `PersistentVolumeClaim quay/${name}: replace /spec/resources/requests/storage "${size}"`;

test.each([
	['only data-ledger-1 needs more room: 45Gi', '45Gi'],
	['data-ledger-1 should be 45Gi', '45Gi'],
	['45Gi for data-ledger-1 please', '45Gi'],
	['data-ledger-1 is full, 45Gi', '45Gi'],
	['could the data-ledger-1 claim be twice as large?', '40Gi'],
	['data-ledger-1, 20Gi로는 부족해요. 45Gi로 부탁드려요', '45Gi'],
	['data-ledger-1 두 배로', '40Gi'],
	['data-ledger-1 could use 5 more gigs', '25Gi'],
	['plus 5Gi for data-ledger-1', '25Gi'],
	['can you double the size of the data-ledger-1 claim?', '40Gi'],
	['data-ledger-1 gets 5Gi on top', '25Gi'],
	['let data-ledger-1 have 45Gi rather than 20Gi', '45Gi'],
])('a size beside a claim is its size: %s', async (request, size) => {
	expect(await changesOf(request)).toEqual([claim('data-ledger-1', size)]);
});

const limit = (size: string) => `Deployment quay/ferry: replace …/0/resources/limits/memory "${size}"`;

test.each([
	['ferry keeps dying at its 1Gi limit, allow it 2Gi', limit('2Gi')],
	["ferry's memory limit plus 512Mi", limit('1536Mi')],
	['ferry memory limit +512Mi', limit('1536Mi')],
	['ferry 메모리 제한 512Mi 늘려줘', limit('1536Mi')],
	['ferry 메모리 제한 2Gi로 늘려줘', limit('2Gi')],
	['let ferry use 2Gi of memory instead of 1Gi', limit('2Gi')],
	['ferry memory 1Gi -> 2Gi', limit('2Gi')],
	['ferry may take 2Gi of memory', limit('2Gi')],
	['ferry: memory limit off', 'Deployment quay/ferry: remove …/0/resources/limits/memory'],
	['ferry가 메모리를 너무 많이 쓰고 있어. 제한 512Mi로 낮춰', limit('512Mi')],
	[
		'ferry asks for 200m and never uses more than 100m; request 150m CPU instead',
		'Deployment quay/ferry: replace …/0/resources/requests/cpu "150m"',
	],
	['take 100m off the cpu request of ferry', 'Deployment quay/ferry: replace …/0/resources/requests/cpu "100m"'],
	[
		'ferry: requests 100m/128Mi',
		'Deployment quay/ferry: replace …/0/resources/requests/cpu "100m", replace …/0/resources/requests/memory "128Mi"',
	],
])('what stands there tells the side, and what is added is added: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});
