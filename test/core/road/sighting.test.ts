import {expect, test} from 'vitest';
import type {KubeObject, Ref} from '../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../src/core/plan.ts';
import {type Sighting, sightingOf} from '../../../src/core/road/sighting.ts';

const ref: Ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'one'};
const live = (
	value: string,
	{by, uid = 'u', ...metadata}: {readonly by?: string; readonly uid?: string; readonly deletionTimestamp?: string} = {},
): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name: 'one', namespace: 'shop', uid, ...metadata, managedFields: by === undefined ? [] : [{manager: by, time: value}]},
	data: {value},
});
const patch: Write = {op: 'patch', ref, type: 'merge', patch: {data: {value: 'b'}}};
const apply: Write = {op: 'apply', ref, manifest: live('b')};
const remove: Write = {op: 'delete', ref};

test.each<[string, Write, KubeObject | null, KubeObject | undefined, Sighting]>([
	['an object as it was', patch, live('a'), live('a'), 'not done'],
	['an object that mkcoa wrote', patch, live('a'), live('b', {by: 'mkcoa'}), 'done'],
	['an object that mkcoa wrote once more', patch, live('a', {by: 'mkcoa'}), live('b', {by: 'mkcoa'}), 'done'],
	['an object that somebody else wrote', patch, live('a'), live('c', {by: 'kubectl'}), 'unknown'],
	['an object that was deleted meanwhile', patch, live('a'), undefined, 'not done'],
	['an object that was made again', patch, live('a'), live('b', {by: 'mkcoa', uid: 'v'}), 'not done'],
	['nothing where nothing was', apply, null, undefined, 'not done'],
	['what mkcoa made', apply, null, live('b', {by: 'mkcoa'}), 'done'],
	['what somebody else made', apply, null, live('b', {by: 'kubectl'}), 'not done'],
	['an object that is to go', remove, live('a'), live('a'), 'not done'],
	['an object that is gone', remove, live('a'), undefined, 'done'],
	['an object that waits for its finalizers', remove, live('a'), live('a', {deletionTimestamp: '2026-01-01T00:00:00Z'}), 'done'],
	['another object under the name', remove, live('a'), live('a', {uid: 'v'}), 'done'],
	['a pod in which a program may have run', {op: 'exec', ref, command: ['x']}, live('a'), live('a'), 'unknown'],
])('%s', (_name, write, before, now, sighting) => {
	expect(sightingOf(write, before, now)).toBe(sighting);
});

const workload = {...ref, apiVersion: 'apps/v1', kind: 'Deployment'};
const deployment = (generation: number, replicas: number, by = 'mkcoa'): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {
		name: 'one',
		namespace: 'shop',
		uid: 'u',
		generation,
		managedFields: [{manager: by, operation: 'Update', subresource: 'scale', fieldsV1: {'f:spec': {'f:replicas': {}}}}],
	},
	spec: {replicas},
});
const scale = (replicas: number): Write => ({op: 'patch', ref: workload, type: 'merge', patch: {spec: {replicas}}, subresource: 'scale'});

test.each<[string, Write, KubeObject, KubeObject, Sighting]>([
	['the number that was asked for, still claimed by mkcoa', scale(5), deployment(1, 3), deployment(2, 5), 'done'],
	['another number', scale(5), deployment(1, 3), deployment(2, 4), 'unknown'],
	['the number, claimed by another', scale(5), deployment(1, 3, 'keda'), deployment(2, 5, 'keda'), 'unknown'],
	['the same object', scale(5), deployment(1, 3), deployment(1, 3), 'not done'],
])('a second scaling, whose claim has no time, is known by %s', (_name, write, before, now, sighting) => {
	expect(sightingOf(write, before, now)).toBe(sighting);
});

const made = (value: string): KubeObject => ({apiVersion: 'v1', kind: 'Thing', metadata: {name: 'one', uid: 'u'}, spec: {value, more: 1}});
const thing: Ref = {apiVersion: 'v1', kind: 'Thing', name: 'one'};
const create: Write = {op: 'create', ref: thing, manifest: {apiVersion: 'v1', kind: 'Thing', metadata: {name: 'one'}, spec: {value: 'a'}}};

test.each<[string, Write, KubeObject | undefined, Sighting]>([
	['what was to be made', create, made('a'), 'done'],
	['something else', create, made('b'), 'not done'],
	['nothing', create, undefined, 'not done'],
	['what claims say that somebody made', create, {...made('a'), metadata: {name: 'one', uid: 'u', managedFields: []}}, 'not done'],
	['the same, when it was to be applied', {...create, op: 'apply'}, made('a'), 'not done'],
])('a server that keeps no claims tells by the content: %s', (_name, write, now, sighting) => {
	expect(sightingOf(write, null, now)).toBe(sighting);
});
