import {expect, test} from 'vitest';
import {compareFindings, type Expected} from './compare-findings.ts';

const pod = {apiVersion: 'v1', kind: 'Pod', name: 'web'};
const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'shop', name: 'all'};
const object = {spec: {hostPID: true, containers: [{name: 'a', securityContext: {capabilities: {drop: ['SYS_TIME']}}}]}};
const want = (more: Partial<Expected>): Expected => ({object: pod, failedPaths: [], fixPaths: [], ...more});
const compare = (expected: Expected, paths: readonly string[]) => compareFindings([expected], [{object: pod, paths}], () => object);

test.each([
	['the same field', want({failedPaths: ['spec.hostPID']}), ['spec.hostPID'], true],
	['one field less', want({failedPaths: ['spec.hostPID', 'spec.hostIPC']}), ['spec.hostPID'], false],
	[
		'what is set and what to set are told once',
		want({failedPaths: ['spec.hostPID'], fixPaths: [{path: 'spec.hostPID'}]}),
		['spec.hostPID'],
		true,
	],
	[
		'the place of a missing field',
		want({fixPaths: [{path: 'spec.containers[0].livenessProbe'}]}),
		['spec.containers[0].livenessProbe.httpGet'],
		true,
	],
	[
		'the end of a list',
		want({fixPaths: [{path: 'spec.containers[0].securityContext.capabilities.drop[1]'}]}),
		['spec.containers[0].securityContext.capabilities.drop[1]'],
		true,
	],
	['a field of a missing one', want({failedPaths: ['spec.hostIPC']}), ['spec.hostIPCs'], false],
	['the parent of a field that is there', want({failedPaths: ['spec.hostPID']}), ['spec'], false],
] as const)('%s', (_, expected, paths, alike) => {
	expect(compare(expected, paths)).toMatchObject({objects: true, paths: alike});
});

test('fields of related objects are compared in their objects', () => {
	const expected = want({relatedObjects: [role], failedPaths: ['relatedObjects[0].rules[0]']});
	const found = {object: pod, paths: [], related: [{resource: role, paths: ['rules[0]']}]};
	expect(compareFindings([expected], [found], () => undefined)).toEqual({objects: true, paths: true, pathsToTheLetter: true});
	expect(compareFindings([expected], [{object: pod, paths: ['rules[0]']}], () => undefined)).toMatchObject({objects: true, paths: false});
});

test('a name is compared as far as it is told', () => {
	const found = [{object: pod, paths: []}];
	expect(compareFindings([want({object: {kind: 'Pod', name: 'web'}})], found, () => undefined).objects).toBe(true);
	expect(compareFindings([want({object: {...pod, namespace: 'shop'}})], found, () => undefined).objects).toBe(false);
	expect(compareFindings([want({}), want({})], found, () => undefined).objects).toBe(false);
});
