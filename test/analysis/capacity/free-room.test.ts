import {expect, test} from 'vitest';
import {largestPods, roomOf} from '../../../src/analysis/capacity/free-room.ts';
import {podSize} from '../../../src/analysis/capacity/pod-size.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const Mi = 2 ** 20;
const needs = (cpu: string, memory: string, more: JsonObject = {}) => ({name: 'c', resources: {requests: {cpu, memory}}, ...more});

test.each<[string, JsonObject, number, number]>([
	['its containers together', {containers: [needs('100m', '64Mi'), needs('200m', '64Mi')]}, 0.3, 128],
	['an init container that wants more', {initContainers: [needs('1', '32Mi')], containers: [needs('100m', '64Mi')]}, 1, 64],
	[
		'a sidecar beside the containers',
		{initContainers: [needs('50m', '10Mi', {restartPolicy: 'Always'})], containers: [needs('100m', '64Mi')]},
		0.15,
		74,
	],
	[
		'an init container beside the sidecar before it',
		{initContainers: [needs('50m', '10Mi', {restartPolicy: 'Always'}), needs('1', '64Mi')], containers: [needs('1m', '1Mi')]},
		1.05,
		74,
	],
	['limits where there are no requests', {containers: [{name: 'c', resources: {limits: {cpu: '2', memory: '1Mi'}}}]}, 2, 1],
	['the overhead of its runtime', {containers: [needs('100m', '1Mi')], overhead: {cpu: '250m', memory: '120Mi'}}, 0.35, 121],
	['nothing', {containers: [{name: 'c'}]}, 0, 0],
])('a pod takes %s', (_, podSpec, cpuCores, memory) => {
	const size = podSize(podSpec);
	expect(size.cpuCores).toBeCloseTo(cpuCores, 9);
	expect(size.memoryBytes).toBe(memory * Mi);
});

const node = (name: string, cpu: string, memory: string, spec: JsonObject = {}, ready = 'True'): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {name},
	spec,
	status: {allocatable: {cpu, memory, pods: '3'}, conditions: [{type: 'Ready', status: ready}]},
});
const pod = (nodeName: string | undefined, cpu: string, phase = 'Running'): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: `p-${nodeName}-${cpu}`},
	spec: {...(nodeName === undefined ? {} : {nodeName}), containers: [needs(cpu, '1Mi')]},
	status: {phase},
});

test('room is what requests leave, and pods that ended or have no node take none', () => {
	const pods = [pod('a', '1'), pod('a', '500m', 'Succeeded'), pod(undefined, '4')];
	expect(roomOf([node('a', '2', '4Mi')], pods)).toMatchObject([{closed: undefined, free: {cpuCores: 1, memoryBytes: 3 * Mi}, podsFree: 2}]);
});

test('the largest pod stands on one node that takes pods, not on the sum of all', () => {
	const rooms = roomOf(
		[
			node('cpu', '4', '2Mi'),
			node('memory', '1', '8Mi'),
			node('cordoned', '64', '64Mi', {unschedulable: true}),
			node('broken', '64', '64Mi', {}, 'Unknown'),
			node('tainted', '64', '64Mi', {taints: [{key: 'gpu', effect: 'NoSchedule'}]}),
			node('full', '64', '64Mi'),
		],
		['1m', '2m', '3m'].map(cpu => pod('full', cpu)),
	);
	expect(largestPods(rooms).map(({name}) => name)).toEqual(['cpu', 'memory']);
	expect(rooms.map(({closed}) => closed)).toEqual([undefined, undefined, 'cordoned', 'not ready', 'taint gpu', undefined]);
});
