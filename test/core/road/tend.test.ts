import {expect, test} from 'vitest';
import {MkcoaError} from '../../../src/core/error.ts';
import type {KubeObject, Ref} from '../../../src/core/kube/kube-object.ts';
import {brokenBy, preconditionOf, watchedBy} from '../../../src/core/road/precondition.ts';
import {shows} from '../../../src/core/road/shows.ts';
import {tend} from '../../../src/core/road/tend.ts';
import {ConflictError, LostAnswerError, type Upkeep} from '../../../src/core/tool.ts';
import {memoryObjects} from '../../support/memory-objects.ts';

const ref: Ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'own'};
const own: KubeObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'own', namespace: 'shop'}, data: {position: '1'}};
const patch: Upkeep = {op: 'patch', ref, type: 'merge', patch: {data: {position: '2'}}};
const lost = new LostAnswerError(new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The connection broke'}));

function tending(listed: readonly Ref[] = [ref]) {
	const objects = memoryObjects([own]);
	const run = {
		plan: {steps: [{title: 'Hold', writes: [], upkeep: listed}]},
		effector: objects.effector,
		signal: new AbortController().signal,
	};
	return {objects, tend: (write: Upkeep, seen: KubeObject | undefined) => tend(run, write, seen)};
}

test('upkeep is bound to what the caller read, and to nothing newer', async () => {
	const {objects, tend} = tending();
	const seen = objects.get(ref);
	expect(await tend(patch, seen)).toMatchObject({data: {position: '2'}});
	await expect(tend(patch, seen)).rejects.toThrowError(ConflictError);
});

test('an object that the plan does not list is not touched', async () => {
	const {objects, tend} = tending([]);
	await expect(tend(patch, objects.get(ref))).rejects.toThrowError('does not list ConfigMap shop/own for upkeep');
	expect(objects.sent).toEqual([]);
});

test.each([
	['that was done is done', 'after', {position: '2'}],
	['that was not done is told, so that it can be tried again', 'before', LostAnswerError],
	['in whose place somebody else wrote is a conflict', 'other', ConflictError],
] as const)('a write without an answer %s', async (_name, when, expected) => {
	const {objects, tend} = tending();
	const lose = () => {
		if (when === 'other') objects.put({...own, data: {position: '7'}});
		throw lost;
	};
	if (when === 'after') objects.afterSend = lose;
	else objects.beforeSend = lose;
	const done = tend(patch, objects.get(ref));
	if (typeof expected === 'function') await expect(done).rejects.toThrowError(expected);
	else expect(await done).toMatchObject({data: expected});
});

test.each([
	['a merge patch', {op: 'patch', ref, type: 'merge', patch: {data: {position: '1', request: null}}}, true],
	['a merge patch of something else', patch, false],
	['a JSON patch', {op: 'patch', ref, type: 'json', patch: [{op: 'replace', path: '/data/position', value: '1'}]}, true],
	['a JSON patch that does not fit', {op: 'patch', ref, type: 'json', patch: [{op: 'replace', path: '/spec/x', value: 1}]}, false],
	['a deletion', {op: 'delete', ref}, false],
] as const)('an object shows whether it is as %s leaves it', (_name, write, expected) => {
	expect(shows(write, own, own)).toBe(expected);
});

test('a condition on the identity alone outlives every change but a new object', () => {
	const at = (uid: string, position: string): KubeObject => ({...own, metadata: {...own.metadata, uid}, data: {position}});
	const condition = preconditionOf(at('a', '1'), ref, 'identity');
	expect([brokenBy(condition, at('a', '2')), brokenBy(condition, at('b', '1'))]).toEqual([
		undefined,
		'ConfigMap shop/own was deleted and made again',
	]);
	expect(watchedBy(preconditionOf(undefined, ref, 'identity'))).toBe('identity');
	expect(watchedBy(preconditionOf(undefined, ref, 'all but replicas'))).toBe('all but replicas');
});
