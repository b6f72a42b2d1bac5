import {expect, test} from 'vitest';
import {at, mergePatch, post} from '../../servers/questions.ts';
import type {Chapter, Room} from '../room.ts';
import {conditionOf, shows, showsCondition} from '../shows.ts';
import {deployment} from '../workloads.ts';

const autoscaler = (spec: object, target = 'web') => ({
	apiVersion: 'autoscaling/v2',
	kind: 'HorizontalPodAutoscaler',
	metadata: {name: 'web'},
	spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: target}, maxReplicas: 5, ...spec},
});

async function scaling({ask, path, eventually}: Room, replicas: number, spec: object) {
	await ask(post(path('deployments'), deployment('web', {replicas})));
	await eventually({path: path('deployments', 'web')}, shows({status: {observedGeneration: 1}}));
	await ask(post(path('horizontalpodautoscalers'), autoscaler(spec)));
	return path('horizontalpodautoscalers', 'web');
}

/** How many there should be, by measure. */
export const autoscalers: Chapter = open => {
	test.each([
		['fewer than the least', 1, {minReplicas: 3}, 3, 'Current number of replicas below Spec.MinReplicas'],
		['more than the most', 4, {maxReplicas: 2}, 2, 'Current number of replicas above Spec.MaxReplicas'],
	])('%s are brought to the limit', async (_, before, spec, after, why) => {
		const room = await open();
		const target = await scaling(room, before, spec);
		await room.eventually({path: room.path('deployments', 'web')}, shows({spec: {replicas: after}}));
		const {body} = await room.eventually({path: target}, shows({status: {desiredReplicas: after}}));
		expect(body).toMatchObject({status: {desiredReplicas: after, lastScaleTime: expect.stringMatching(/Z$/)}});
		const events = `${room.path('events')}?fieldSelector=reason%3DSuccessfulRescale`;
		await room.eventually({path: events}, shows({items: [{message: `New size: ${after}; reason: ${why}`}]}));
	});

	test('a target that is not there is said to be missing', async () => {
		const {ask, path, eventually} = await open();
		await ask(post(path('horizontalpodautoscalers'), autoscaler({}, 'nothing')));
		const {body} = await eventually(
			{path: path('horizontalpodautoscalers', 'web')},
			showsCondition({type: 'AbleToScale', status: 'False'}),
		);
		expect(conditionOf(body, 'AbleToScale')).toMatchObject({
			reason: 'FailedGetScale',
			message: 'the HPA controller was unable to get the target\'s current scale: deployments.apps "nothing" not found',
		});
	});

	test('a target that is scaled to none is left there', async () => {
		const room = await open();
		const target = await scaling(room, 0, {minReplicas: 2});
		const {body} = await room.eventually({path: target}, showsCondition({type: 'ScalingActive', status: 'False'}));
		expect(conditionOf(body, 'ScalingActive')).toMatchObject({
			reason: 'ScalingDisabled',
			message: 'scaling is disabled since the replica count of the target is zero',
		});
		expect(await room.ask({path: room.path('deployments', 'web')})).toHaveProperty('body.spec.replicas', 0);
	});

	test('without a request to compare with, use cannot be judged, and nothing is scaled', async () => {
		const room = await open();
		const target = await scaling(room, 2, {minReplicas: 1});
		const {body} = await room.eventually({path: target}, showsCondition({type: 'ScalingActive', status: 'False'}));
		expect(conditionOf(body, 'AbleToScale')).toMatchObject({status: 'True', reason: 'SucceededGetScale'});
		expect(conditionOf(body, 'ScalingActive')).toMatchObject({reason: 'FailedGetResourceMetric'});
		expect(at(body, 'status', 'currentReplicas')).toBe(2);
		expect(await room.ask({path: room.path('deployments', 'web')})).toHaveProperty('body.spec.replicas', 2);
	});

	test('it watches the cpu when it is told nothing else', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('horizontalpodautoscalers'), autoscaler({})))).toMatchObject({
			status: 201,
			body: {
				spec: {
					minReplicas: 1,
					metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}}],
				},
			},
		});
	});

	test.each([
		[{minReplicas: 9}, 'spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`'],
		[{minReplicas: 0}, 'spec.minReplicas: Invalid value: 0: must be greater than or equal to 1'],
		[{maxReplicas: 0}, 'spec.maxReplicas: Required value: must be set and greater than 0'],
	])('limits like %o are refused', async (spec, message) => {
		const {ask, path} = await open();
		expect(await ask(post(path('horizontalpodautoscalers'), autoscaler(spec)))).toMatchObject({
			status: 422,
			body: {reason: 'Invalid', message: expect.stringContaining(message)},
		});
	});

	test('the older version of the kind reads the same object', async () => {
		const {ask, path, namespace} = await open();
		await ask(post(path('horizontalpodautoscalers'), autoscaler({})));
		await ask(mergePatch(path('horizontalpodautoscalers', 'web'), {spec: {maxReplicas: 7}}));
		expect(await ask({path: `/apis/autoscaling/v1/namespaces/${namespace}/horizontalpodautoscalers/web`})).toMatchObject({
			body: {apiVersion: 'autoscaling/v1', spec: {minReplicas: 1, maxReplicas: 7, targetCPUUtilizationPercentage: 80}},
		});
	});
};
