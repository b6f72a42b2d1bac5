import {describe, expect, test} from 'vitest';
import {brokenBy, preconditionOf} from '../../../src/core/road/precondition.ts';
import {webDeployment} from '../../support/web-deployment.ts';

const web = webDeployment();
const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const scaled = {
	...web,
	metadata: {...web.metadata, generation: 4, resourceVersion: '11'},
	spec: {...(web.spec as object), replicas: 9},
} as typeof web;
const otherImage = {...scaled, spec: {...(scaled.spec as object), template: {}}} as typeof web;

describe('what a condition watches', () => {
	test('everything: another number of pods breaks it', () => {
		expect(brokenBy(preconditionOf(web, ref), scaled)).toBe('Deployment shop/web moved from generation 3 to 4');
	});

	test('all but the replicas: an autoscaler may work on, nobody else', () => {
		const condition = preconditionOf(web, ref, 'all but replicas');
		expect(brokenBy(condition, scaled)).toBeUndefined();
		expect(brokenBy(condition, otherImage)).toBe('Deployment shop/web was changed');
		expect(brokenBy(condition, {...scaled, metadata: {...scaled.metadata, labels: {app: 'other'}}})).toBe(
			'Deployment shop/web was changed',
		);
		expect(brokenBy(condition, undefined)).toBe('Deployment shop/web was deleted');
	});

	test('neither is broken by a status update', () => {
		const busy = {...web, metadata: {...web.metadata, resourceVersion: '12'}, status: {replicas: 4}};
		for (const watched of ['all', 'all but replicas'] as const) expect(brokenBy(preconditionOf(web, ref, watched), busy)).toBeUndefined();
	});
});

describe('a pod', () => {
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'made', namespace: 'shop', uid: 'uid-made', resourceVersion: '1', generation: 1},
		spec: {containers: [{name: 'a', image: 'a'}]},
	};
	const place = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'made'};

	test('is the same pod when the scheduler has chosen its node', () => {
		const placed = {...pod, metadata: {...pod.metadata, resourceVersion: '2', generation: 2}, spec: {...pod.spec, nodeName: 'node-1'}};
		expect(brokenBy(preconditionOf(pod, place), placed)).toBeUndefined();
	});

	test('is another one with another image', () => {
		const changed = {...pod, spec: {containers: [{name: 'a', image: 'b'}]}};
		expect(brokenBy(preconditionOf(pod, place), changed)).toBe('Pod shop/made was changed');
	});
});
