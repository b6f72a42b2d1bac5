import {expect, test} from 'vitest';
import {startApi} from './support/api-client.ts';

const autoscaler = {
	apiVersion: 'autoscaling/v1',
	kind: 'HorizontalPodAutoscaler',
	metadata: {name: 'web'},
	spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, maxReplicas: 5, targetCPUUtilizationPercentage: 50},
};
const path = (version: string) => `/apis/autoscaling/${version}/namespaces/default/horizontalpodautoscalers`;

test('fields of an autoscaler are owned in the words of the version that was written', async () => {
	const {call} = await startApi();
	const {body} = await call('POST', path('v1'), {body: autoscaler});
	expect(body.status).toEqual({currentReplicas: 0, desiredReplicas: 0});
	expect(body.metadata.managedFields).toMatchObject([
		{
			apiVersion: 'autoscaling/v1',
			fieldsV1: {'f:spec': {'f:maxReplicas': {}, 'f:minReplicas': {}, 'f:scaleTargetRef': {}, 'f:targetCPUUtilizationPercentage': {}}},
		},
	]);
});

test('a change in the newer version takes the field from its owner in the older one', async () => {
	const {call} = await startApi();
	await call('POST', path('v1'), {body: autoscaler});
	const {body} = await call('PATCH', `${path('v2')}/web?fieldManager=other`, {
		body: {spec: {maxReplicas: 7}},
		type: 'application/merge-patch+json',
	});
	expect(body.metadata.managedFields).toMatchObject([
		{manager: 'other', apiVersion: 'autoscaling/v2', fieldsV1: {'f:spec': {'f:maxReplicas': {}}}},
		{manager: 'test', apiVersion: 'autoscaling/v1', fieldsV1: {'f:spec': {'f:minReplicas': {}, 'f:scaleTargetRef': {}}}},
	]);
	expect(body.metadata.managedFields).not.toHaveProperty(['1', 'fieldsV1', 'f:spec', 'f:maxReplicas']);
});
