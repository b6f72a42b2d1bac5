import {expect, test} from 'vitest';
import type {JsonObject} from '../../../../src/core/json.ts';
import {containersOf, imagesOf} from '../../../../src/mcp/kubernetes/model/container-summary.ts';
import {podPhase} from '../../../../src/mcp/kubernetes/model/pod-phase.ts';
import {objectOf, pod} from '../../../support/shop-objects.ts';

const podWith = (spec: JsonObject, status: JsonObject, metadata = {}) => objectOf('v1', 'Pod', 'p', {spec, status, metadata});
const one = {containers: [{name: 'a', image: 'a:1'}]};
const running = {state: {running: {}}, ready: true};
const ready = {conditions: [{type: 'Ready', status: 'True'}]};

const rows: readonly (readonly [string, ReturnType<typeof pod>, string, boolean])[] = [
	['a running, ready pod', pod('p'), 'Running', true],
	['a running pod that is not ready', pod('p', {ready: false}), 'Running', false],
	['a crash loop', pod('p', {ready: false, waiting: 'CrashLoopBackOff'}), 'CrashLoopBackOff', false],
	[
		'a pod that ended well',
		podWith(one, {phase: 'Succeeded', containerStatuses: [{name: 'a', state: {terminated: {reason: 'Completed', exitCode: 0}}}]}),
		'Completed',
		true,
	],
	[
		'a pod that failed',
		podWith(one, {phase: 'Failed', containerStatuses: [{name: 'a', state: {terminated: {reason: 'Error', exitCode: 1}}}]}),
		'Error',
		false,
	],
	['an evicted pod', podWith(one, {phase: 'Failed', reason: 'Evicted'}), 'Evicted', false],
	['a pod that waits for a node', podWith(one, {phase: 'Pending'}), 'Pending', false],
	[
		'a pod that is being deleted',
		podWith(one, {phase: 'Running', ...ready}, {deletionTimestamp: '2026-01-01T00:00:00Z'}),
		'Terminating',
		false,
	],
	[
		'the second init container at work',
		podWith(
			{initContainers: [{name: 'i'}, {name: 'j'}], ...one},
			{
				phase: 'Pending',
				initContainerStatuses: [
					{name: 'i', state: {terminated: {reason: 'Completed'}}},
					{name: 'j', state: {running: {}}},
				],
			},
		),
		'Init:1/2',
		false,
	],
	[
		'an init container in a crash loop',
		podWith(
			{initContainers: [{name: 'i'}], ...one},
			{phase: 'Pending', initContainerStatuses: [{name: 'i', state: {waiting: {reason: 'CrashLoopBackOff'}}}]},
		),
		'Init:CrashLoopBackOff',
		false,
	],
	[
		'a ready sidecar',
		podWith(
			{initContainers: [{name: 's', restartPolicy: 'Always'}], ...one},
			{phase: 'Running', ...ready, initContainerStatuses: [{name: 's', ...running}], containerStatuses: [{name: 'a', ...running}]},
		),
		'Running',
		true,
	],
	['a pod without a status', podWith(one, {}), 'Unknown', false],
];

test.each(rows)('reads %s', (_, object, word, healthy) => {
	expect(podPhase(object)).toMatchObject({word, healthy});
});

test('counts ready containers and restarts', () => {
	expect(podPhase(pod('p', {ready: false, waiting: 'CrashLoopBackOff'}))).toMatchObject({ready: '0/1', restarts: 7});
});

test('explains a container in words and tells how its last run ended', () => {
	expect(containersOf(pod('p', {ready: false, waiting: 'CrashLoopBackOff'}))).toEqual([
		{
			name: 'web',
			kind: 'app',
			image: 'web:1',
			state: 'waiting',
			reason: 'CrashLoopBackOff',
			explanation: 'it keeps ending, and the kubelet waits longer before each new start',
			message: '',
			ready: false,
			restarts: 7,
			lastEnd: 'OOMKilled (exit code 137)',
		},
	]);
});

test('reads images of a workload and of a cron job', () => {
	const cronJob = objectOf('batch/v1', 'CronJob', 'c', {
		spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: 'x', image: 'x:2'}]}}}}},
	});
	expect(imagesOf(cronJob)).toEqual(['x=x:2']);
});
