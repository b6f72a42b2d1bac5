import {expect, test} from 'vitest';
import {refOf} from '../../../../src/core/kube/kube-object.ts';
import {localAfter} from '../../../../src/mcp/kubernetes/plan/local-after.ts';
import {mergeApplied} from '../../../../src/mcp/kubernetes/plan/merge-applied.ts';
import {loadedSchema} from '../../../support/loaded-schema.ts';
import {deployment} from '../../../support/shop-objects.ts';

const service = loadedSchema.at('v1', 'Service', ['spec']);
const live = deployment('web');
const ref = refOf(live);

test('merges keyed lists by their keys, with the protocol that the server would fill in', () => {
	const before = {
		ports: [
			{port: 80, protocol: 'TCP', nodePort: 30_000},
			{port: 81, protocol: 'TCP'},
		],
	};
	expect(mergeApplied(before, {ports: [{port: 80, targetPort: 8080}]}, service)).toEqual({
		ports: [
			{port: 80, protocol: 'TCP', nodePort: 30_000, targetPort: 8080},
			{port: 81, protocol: 'TCP'},
		],
	});
});

test('replaces atomic maps such as the selector of a service', () => {
	expect(mergeApplied({selector: {app: 'a', tier: 'x'}}, {selector: {app: 'b'}}, loadedSchema.at('v1', 'Service', ['spec']))).toEqual({
		selector: {app: 'b'},
	});
});

test('unites sets such as finalizers', () => {
	const metadata = loadedSchema.at('v1', 'Pod', ['metadata']);
	expect(mergeApplied({finalizers: ['a']}, {finalizers: ['b', 'a']}, metadata)).toEqual({finalizers: ['a', 'b']});
});

test('replaces lists of kinds that nobody described', () => {
	expect(mergeApplied({spec: {list: [{name: 'a'}]}}, {spec: {list: [{name: 'b'}]}}, undefined)).toEqual({spec: {list: [{name: 'b'}]}});
});

test('leaves nothing of a deleted object', () => {
	expect(localAfter({op: 'delete', ref}, live, undefined)).toBeNull();
});

test('keeps the identity of an object that a patch tries to rename', () => {
	const after = localAfter({op: 'patch', ref, type: 'merge', patch: {kind: 'Pod', metadata: {name: 'other'}}}, live, undefined);
	expect(after).toMatchObject({kind: 'Deployment', metadata: {name: 'web', namespace: 'shop'}});
});

test('says which operation of a patch does not fit', () => {
	const write = {op: 'patch', ref, type: 'json', patch: [{op: 'remove', path: '/spec/nothing'}]} as const;
	expect(() => localAfter(write, live, undefined)).toThrow(
		'The patch does not fit Deployment shop/web: Operation 1 (remove /spec/nothing): there is no nothing',
	);
});
