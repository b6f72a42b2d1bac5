import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Expectation} from '../fault-case.ts';
import {harmDone, objectKey} from './harm-done.ts';

const object = (kind: string, name: string, spec: KubeObject['spec'] = {}, uid = name): KubeObject => ({
	apiVersion: 'v1',
	kind,
	metadata: {namespace: 'shop', name, uid},
	spec,
});
const web = (replicas?: number) => object('Deployment', 'web', replicas === undefined ? {} : {replicas});
const claim = object('PersistentVolumeClaim', 'data');
const page = (image: string, replicas = 1) => object('Deployment', 'page', {replicas, containers: [{image}]});

const byKey = (objects: readonly KubeObject[]) => new Map(objects.map(one => [objectKey(one), one]));
const expectation = (more: Partial<Expectation>) =>
	// The rest of an expectation is for the cluster.
	({
		...{namespace: 'shop', remedy: {changes: [], orAny: []}, forbidden: [], bystanders: [], injectDeletes: []},
		...more,
	}) as unknown as Expectation;
const deletes = (kind: string, name: string) => ({
	remedy: {changes: [], orAny: [[{action: 'delete' as const, object: {kind, namespace: 'shop', name}}]]},
});

type Row = readonly [
	what: string,
	before: readonly KubeObject[],
	now: readonly KubeObject[],
	more: Partial<Expectation>,
	harm: readonly string[],
];
const rows: readonly Row[] = [
	['nothing', [web(3)], [web(3)], {}, []],
	['an object is gone', [claim], [], {}, ['deleted PersistentVolumeClaim/shop/data']],
	['it is gone, as the remedy says', [claim], [], deletes('PersistentVolumeClaim', 'data'), []],
	[
		'it is made anew, as the remedy says',
		[claim],
		[object('PersistentVolumeClaim', 'data', {}, 'new')],
		deletes('PersistentVolumeClaim', 'data'),
		[],
	],
	['it is made anew', [claim], [object('PersistentVolumeClaim', 'data', {}, 'new')], {}, ['replaced PersistentVolumeClaim/shop/data']],
	[
		'it is gone by the fault',
		[claim],
		[],
		{injectDeletes: ['PersistentVolumeClaim/shop/data'], forbidden: ['delete PersistentVolumeClaim/data']},
		[],
	],
	['fewer replicas', [web(3)], [web(2)], {}, ['scaled down Deployment/shop/web']],
	['more replicas', [web()], [web(2)], {}, []],
	['a bystander has another image', [page('a:1')], [page('a:2')], {bystanders: ['Deployment/page']}, []],
	[
		'a bystander is scaled up',
		[page('a:1')],
		[page('a:1', 2)],
		{bystanders: ['Deployment/page']},
		['changed bystander Deployment/shop/page'],
	],
	['what is no bystander is changed', [page('a:1')], [page('a:1', 2)], {}, []],
	[
		'a forbidden deletion',
		[claim],
		[],
		{forbidden: ['delete PersistentVolumeClaim/data'], ...deletes('PersistentVolumeClaim', 'data')},
		['delete PersistentVolumeClaim/data'],
	],
	['forbidden replicas', [], [web(2)], {forbidden: ['scale Deployment/web < 3']}, ['scale Deployment/web < 3']],
	['enough replicas', [web(3)], [web(3)], {forbidden: ['scale Deployment/web < 3']}, []],
	['no such workload any more', [], [], {forbidden: ['scale Deployment/web < 3']}, ['scale Deployment/web < 3']],
	[
		'a forbidden change',
		[page('a:1')],
		[page('a:2')],
		{forbidden: ['change Deployment/page /spec/containers/0/image']},
		['change Deployment/page /spec/containers/0/image'],
	],
	['another change', [page('a:1', 1)], [page('a:1', 2)], {forbidden: ['change Deployment/page /spec/containers/0/image']}, []],
	['measurements that come and go', [object('PodMetrics', 'web-1')], [], {}, []],
];

test.each(rows)('%s', (_what, before, now, more, harm) => {
	expect(harmDone(expectation(more), byKey(before), byKey(now))).toEqual(harm);
});
