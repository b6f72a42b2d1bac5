import {expect, test} from 'vitest';
import {at, erase, mergePatch, post} from '../../servers/questions.ts';
import {itemsOf} from '../reply.ts';
import type {Chapter} from '../room.ts';
import {conditionOf, isGone, shows, showsCondition} from '../shows.ts';
import {pod} from '../workloads.ts';

const claim = (name: string, spec: object = {}) => ({
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	metadata: {name},
	spec: {accessModes: ['ReadWriteOnce'], storageClassName: '', resources: {requests: {storage: '1Gi'}}, ...spec},
});
const mounting = (claimName: string) => ({volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]});

/** Disks for pods. */
export const volumes: Chapter = open => {
	test('a claim without a class waits for a volume that somebody makes', async ({onTestFinished}) => {
		const room = await open();
		const {ask, path, eventually, namespace} = room;
		await ask(post(path('persistentvolumeclaims'), claim('data')));
		const events = `${path('events')}?fieldSelector=reason%3DFailedBinding`;
		const [event] = itemsOf(await eventually({path: events}, reply => itemsOf(reply).length === 1));
		expect(event).toMatchObject({type: 'Normal', message: 'no persistent volumes available for this claim and no storage class is set'});
		const volume = `/api/v1/persistentvolumes/${namespace}`;
		onTestFinished(async () => void (await ask(erase(volume))));
		await ask(
			post('/api/v1/persistentvolumes', {
				apiVersion: 'v1',
				kind: 'PersistentVolume',
				metadata: {name: namespace},
				spec: {
					...{
						capacity: {storage: '2Gi'},
						accessModes: ['ReadWriteOnce'],
						hostPath: {path: '/data'},
						persistentVolumeReclaimPolicy: 'Retain',
					},
					claimRef: {namespace, name: 'data'},
				},
			}),
		);
		await eventually(
			{path: path('persistentvolumeclaims', 'data')},
			shows({spec: {volumeName: namespace}, status: {phase: 'Bound', capacity: {storage: '2Gi'}, accessModes: ['ReadWriteOnce']}}),
		);
		await eventually({path: volume}, shows({status: {phase: 'Bound'}}));
		await ask(erase(path('persistentvolumeclaims', 'data')));
		await eventually({path: volume}, shows({status: {phase: 'Released'}}));
	});

	test('a pod waits for its claim to be bound', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('persistentvolumeclaims'), claim('data')));
		await ask(post(path('pods'), pod('a', mounting('data'))));
		const {body} = await eventually({path: path('pods', 'a')}, showsCondition({type: 'PodScheduled', status: 'False'}));
		expect(at(conditionOf(body, 'PodScheduled'), 'message')).toMatch(
			/^0\/3 nodes are available: pod has unbound immediate PersistentVolumeClaims\./,
		);
	});

	test('a pod says which claim does not exist', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('pods'), pod('a', mounting('nothing'))));
		const {body} = await eventually({path: path('pods', 'a')}, showsCondition({type: 'PodScheduled', status: 'False'}));
		expect(at(conditionOf(body, 'PodScheduled'), 'message')).toMatch(
			/^0\/3 nodes are available: persistentvolumeclaim "nothing" not found\./,
		);
	});

	test('a claim that a pod uses stays until the pod is gone', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('persistentvolumeclaims'), claim('data')));
		await ask(post(path('pods'), pod('a', {...mounting('data'), nodeName: 'node-a'})));
		await eventually({path: path('persistentvolumeclaims', 'data')}, shows({metadata: {finalizers: ['kubernetes.io/pvc-protection']}}));
		expect(await ask(erase(path('persistentvolumeclaims', 'data')))).toMatchObject({
			status: 200,
			body: {kind: 'PersistentVolumeClaim', metadata: {finalizers: ['kubernetes.io/pvc-protection']}},
		});
		await ask(mergePatch(path('persistentvolumeclaims', 'data'), {metadata: {labels: {seen: 'yes'}}}));
		expect(await ask({path: path('persistentvolumeclaims', 'data')})).toMatchObject({status: 200});
		await ask(erase(path('pods', 'a'), {gracePeriodSeconds: 0}));
		await eventually({path: path('persistentvolumeclaims', 'data')}, isGone);
	});

	test('a claim is changed only to grow', async () => {
		const {ask, path} = await open();
		await ask(post(path('persistentvolumeclaims'), claim('data')));
		expect(await ask(mergePatch(path('persistentvolumeclaims', 'data'), {spec: {accessModes: ['ReadOnlyMany']}}))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec: Forbidden: spec is immutable after creation except resources.requests')},
		});
	});
};
