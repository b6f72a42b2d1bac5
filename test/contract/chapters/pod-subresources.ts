import {expect, test} from 'vitest';
import {at, mergePatch, post, strategicPatch} from '../../servers/questions.ts';
import {refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';
import {showsCondition} from '../shows.ts';
import {pod} from '../workloads.ts';

/** Nobody places it, and so nothing happens to it. */
const idle = (name: string, more: object = {}) => pod(name, {schedulerName: 'nobody', ...more});
const binding = (name: string, node: string) => ({
	apiVersion: 'v1',
	kind: 'Binding',
	metadata: {name},
	target: {apiVersion: 'v1', kind: 'Node', name: node},
});
const shell = {ephemeralContainers: [{name: 'shell', image: 'busybox:1', targetContainerName: 'main'}]};

/** Doors of a pod that change one thing of it. */
export const podSubresources: Chapter = open => {
	test('a binding places a pod, once', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('pods'), idle('a')));
		expect(await ask(post(path('pods', 'a', 'binding'), binding('a', 'node-a')))).toMatchObject({
			status: 201,
			body: {kind: 'Status', status: 'Success', code: 201},
		});
		await eventually({path: path('pods', 'a')}, showsCondition({type: 'PodScheduled', status: 'True'}));
		expect(await ask({path: path('pods', 'a')})).toHaveProperty('body.spec.nodeName', 'node-a');
		expect(await ask(post(path('pods', 'a', 'binding'), binding('a', 'node-b')))).toMatchObject(
			refusal(409, 'Conflict', 'Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "node-a"'),
		);
	});

	test('a container for debugging is added and stays', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), idle('a')));
		const target = path('pods', 'a', 'ephemeralcontainers');
		expect(await ask(strategicPatch(target, {spec: shell}))).toMatchObject({
			status: 200,
			body: {
				kind: 'Pod',
				spec: {
					ephemeralContainers: [
						{
							name: 'shell',
							image: 'busybox:1',
							targetContainerName: 'main',
							imagePullPolicy: 'IfNotPresent',
							terminationMessagePolicy: 'File',
						},
					],
				},
			},
		});
		expect(await ask(mergePatch(target, {spec: {ephemeralContainers: []}}))).toMatchObject({
			status: 422,
			body: {reason: 'Invalid', message: expect.stringContaining('existing ephemeral containers "shell" may not be removed')},
		});
	});

	test('a container for debugging is added nowhere else', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), idle('a')));
		expect(await ask(strategicPatch(path('pods', 'a'), {spec: shell}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec: Forbidden: pod updates may not change fields other than')},
		});
		expect(await ask(post(path('pods'), {...idle('b'), spec: {...idle('b').spec, ...shell}}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec.ephemeralContainers: Forbidden: cannot be set on create')},
		});
	});

	test('the resources of a pod are resized through their own door', async () => {
		const {ask, path} = await open();
		const sized = (cpu: string) => ({containers: [{name: 'main', image: 'x:1', resources: {requests: {cpu}}}]});
		await ask(post(path('pods'), idle('a', sized('100m'))));
		expect(
			await ask(strategicPatch(path('pods', 'a'), {spec: {containers: [{name: 'main', resources: {requests: {cpu: '200m'}}}]}})),
		).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec: Forbidden: pod updates may not change fields other than')},
		});
		const resized = await ask(
			strategicPatch(path('pods', 'a', 'resize'), {spec: {containers: [{name: 'main', resources: {requests: {cpu: '200m'}}}]}}),
		);
		expect(resized).toMatchObject({
			status: 200,
			body: {spec: {containers: [{resources: {requests: {cpu: '200m'}}}]}, metadata: {generation: 2}},
		});
		expect(await ask(strategicPatch(path('pods', 'a', 'resize'), {spec: {containers: [{name: 'main', image: 'x:2'}]}}))).toMatchObject({
			status: 200,
			body: {spec: {containers: [{image: 'x:1'}]}, metadata: {generation: 2}},
		});
	});

	test('the log of a pod without a node is empty', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), idle('a')));
		expect(await ask({path: path('pods', 'a', 'log')})).toMatchObject({status: 204, body: ''});
	});

	test.each(['exec?command=ls&stdout=true', 'attach?stdout=true'])('%s of a pod without a node has no host to ask', async door => {
		const {ask, path} = await open();
		await ask(post(path('pods'), idle('a')));
		expect(await ask({path: path('pods', 'a', door)})).toMatchObject(refusal(400, 'BadRequest', 'pod a does not have a host assigned'));
	});

	test('the log of a container that the pod does not have is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), idle('a')));
		expect(await ask({path: path('pods', 'a', 'log?container=side')})).toMatchObject(
			refusal(400, 'BadRequest', 'container side is not valid for pod a'),
		);
		expect(await ask({path: path('pods', 'b', 'log')})).toMatchObject(refusal(404, 'NotFound', 'pods "b" not found'));
	});

	test('the log of several containers wants one to be named', async () => {
		const {ask, path} = await open();
		const containers = ['main', 'side'].map(name => ({name, image: 'x:1'}));
		await ask(post(path('pods'), idle('a', {containers})));
		expect(await ask({path: path('pods', 'a', 'log')})).toMatchObject(
			refusal(400, 'BadRequest', 'a container name must be specified for pod a, choose one of: [main side]'),
		);
	});

	test('of a pod that runs, the image can be changed and little else', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), idle('a')));
		expect(await ask(strategicPatch(path('pods', 'a'), {spec: {containers: [{name: 'main', image: 'x:2'}]}}))).toMatchObject({
			status: 200,
			body: {spec: {containers: [{image: 'x:2'}]}},
		});
		const refused = await ask(mergePatch(path('pods', 'a'), {spec: {restartPolicy: 'Never'}}));
		expect(refused).toMatchObject({
			status: 422,
			body: {reason: 'Invalid', details: {causes: [{reason: 'FieldValueForbidden', field: 'spec'}]}},
		});
		expect(at(refused.body, 'message')).toContain(
			'Pod "a" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`',
		);
	});
};
