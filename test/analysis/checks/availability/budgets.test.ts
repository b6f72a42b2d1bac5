import {expect, test} from 'vitest';
import type {JsonObject} from '../../../../src/core/json.ts';
import {deployment, object} from '../../../support/kube-objects.ts';
import {foundBy} from '../found-by.ts';

const autoscaler = (spec: JsonObject) =>
	object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {spec: {scaleTargetRef: {kind: 'Deployment', name: 'web'}, ...spec}});
const budget = (spec: JsonObject) =>
	object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: {matchLabels: {app: 'web'}}, ...spec}});

test.each([
	[{minReplicas: 1, maxReplicas: 9}, 'fail HorizontalPodAutoscaler web: spec.minReplicas'],
	[{minReplicas: 2, maxReplicas: 9}, 'pass HorizontalPodAutoscaler web'],
	[{maxReplicas: 9}, 'pass HorizontalPodAutoscaler web'],
])('an autoscaler of %j keeps enough', (spec, said) => {
	expect(foundBy('autoscaler-minimum', [autoscaler(spec)])).toEqual([said]);
});

test.each([
	[{minReplicas: 3, maxReplicas: 3}, 'fail HorizontalPodAutoscaler web: spec.maxReplicas, spec.minReplicas'],
	[{minReplicas: 3}, 'fail HorizontalPodAutoscaler web: spec.maxReplicas'],
	[{maxReplicas: 1}, 'pass HorizontalPodAutoscaler web'],
	[{minReplicas: 3, maxReplicas: 4}, 'pass HorizontalPodAutoscaler web'],
])('an autoscaler of %j has room', (spec, said) => {
	expect(foundBy('autoscaler-without-room', [autoscaler(spec)])).toEqual([said]);
});

test.each([
	[{maxUnavailable: 0}, 'fail PodDisruptionBudget web: spec.maxUnavailable'],
	[{maxUnavailable: '0%'}, 'fail PodDisruptionBudget web: spec.maxUnavailable'],
	[{minAvailable: '100%'}, 'fail PodDisruptionBudget web: spec.minAvailable'],
	[{minAvailable: 4}, 'fail PodDisruptionBudget web: spec.minAvailable'],
	[{minAvailable: '90%'}, 'fail PodDisruptionBudget web: spec.minAvailable'],
	[{minAvailable: 3}, 'pass PodDisruptionBudget web'],
	[{minAvailable: '50%'}, 'pass PodDisruptionBudget web'],
	[{maxUnavailable: 1}, 'pass PodDisruptionBudget web'],
])('a budget of %j beside four pods lets one go', (spec, said) => {
	expect(foundBy('budget-allows-nothing', [budget(spec), deployment({replicas: 4})])).toEqual([said]);
});

test('a budget whose pods are not here is judged by itself alone', () => {
	expect(foundBy('budget-allows-nothing', [budget({minAvailable: 4})])).toEqual(['pass PodDisruptionBudget web']);
});

test('a budget that demands what the autoscaler may go down to', () => {
	const world = [deployment(), autoscaler({minReplicas: 3, maxReplicas: 9}), budget({minAvailable: 3})];
	expect(foundBy('budget-above-autoscaler', world)).toEqual(['fail HorizontalPodAutoscaler web: spec.minReplicas']);
	expect(foundBy('budget-above-autoscaler', world, {equalToo: false})).toEqual(['pass HorizontalPodAutoscaler web']);
	expect(foundBy('budget-above-autoscaler', world.slice(0, 2))).toEqual(['not-applicable']);
});
