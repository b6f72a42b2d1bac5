import {expect, test} from 'vitest';
import {defaultHooks} from '../../src/sandbox/api/default-hooks.ts';
import type {Hooks, Machine} from '../../src/sandbox/machine.ts';
import {StatusError} from '../../src/sandbox/status-error.ts';

test('a refusal becomes a Status object with the same words', () => {
	const error = new StatusError(404, 'NotFound', 'pods "web" not found', {name: 'web', kind: 'pods'});
	expect(error.status()).toEqual({
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Failure',
		message: 'pods "web" not found',
		reason: 'NotFound',
		details: {name: 'web', kind: 'pods'},
		code: 404,
	});
});

test('a server without life has empty logs and refuses commands', () => {
	const pod: ReturnType<Machine['list']>[number] = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web'}};
	const hooks: Hooks = defaultHooks;
	expect(hooks.podLogs(pod, {previous: false, timestamps: false})).toEqual([]);
	expect(() => hooks.podExec(pod, undefined, ['ls'])).toThrow(StatusError);
});
