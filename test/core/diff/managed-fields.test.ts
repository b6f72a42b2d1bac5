import {expect, test} from 'vitest';
import {fieldOwners} from '../../../src/core/diff/managed-fields.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {PathSegment} from '../../../src/core/plan.ts';

const entry = (manager: string, fieldsV1: KubeObject, operation = 'Update', subresource?: string) => ({
	manager,
	operation,
	fieldsV1,
	...(subresource === undefined ? {} : {subresource}),
});
const fields = (value: object) => value as KubeObject;

const object: KubeObject = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {
		name: 'web',
		managedFields: [
			entry(
				'kubectl',
				fields({'f:spec': {'f:template': {'f:spec': {'f:containers': {'k:{"name":"web"}': {'.': {}, 'f:image': {}, 'f:args': {}}}}}}}),
			),
			entry('hpa', fields({'f:spec': {'f:replicas': {}}}), 'Update', 'scale'),
			entry('argocd-controller', fields({'f:metadata': {'f:finalizers': {'.': {}, 'v:"x"': {}}}, 'f:spec': {'f:selector': {}}}), 'Apply'),
		],
	},
};
const containers: readonly PathSegment[] = ['spec', 'template', 'spec', 'containers'];

test.each<[readonly PathSegment[], readonly string[]]>([
	[[...containers, {name: 'web'}, 'image'], ['kubectl']],
	[[...containers, {name: 'web'}], ['kubectl']],
	[[...containers, {name: 'other'}, 'image'], []],
	[[...containers, {name: 'web'}, 'args', 0], ['kubectl']],
	[['spec', 'replicas'], ['hpa']],
	[['spec', 'selector', 'matchLabels', 'app'], ['argocd-controller']],
	[['metadata', 'finalizers', {'': 'x'}], ['argocd-controller']],
	[['metadata', 'labels', 'x'], []],
])('%j is owned by %j', (path, managers) => {
	expect(fieldOwners(object)(path).map(({manager}) => manager)).toEqual(managers);
});

test('tells how a field is owned', () => {
	expect(fieldOwners(object)(['spec', 'replicas'])).toEqual([{manager: 'hpa', operation: 'Update', subresource: 'scale'}]);
});

test('managed fields of a strange shape are no owners', () => {
	const strange: KubeObject = {
		...object,
		metadata: {name: 'web', managedFields: [null, 'x', {manager: 1}, entry('a', fields({'f:spec': {'k:{broken': {}}}))]},
	};
	expect(fieldOwners(strange)(['spec', {name: 'x'}])).toEqual([]);
});
