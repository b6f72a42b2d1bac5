import {expect, test} from 'vitest';
import {type Binding, type ObjectWrite, writeCall} from '../../../../../src/mcp/kubernetes/client/write/write-call.ts';
import type {ResourceType} from '../../../../../src/mcp/kubernetes/port.ts';

const type: ResourceType = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	plural: 'deployments',
	singular: 'deployment',
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs: [],
	subresources: [],
};
const pods: ResourceType = {...type, apiVersion: 'v1', kind: 'Pod', plural: 'pods'};
const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const podRef = {...ref, apiVersion: 'v1', kind: 'Pod'};
const manifest = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', managedFields: []}, spec: {replicas: 2}};
const live: Binding = {uid: 'u', resourceVersion: '7'};
const strict = {fieldManager: 'mkcoa', fieldValidation: 'Strict'};
const one = '/apis/apps/v1/namespaces/shop/deployments/web';

test.each<[string, ObjectWrite, Binding, object]>([
	[
		'apply to what exists',
		{op: 'apply', ref, manifest},
		live,
		{
			method: 'PATCH',
			path: one,
			contentType: 'application/apply-patch+yaml',
			query: {...strict, force: false},
			body: {...manifest, metadata: {name: 'web', uid: 'u', resourceVersion: '7'}},
		},
	],
	[
		'apply to nothing',
		{op: 'apply', ref, manifest},
		'absent',
		{body: {...manifest, metadata: {name: 'web', uid: undefined, resourceVersion: '1'}}},
	],
	[
		'create',
		{op: 'create', ref, manifest},
		'absent',
		{method: 'POST', path: '/apis/apps/v1/namespaces/shop/deployments', query: strict, body: {...manifest, metadata: {name: 'web'}}},
	],
	[
		'replace',
		{op: 'replace', ref, manifest},
		live,
		{method: 'PUT', path: one, body: {...manifest, metadata: {name: 'web', managedFields: [], uid: 'u', resourceVersion: '7'}}},
	],
	[
		'json patch',
		{op: 'patch', ref, type: 'json', patch: [{op: 'remove', path: '/spec/paused'}]},
		live,
		{
			contentType: 'application/json-patch+json',
			body: [
				{op: 'remove', path: '/spec/paused'},
				{op: 'add', path: '/metadata/resourceVersion', value: '7'},
			],
		},
	],
	[
		'merge patch',
		{op: 'patch', ref, type: 'merge', patch: {metadata: {labels: {a: 'b'}}, spec: {paused: null}}},
		live,
		{contentType: 'application/merge-patch+json', body: {metadata: {labels: {a: 'b'}, resourceVersion: '7'}, spec: {paused: null}}},
	],
	[
		'strategic patch of the scale',
		{op: 'patch', ref, type: 'strategic', patch: {spec: {replicas: 3}}, subresource: 'scale'},
		live,
		{
			path: `${one}/scale`,
			contentType: 'application/strategic-merge-patch+json',
			body: {metadata: {resourceVersion: '7'}, spec: {replicas: 3}},
		},
	],
	[
		'delete',
		{op: 'delete', ref, propagation: 'Foreground', graceSeconds: 0},
		live,
		{
			method: 'DELETE',
			path: one,
			body: {
				apiVersion: 'v1',
				kind: 'DeleteOptions',
				preconditions: {uid: 'u', resourceVersion: '7'},
				propagationPolicy: 'Foreground',
				gracePeriodSeconds: 0,
			},
		},
	],
	[
		'evict',
		{op: 'evict', ref: podRef, graceSeconds: 5},
		live,
		{
			method: 'POST',
			path: '/api/v1/namespaces/shop/pods/web/eviction',
			body: {
				apiVersion: 'policy/v1',
				kind: 'Eviction',
				metadata: {name: 'web', namespace: 'shop'},
				deleteOptions: {preconditions: {uid: 'u', resourceVersion: '7'}, gracePeriodSeconds: 5},
			},
		},
	],
])('%s is one request, bound to what was read', (_name, write, binding, expected) => {
	const call = writeCall(write, write.op === 'evict' ? pods : type, binding, false);
	expect(call).toMatchObject({changes: true});
	expect(call).toMatchObject(expected);
	expect(JSON.stringify(call.query)).not.toContain('dryRun');
});

test.each<ObjectWrite>([
	{op: 'apply', ref, manifest},
	{op: 'create', ref, manifest},
	{op: 'replace', ref, manifest},
	{op: 'patch', ref, type: 'merge', patch: {spec: {replicas: 3}}},
	{op: 'delete', ref},
	{op: 'evict', ref: podRef},
])('a dry run of $op says so where the server reads it, and is bound to nothing', write => {
	const call = writeCall(write, write.op === 'evict' ? pods : type, 'unbound', true);
	expect(call).toMatchObject({changes: false, query: {dryRun: 'All'}});
	expect(JSON.stringify(call.body)).not.toMatch(/resourceVersion|preconditions/);
	if (write.op === 'delete') expect(call.body).toMatchObject({dryRun: ['All']});
	if (write.op === 'evict') expect(call.body).toMatchObject({deleteOptions: {dryRun: ['All']}});
});

test.each([true, false])('an apply never forces (dry run: %s)', dryRun => {
	expect(writeCall({op: 'apply', ref, manifest}, type, live, dryRun).query).toMatchObject({force: false});
});
