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

	test.each([
		[
			'its last writer',
			[
				['kubectl-edit', '2026-01-01T00:00:02Z'],
				['mkcoa', '2026-01-01T00:00:01Z'],
			],
			'; kubectl-edit wrote it last',
		],
		[
			'two writers of one second',
			[
				['kubectl-edit', '2026-01-01T00:00:02Z'],
				['argocd', '2026-01-01T00:00:02Z'],
			],
			'; kubectl-edit or argocd wrote it last',
		],
		[
			'no report of a controller',
			[
				['mkcoa', '2026-01-01T00:00:01Z'],
				['controller', '2026-01-01T00:00:09Z', 'status'],
			],
			'; mkcoa wrote it last',
		],
		[
			'a scaling, which has no time',
			[
				['kubectl-edit', '2026-01-01T00:00:02Z'],
				['keda', undefined, 'scale'],
			],
			'; kubectl-edit or keda wrote it last',
		],
		[
			'mkcoa, too, where it scaled',
			[
				['mkcoa', undefined, 'scale'],
				['kubectl', '2026-01-01T00:00:02Z'],
			],
			'; mkcoa or kubectl wrote it last',
		],
		['no name that is none', [['x\n\u001b[31m', '2026-01-01T00:00:02Z']], ''],
	])('what moved names %s', (_name, entries, who) => {
		const managedFields = entries.map(([manager, time, subresource]) => ({manager, time, operation: 'Update', fieldsV1: {}, subresource}));
		const live = {...scaled, metadata: {...scaled.metadata, managedFields}} as typeof web;
		expect(brokenBy(preconditionOf(web, ref), live)).toBe(`Deployment shop/web moved from generation 3 to 4${who}`);
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
