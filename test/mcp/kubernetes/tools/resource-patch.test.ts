import {expect, test} from 'vitest';
import {canonicalJson, type Json} from '../../../../src/core/json.ts';
import {resourcePatch} from '../../../../src/mcp/kubernetes/tools/resource-patch.ts';
import {carryOut, rehearse} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, objectOf} from '../../../support/shop-objects.ts';

const target = {kind: 'deploy', name: 'web'};
const fields = async (input: object) =>
	(await rehearse(resourcePatch, {...target, ...input}, fakeCluster({objects: [deployment()]}))).changes[0]?.fields;

test('plans a merge patch written as YAML', async () => {
	expect(await fields({patch: 'spec: {replicas: 4}'})).toEqual([{path: ['spec', 'replicas'], operation: 'replace', before: 3, after: 4}]);
});

test('plans a JSON patch', async () => {
	expect(await fields({type: 'json', patch: '[{"op":"replace","path":"/spec/replicas","value":1}]'})).toMatchObject([{after: 1}]);
});

test('merges containers by name with a strategic patch', async () => {
	const patch = 'spec: {template: {spec: {containers: [{name: web, image: "web:2"}]}}}';
	expect(await fields({type: 'strategic', patch})).toEqual([
		{path: ['spec', 'template', 'spec', 'containers', {name: 'web'}, 'image'], operation: 'replace', before: 'web:1', after: 'web:2'},
	]);
});

test('applies the patch', async () => {
	const fake = fakeCluster({objects: [deployment()]});
	expect((await carryOut(resourcePatch, {...target, patch: 'spec: {replicas: 4}'}, fake)).outcome.kind).toBe('done');
	expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 4}});
});

test('has nothing to do when the values are there already', async () => {
	const {outcome} = await carryOut(resourcePatch, {...target, patch: 'spec: {replicas: 3}'}, fakeCluster({objects: [deployment()]}));
	expect(outcome.kind).toBe('nothing-to-do');
});

test.each([
	['text that is no YAML', {patch: '{a: ['}, 'bad-yaml'],
	['a list as a merge patch', {patch: '[]'}, 'bad-patch'],
	['an object as a JSON patch', {type: 'json', patch: '{}'}, 'bad-patch'],
	['an operation that does not fit', {type: 'json', patch: '[{"op":"remove","path":"/spec/nothing"}]'}, 'bad-patch'],
])('refuses %s', async (_, input, code) => {
	await expect(fields(input)).rejects.toMatchObject({trouble: {code}});
});

test('refuses a strategic patch of a custom resource', async () => {
	const kinds = [
		{
			apiVersion: 'x.io/v1',
			kind: 'Thing',
			plural: 'things',
			singular: 'thing',
			shortNames: [],
			categories: [],
			namespaced: true,
			verbs: [],
			subresources: [],
		},
	];
	const fake = fakeCluster({kinds, objects: [objectOf('x.io/v1', 'Thing', 'web')]});
	await expect(rehearse(resourcePatch, {kind: 'things', name: 'web', type: 'strategic', patch: 'a: b'}, fake)).rejects.toThrow(
		'takes no strategic patch',
	);
});

test('keeps the values of a secret out of the plan', async () => {
	const fake = fakeCluster({objects: [objectOf('v1', 'Secret', 'keys', {data: {password: 'b2xk'}})]});
	const plan = await rehearse(resourcePatch, {kind: 'secret', name: 'keys', patch: '{"stringData":{"password":"canary-hunter2"}}'}, fake);
	expect(canonicalJson(plan as unknown as Json)).not.toMatch(/canary-hunter2|b2xk/);
	expect(plan.changes[0]?.fields).toMatchObject([{path: ['data', 'password'], secret: true}]);
});

test('writes the value that the plan does not show', async () => {
	const fake = fakeCluster({objects: [objectOf('v1', 'Secret', 'keys', {data: {password: 'b2xk'}})]});
	await carryOut(resourcePatch, {kind: 'secret', name: 'keys', patch: '{"stringData":{"password":"canary-hunter2"}}'}, fake);
	expect(fake.object('Secret', 'keys')).toMatchObject({stringData: {password: 'canary-hunter2'}});
});
