import {expect, test} from 'vitest';
import type {ClusterUse, NodeUse} from '../../../../src/mcp/monitoring/metrics-api/port.ts';
import {kubeletSummary} from '../../../../src/mcp/monitoring/tools/kubelet-summary.ts';
import {serverWorld} from '../../../support/server-world.ts';

const gib = 2 ** 30;
const node: NodeUse = {
	...{node: 'node-1', atMs: Date.UTC(2026, 0, 1), cpuCores: 1.5, memoryBytes: 3 * gib, memoryAvailableBytes: 5 * gib},
	...{diskUsedBytes: 40 * gib, diskCapacityBytes: 100 * gib, inodesFree: 6_000_000},
	pods: [
		{
			...{namespace: 'shop', name: 'db-0', containers: [], ephemeralBytes: gib},
			volumes: [
				{name: 'data', claim: 'data-db-0', usedBytes: 9 * gib, capacityBytes: 10 * gib, inodesUsed: 10, inodes: 1000},
				{name: 'scratch', usedBytes: gib, capacityBytes: 2 * gib},
			],
		},
		{
			...{namespace: 'shop', name: 'mail-0', containers: [], ephemeralBytes: 2 * gib},
			volumes: [{name: 'data', claim: 'data-mail-0', usedBytes: gib, capacityBytes: 10 * gib, inodesUsed: 990, inodes: 1000}],
		},
	],
};

const worldOf = (use: Partial<ClusterUse>) =>
	serverWorld({
		monitoring: {
			use: {
				pods: async () => undefined,
				nodes: async () => [{node: 'node-1'}, {node: 'node-2'}],
				summaries: async () => ({nodes: [node], failed: [{node: 'node-2', why: 'no answer in time'}]}),
				...use,
			},
		},
	});

test('disks, volumes by how full they are, and what pods write beside them', async () => {
	const {shown} = await worldOf({});
	expect(await shown(kubeletSummary, {})).toMatchInlineSnapshot(`
		"NODE     CPU   MEMORY   FREE    DISK     OF        INODES FREE
		node-1   1.5   3 GiB    5 GiB   40 GiB   100 GiB       6000000

		CLAIM              POD      FULL     INODES   USED    OF
		shop/data-mail-0   mail-0   10.0 %   99.0 %   1 GiB   10 GiB
		shop/data-db-0     db-0     90.0 %   1.0 %    9 GiB   10 GiB

		POD           LOGS AND LAYERS
		shop/mail-0   2 GiB
		shop/db-0     1 GiB
		Not checked: node node-2, because no answer in time"
	`);
	expect(await shown(kubeletSummary, {limit: 1}, {terminal: false})).toMatchInlineSnapshot(`
		"NODE	CPU	MEMORY	FREE	DISK	OF	INODES FREE
		node-1	1.5	3221225472	5368709120	42949672960	107374182400	6000000
		CLAIM	POD	FULL	INODES	USED	OF
		shop/data-mail-0	mail-0	0.1	0.99	1073741824	10737418240
		POD	LOGS AND LAYERS
		shop/mail-0	2147483648
		1 volumes more: --limit shows more
		Not checked: node node-2, because no answer in time"
	`);
});

test('nodes are named where nobody else names them', async () => {
	const asked: unknown[] = [];
	const {shown} = await worldOf({
		nodes: async () => undefined,
		async summaries(nodes) {
			asked.push(nodes);
			return {nodes: [], failed: []};
		},
	});
	expect(await shown(kubeletSummary, {})).toMatchInlineSnapshot(
		`"no-node: No node is named. Name nodes: see them with mkcoa k8s list nodes"`,
	);
	expect(await shown(kubeletSummary, {nodes: ['node-7']})).toMatchInlineSnapshot(`"No kubelet of test answered"`);
	expect(asked).toEqual([['node-7']]);
});
