import {expect, test} from 'vitest';
import type {NodeRoom} from '../../../src/analysis/capacity/free-room.ts';
import {podsThatFit} from '../../../src/analysis/capacity/pods-that-fit.ts';

const nothing = {cpuCores: 0, memoryBytes: 0};
const node = (cpuCores: number, memoryBytes: number, podsFree = 100, closed?: string): NodeRoom => ({
	...{name: 'n', closed, allocatable: nothing, requested: nothing, podsFree},
	free: {cpuCores, memoryBytes},
});
const size = {cpuCores: 0.5, memoryBytes: 100};

test.each<[string, readonly NodeRoom[], number, string]>([
	['half a pod on two nodes is none', [node(0.4, 1000), node(0.4, 1000)], 0, 'cpu'],
	['CPU runs out first', [node(1.5, 1000), node(0.5, 1000)], 4, 'cpu'],
	['memory runs out first', [node(8, 250), node(8, 150)], 3, 'memory'],
	['the number of pods runs out first', [node(8, 1000, 2)], 2, 'pods'],
	['a closed node has no room', [node(8, 1000, 100, 'cordoned'), node(0.5, 1000)], 1, 'cpu'],
	['no node, no room', [], 0, 'cpu'],
])('%s', (_, rooms, pods, scarce) => {
	expect(podsThatFit(rooms, size)).toEqual({pods, scarce});
});

test('pods that ask for nothing are bounded by their number alone', () => {
	expect(podsThatFit([node(1, 1, 7)], nothing)).toEqual({pods: 7, scarce: 'pods'});
});
