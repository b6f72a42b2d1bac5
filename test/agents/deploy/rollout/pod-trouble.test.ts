import {describe, expect, test} from 'vitest';
import {podHealth} from '../../../../src/agents/deploy/rollout/pod-health.ts';
import {creationTrouble, podTrouble} from '../../../../src/agents/deploy/rollout/pod-trouble.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

type Parts = {
	readonly app?: JsonObject;
	readonly init?: JsonObject;
	readonly sidecar?: JsonObject;
	readonly conditions?: readonly JsonObject[];
};
const since = '2026-11-25T02:46:00Z';
const pod = ({app, init, sidecar, conditions = [{type: 'Ready', status: 'False', lastTransitionTime: since}]}: Parts): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'web-1', namespace: 'shop', creationTimestamp: since},
	spec: {
		initContainers: [
			...(init === undefined ? [] : [{name: 'wait'}]),
			...(sidecar === undefined ? [] : [{name: 'proxy', restartPolicy: 'Always'}]),
		],
		containers: [{name: 'web'}],
	},
	status: {
		conditions: [...conditions],
		initContainerStatuses: [
			...(init === undefined ? [] : [{name: 'wait', ...init}]),
			...(sidecar === undefined ? [] : [{name: 'proxy', ...sidecar}]),
		],
		containerStatuses: app === undefined ? [] : [{name: 'web', ...app}],
	},
});
const waiting = (reason: string, message = '') => ({ready: false, restartCount: 0, state: {waiting: {reason, message}}});
const crashed = {restartCount: 3, lastState: {terminated: {reason: 'OOMKilled', exitCode: 137}}};
const pull = 'Back-off pulling image "web:2": ErrImagePull: rpc error: code = NotFound desc = failed to pull "web:2": web:2: not found';

describe('podTrouble', () => {
	test.each<[string, Parts, string | undefined, boolean]>([
		['nothing of a ready pod', {app: {ready: true}, conditions: [{type: 'Ready', status: 'True'}]}, undefined, false],
		[
			'what a pull failed at, without its wrapping',
			{app: waiting('ImagePullBackOff', pull)},
			'web: ImagePullBackOff, web:2: not found',
			true,
		],
		[
			'a Secret that is missing',
			{app: waiting('CreateContainerConfigError', 'secret "db" not found')},
			'web: CreateContainerConfigError, secret "db" not found',
			true,
		],
		[
			'how a crash ended',
			{app: {...waiting('CrashLoopBackOff', 'back-off 20s … uid'), ...crashed}},
			'web: CrashLoopBackOff, it keeps ending, and the kubelet waits longer before each new start; it ended with OOMKilled (exit code 137), 3 restarts',
			true,
		],
		['a probe that fails', {app: {ready: false, restartCount: 0, state: {running: {}}}}, 'web runs and is not ready', false],
		[
			'an init container that still runs',
			{init: {ready: false, state: {running: {}}}, app: waiting('PodInitializing')},
			'init container wait runs and is not ready',
			false,
		],
		[
			'the app behind an init container that ended well',
			{init: {ready: true, state: {terminated: {reason: 'Completed'}}}, app: waiting('ErrImagePull', 'no such host')},
			'web: ErrImagePull, no such host',
			true,
		],
		[
			'a sidecar that crashes',
			{sidecar: waiting('CrashLoopBackOff'), app: {ready: true, state: {running: {}}}},
			'sidecar proxy: CrashLoopBackOff, it keeps ending, and the kubelet waits longer before each new start',
			true,
		],
		[
			'what the scheduler says',
			{
				conditions: [
					{type: 'PodScheduled', status: 'False', message: '0/3 nodes are available: 3 Insufficient cpu.', lastTransitionTime: since},
				],
			},
			'cannot be scheduled: 0/3 nodes are available: 3 Insufficient cpu.',
			false,
		],
	])('tells %s', (_name, parts, text, lasting) => {
		const trouble = podTrouble(pod(parts));
		expect(trouble).toEqual(text === undefined ? undefined : expect.objectContaining({text, lasting, since}));
	});

	test('tells nothing of a pod on its way out, and nothing that steers a terminal', () => {
		const leaving = pod({app: waiting('ErrImagePull', 'x')});
		expect(podTrouble({...leaving, metadata: {...leaving.metadata, deletionTimestamp: since}})).toBeUndefined();
		expect(podTrouble(pod({app: waiting('ErrImagePull', 'gone\u001b[2J\nfaked')}))?.text).toBe('web: ErrImagePull, gone faked');
	});
});

test('restarts of init containers are none of the version; those of sidecars are', () => {
	const restarted = podHealth([
		pod({init: {ready: true, restartCount: 4}, sidecar: {ready: true, restartCount: 1}, app: {ready: true, ...crashed}}),
	]);
	expect(restarted).toMatchObject({restarts: 4, lastEnd: 'OOMKilled (exit code 137)'});
});

test.each([
	['True', 'pods cannot be created: pods "web-1" is forbidden: exceeded quota: tight'],
	['False', undefined],
])('a ReplicaFailure that is %s', (status, text) => {
	const condition = {type: 'ReplicaFailure', status, reason: 'FailedCreate', message: 'pods "web-1" is forbidden: exceeded quota: tight'};
	expect(creationTrouble({...webDeployment(), status: {conditions: [condition]}})?.text).toBe(text);
});
