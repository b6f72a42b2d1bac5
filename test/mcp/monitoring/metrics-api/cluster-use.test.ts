import {expect, test} from 'vitest';
import {MkcoaError, troubleOf} from '../../../../src/core/error.ts';
import type {Json} from '../../../../src/core/json.ts';
import {clusterUse} from '../../../../src/mcp/monitoring/metrics-api/cluster-use.ts';

const serving = (paths: {readonly [path: string]: Json}) => clusterUse(async path => paths[path]);

test('adds the containers of a pod up', async () => {
	const use = serving({
		'/apis/metrics.k8s.io/v1beta1/pods': {
			items: [
				{
					metadata: {name: 'web-1', namespace: 'shop'},
					containers: [
						{name: 'app', usage: {cpu: '125m', memory: '64Mi'}},
						{name: 'proxy', usage: {cpu: '250000n', memory: '1Ki'}},
					],
				},
				{metadata: {name: 'new', namespace: 'shop'}, containers: []},
			],
		},
		'/apis/metrics.k8s.io/v1beta1/nodes': {items: [{metadata: {name: 'n1'}, usage: {cpu: '2', memory: '1Gi'}}]},
	});
	expect(await use.pods()).toEqual([
		{
			...{namespace: 'shop', name: 'web-1', cpuCores: 0.12525, memoryBytes: 64 * 2 ** 20 + 1024, volumes: []},
			containers: [
				{name: 'app', cpuCores: 0.125, memoryBytes: 64 * 2 ** 20},
				{name: 'proxy', cpuCores: 0.00025, memoryBytes: 1024},
			],
		},
		{namespace: 'shop', name: 'new', cpuCores: undefined, memoryBytes: undefined, containers: [], volumes: []},
	]);
	expect(await use.nodes()).toEqual([{node: 'n1', cpuCores: 2, memoryBytes: 2 ** 30}]);
});

test('a cluster without the metrics API measures nothing, and what is no answer is told', async () => {
	expect([await serving({}).pods(), await serving({}).nodes()]).toEqual([undefined, undefined]);
	const wrong = serving({'/apis/metrics.k8s.io/v1beta1/pods': {items: 'none'}});
	expect(troubleOf(await wrong.pods().catch(error => error))).toMatchObject({
		code: 'metrics-unreachable',
		next: expect.stringContaining('APIService'),
	});
});

const summary = (cores: number) => ({
	node: {
		cpu: {time: '2026-01-01T00:00:00Z', usageNanoCores: cores * 1e9},
		memory: {workingSetBytes: 1000, availableBytes: 9000},
		fs: {usedBytes: 10, capacityBytes: 100, inodesFree: 5},
	},
	pods: [
		{
			podRef: {name: 'db-0', namespace: 'shop', uid: 'u'},
			cpu: {usageNanoCores: 5e8},
			memory: {workingSetBytes: 500},
			containers: [{name: 'db', cpu: null, memory: {workingSetBytes: 500}}],
			volume: [
				{name: 'data', pvcRef: {name: 'data-db-0', namespace: 'shop'}, usedBytes: 7, capacityBytes: 10, inodesUsed: 1, inodes: 2},
				{name: 'tmp', usedBytes: 1},
			],
			'ephemeral-storage': {usedBytes: 3},
		},
	],
});

test('reads pods and volumes of each kubelet, and keeps those that fail apart', async () => {
	const away = new MkcoaError({kind: 'environment', code: 'server-error', what: 'The cluster failed to get it', why: 'it answered 502'});
	const use = clusterUse(async path => {
		if (path.includes('/bad/')) throw away;
		if (path.includes('/old/')) return undefined;
		if (path.includes('/odd/')) return {hello: 1};
		return summary(2);
	});
	const {nodes, failed} = await use.summaries(['n1', 'bad', 'old', 'odd', 'n2']);
	expect(nodes.map(({node}) => node)).toEqual(['n1', 'n2']);
	expect(nodes[0]).toEqual({
		...{node: 'n1', atMs: Date.UTC(2026, 0, 1), cpuCores: 2, memoryBytes: 1000, memoryAvailableBytes: 9000},
		...{diskUsedBytes: 10, diskCapacityBytes: 100, inodesFree: 5},
		pods: [
			{
				...{name: 'db-0', namespace: 'shop', cpuCores: 0.5, memoryBytes: 500, ephemeralBytes: 3},
				containers: [{name: 'db', cpuCores: undefined, memoryBytes: 500}],
				volumes: [
					{name: 'data', claim: 'data-db-0', usedBytes: 7, capacityBytes: 10, inodesUsed: 1, inodes: 2},
					{name: 'tmp', claim: undefined, usedBytes: 1},
				],
			},
		],
	});
	expect(failed).toEqual([
		{node: 'bad', why: 'The cluster failed to get it: it answered 502'},
		{node: 'old', why: 'its kubelet has no summary'},
		{node: 'odd', why: 'its kubelet has no summary'},
	]);
});

test('eight kubelets are asked at a time', async () => {
	let asked = 0;
	let most = 0;
	const use = clusterUse(async () => {
		most = Math.max(most, ++asked);
		await new Promise(resolve => setImmediate(resolve));
		asked--;
		return summary(1);
	});
	const names = Array.from({length: 50}, (_, index) => `n${index}`);
	expect((await use.summaries(names)).nodes.map(({node}) => node)).toEqual(names);
	expect(most).toBe(8);
});
