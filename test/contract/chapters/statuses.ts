import {expect, test} from 'vitest';
import {at, mergePatch, post, put, strategicPatch} from '../../servers/questions.ts';
import {configMap} from '../objects.ts';
import {generationOf, refusal, versionOf} from '../reply.ts';
import type {Chapter} from '../room.ts';
import {shows} from '../shows.ts';
import {deployment, imagePatch, pod, quota, statefulSet} from '../workloads.ts';

/** What is wished is written apart from what was seen. */
export const statuses: Chapter = open => {
	test('a status that comes with a new object is not kept', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('deployments'), {...deployment('web', {replicas: 0, paused: true}), status: {replicas: 7}}));
		expect(made.status).toBe(201);
		expect(at(made.body, 'status')).toEqual({});
	});

	test('a write to the object leaves its status alone', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		const changed = await ask(mergePatch(path('pods', 'a'), {metadata: {labels: {color: 'red'}}, status: {phase: 'Failed'}}));
		expect(changed).toMatchObject({status: 200, body: {metadata: {labels: {color: 'red'}}, status: {phase: 'Pending'}}});
	});

	test('a write to the status leaves the spec and the generation alone', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		const target = path('pods', 'a', 'status');
		const changed = await ask(
			mergePatch(target, {spec: {activeDeadlineSeconds: 60}, status: {reason: 'Waiting', message: 'for its turn'}}),
		);
		expect(changed).toMatchObject({status: 200, body: {kind: 'Pod', status: {reason: 'Waiting', message: 'for its turn'}}});
		expect(at(changed.body, 'spec', 'activeDeadlineSeconds')).toBeUndefined();
		expect(generationOf(changed)).toBe(1);
		expect(await ask({path: target})).toMatchObject({status: 200, body: {kind: 'Pod', status: {reason: 'Waiting'}}});
	});

	test('a status is replaced as a whole', async () => {
		const {ask, path} = await open();
		const made = await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		await ask(mergePatch(path('pods', 'a', 'status'), {status: {reason: 'Waiting'}}));
		const replaced = await ask(
			put(path('pods', 'a', 'status'), {...pod('a', {schedulerName: 'nobody'}), status: {phase: 'Running', message: 'alive'}}),
		);
		expect(replaced).toMatchObject({status: 200, body: {status: {phase: 'Running', message: 'alive'}}});
		expect(at(replaced.body, 'status', 'reason')).toBeUndefined();
		expect(versionOf(replaced)).not.toBe(versionOf(made));
	});

	test('a condition is patched into the list by its type', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), pod('a', {schedulerName: 'nobody'})));
		const condition = (type: string, status: string) => ({status: {conditions: [{type, status}]}});
		const types = ({body}: {body: unknown}) => at(body, 'status', 'conditions');
		await ask(strategicPatch(path('pods', 'a', 'status'), condition('Ready', 'False')));
		await ask(strategicPatch(path('pods', 'a', 'status'), condition('example.com/Checked', 'True')));
		const {body} = await ask(strategicPatch(path('pods', 'a', 'status'), condition('Ready', 'True')));
		expect(types({body})).toHaveLength(2);
		expect(types({body})).toEqual(
			expect.arrayContaining([
				expect.objectContaining({type: 'Ready', status: 'True'}),
				expect.objectContaining({type: 'example.com/Checked', status: 'True'}),
			]),
		);
	});

	test('the generation counts changes of the spec, and controllers say which they saw', async () => {
		const {ask, path, eventually} = await open();
		const target = path('deployments', 'web');
		const made = await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		expect(generationOf(made)).toBe(1);
		expect(generationOf(await ask(mergePatch(target, {metadata: {labels: {a: 'b'}}})))).toBe(1);
		expect(generationOf(await ask(mergePatch(target, {spec: {minReadySeconds: 1}})))).toBe(2);
		expect(generationOf(await ask(mergePatch(target, {spec: {minReadySeconds: 1}})))).toBe(2);
		expect(generationOf(await ask(strategicPatch(target, imagePatch('x:2'))))).toBe(3);
		await eventually({path: target}, shows({status: {observedGeneration: 3}, metadata: {generation: 3}}));
	});

	test('an annotation is news to a deployment, whose ReplicaSets are to have it, and to nothing else', async () => {
		const {ask, path} = await open();
		const annotated = {metadata: {annotations: {color: 'red'}}};
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		await ask(post(path('statefulsets'), statefulSet('web', {replicas: 0})));
		expect(generationOf(await ask(mergePatch(path('deployments', 'web'), annotated)))).toBe(2);
		expect(generationOf(await ask(mergePatch(path('statefulsets', 'web'), annotated)))).toBe(1);
	});

	test('what somebody writes to the status of a quota is put right', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('resourcequotas'), quota('few', {'count/secrets': '5'})));
		await eventually({path: path('resourcequotas', 'few')}, shows({status: {hard: {'count/secrets': '5'}, used: {'count/secrets': '0'}}}));
		await ask(mergePatch(path('resourcequotas', 'few', 'status'), {status: {used: {'count/secrets': '3'}}}));
		await ask(mergePatch(path('resourcequotas', 'few'), {spec: {hard: {'count/secrets': '6'}}}));
		await eventually({path: path('resourcequotas', 'few')}, shows({status: {hard: {'count/secrets': '6'}, used: {'count/secrets': '0'}}}));
	});

	test('what has no status says that there is no such resource', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('a')));
		expect(await ask(mergePatch(path('configmaps', 'a', 'status'), {data: {}}))).toMatchObject(
			refusal(404, 'NotFound', 'the server could not find the requested resource'),
		);
	});
};
