import {expect, test} from 'vitest';
import {at, post} from '../../servers/questions.ts';
import type {Chapter} from '../room.ts';
import {conditionOf, shows, showsCondition} from '../shows.ts';
import {pod} from '../workloads.ts';

const unready = {status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [main]'};
const first = (body: unknown) => at(body, 'status', 'containerStatuses', 0);

/**
 * What a pod is filled in with, which the two servers say independently of each other, and what a kubelet makes of it. The kubelet is the
 * same program on both (docs/decisions/2026-11-25-kubelets-of-the-test-cluster.md): what it writes into a status shows here that both
 * servers take and keep it alike, and that schedulers place the pod, but is no evidence of what a real kubelet would write.
 */
export const podLives: Chapter = open => {
	test('a pod begins as pending, with everything filled in', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})))).toMatchObject({
			status: 201,
			body: {
				spec: {
					...{restartPolicy: 'Always', terminationGracePeriodSeconds: 30, dnsPolicy: 'ClusterFirst', enableServiceLinks: true},
					containers: [{imagePullPolicy: 'IfNotPresent', terminationMessagePath: '/dev/termination-log', resources: {}}],
					tolerations: [
						{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300},
						{key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300},
					],
				},
				status: {phase: 'Pending', qosClass: 'BestEffort'},
			},
		});
	});

	test('a healthy pod runs and is ready', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('pods'), pod('a')));
		const {body} = await eventually({path: path('pods', 'a')}, showsCondition({type: 'Ready', status: 'True'}));
		for (const type of ['PodScheduled', 'Initialized', 'ContainersReady']) expect(conditionOf(body, type)).toMatchObject({status: 'True'});
		expect(body).toMatchObject({
			status: {
				...{
					phase: 'Running',
					podIP: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
					startTime: expect.any(String),
				},
				containerStatuses: [{name: 'main', ready: true, started: true, restartCount: 0, state: {running: {startedAt: expect.any(String)}}}],
			},
		});
		expect(at(body, 'status', 'podIPs')).toEqual([{ip: at(body, 'status', 'podIP')}]);
	});

	test('a pod that fails its readiness probe runs, and is not ready', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('pods'), pod('a', {image: 'x:unready'})));
		const {body} = await eventually({path: path('pods', 'a')}, shows({status: {phase: 'Running', containerStatuses: [{started: true}]}}));
		expect(conditionOf(body, 'Ready')).toMatchObject(unready);
		expect(conditionOf(body, 'ContainersReady')).toMatchObject(unready);
		expect(first(body)).toMatchObject({ready: false, restartCount: 0, state: {running: {}}});
	});

	test('a container that crashes is started again, later every time', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('pods'), pod('a', {image: 'x:crash'})));
		const {body} = await eventually(
			{path: path('pods', 'a')},
			shows({status: {containerStatuses: [{restartCount: 1, state: {waiting: {reason: 'CrashLoopBackOff'}}}]}}),
		);
		expect(first(body)).toMatchObject({ready: false, lastState: {terminated: {exitCode: 1, reason: 'Error'}}});
		expect(conditionOf(body, 'Ready')).toMatchObject(unready);
		expect(body).toMatchObject({status: {phase: 'Running'}});
	});

	test('an image that is not there is waited for', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('pods'), pod('a', {image: 'x:missing'})));
		const {body} = await eventually(
			{path: path('pods', 'a')},
			shows({status: {containerStatuses: [{state: {waiting: {reason: 'ImagePullBackOff'}}}]}}),
		);
		expect(body).toMatchObject({status: {phase: 'Pending', containerStatuses: [{ready: false, restartCount: 0, imageID: ''}]}});
		expect(at(first(body), 'state', 'waiting', 'message')).toMatch(/^Back-off pulling image "x:missing"/);
		expect(conditionOf(body, 'Ready')).toMatchObject(unready);
	});

	test.each([
		['BestEffort', {}],
		['Burstable', {requests: {cpu: '10m'}}],
		['Burstable', {requests: {cpu: '10m', memory: '10Mi'}, limits: {cpu: '10m', memory: '20Mi'}}],
		['Guaranteed', {limits: {cpu: '10m', memory: '10Mi'}}],
	])('a pod is %s with the resources %o', async (qosClass, resources) => {
		const {ask, path} = await open();
		const {body} = await ask(
			post(path('pods'), pod('a', {schedulerName: 'nobody', containers: [{name: 'main', image: 'x:1', resources}]})),
		);
		expect(at(body, 'status', 'qosClass')).toBe(qosClass);
		if (qosClass === 'Guaranteed')
			expect(body).toMatchObject({spec: {containers: [{resources: {requests: {cpu: '10m', memory: '10Mi'}}}]}});
	});
};
