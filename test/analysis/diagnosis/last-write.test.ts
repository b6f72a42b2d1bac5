import {expect, test} from 'vitest';
import {changedLast, isChangedSinceMade, lastWrite, writeText} from '../../../src/analysis/diagnosis/last-write.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {object} from '../../support/kube-objects.ts';

const entry = (manager: string, time: string, fieldsV1: JsonObject, more: JsonObject = {}): JsonObject => ({
	manager,
	time,
	fieldsV1,
	...more,
});
const spec = {'f:spec': {'f:paused': {}}};
const made = (name: string, managedFields: readonly JsonObject[]) =>
	object('apps/v1', 'Deployment', name, {metadata: {creationTimestamp: '2026-11-27T09:00:00Z', managedFields: [...managedFields]}});

test('what controllers note in status, scale and annotations is no change of what is meant', () => {
	const web = made('web', [
		entry('pipeline', '2026-11-27T09:00:00Z', spec),
		entry('kube-controller-manager', '2026-11-27T09:05:00Z', {'f:status': {}}, {subresource: 'status'}),
		entry('kube-controller-manager', '2026-11-27T09:06:00Z', {'f:metadata': {'f:annotations': {}}}),
		entry('autoscaler', '2026-11-27T09:07:00Z', {'f:spec': {'f:replicas': {}}}, {subresource: 'scale'}),
	]);
	expect(lastWrite(web)).toEqual({atMs: Date.parse('2026-11-27T09:00:00Z'), by: 'pipeline'});
	expect(isChangedSinceMade(web)).toBe(false);
});

test('a label is what is meant: selectors go by it', () => {
	const web = made('web', [entry('ann', '2026-11-27T09:08:00Z', {'f:metadata': {'f:labels': {'f:app': {}}}})]);
	expect(lastWrite(web).by).toBe('ann');
	expect(isChangedSinceMade(web)).toBe(true);
	expect(writeText(web)).toBe('changed last 2026-11-27T09:08:00Z by ann');
});

test('of two that contradict each other the one that was changed last brought it', () => {
	const [old, young] = [made('old', []), made('young', [entry('ann', '2026-11-27T09:08:00Z', spec)])];
	expect(changedLast([old, young])).toBe(young);
	expect(changedLast([young, old])).toBe(young);
});

test('what was written in one second tells nothing', () => {
	expect(changedLast([made('a', []), made('b', [])])).toBeUndefined();
	expect(changedLast([])).toBeUndefined();
});

test('an object without managed fields was written when it was made', () => {
	expect(lastWrite(made('web', [])).atMs).toBe(Date.parse('2026-11-27T09:00:00Z'));
	expect(lastWrite(undefined)).toEqual({atMs: 0, by: ''});
});
