import {expect, test} from 'vitest';
import type {Effects} from '../../../../src/core/tool.ts';
import {performInOrder} from '../../../../src/mcp/kubernetes/plan/perform-in-order.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {toolContext} from '../../../support/tool-context.ts';

const step = (kind: string, name: string) => ({
	title: `Change ${kind} ${name}`,
	writes: [{op: 'patch', ref: {apiVersion: 'v1', kind, name}, type: 'merge', patch: {}} as const],
});

/** Which steps were done at once, and which after a while. */
async function doneOf(steps: readonly ReturnType<typeof step>[]) {
	const done: string[] = [];
	const {context, clock} = toolContext(fakeCluster().cluster);
	const none = () => Promise.reject(new Error('not asked for'));
	const performStep: Effects['performStep'] = async index => {
		done.push(steps[index]?.title ?? '');
		return [];
	};
	const all = performInOrder({steps, preconditions: []}, context, {
		perform: none,
		performStep,
		performAt: none,
		wasDone: none,
		tend: none,
		until: () => {},
		run: none,
	});
	await clock.advance(0);
	const atOnce = [...done];
	await clock.advance(10_000);
	await all;
	return {atOnce, later: done.slice(atOnce.length)};
}

test('what changes how requests are let in is taken up before the steps that follow', async () => {
	expect(await doneOf([step('MutatingAdmissionPolicyBinding', 'pin'), step('Deployment', 'web')])).toEqual({
		atOnce: ['Change MutatingAdmissionPolicyBinding pin'],
		later: ['Change Deployment web'],
	});
});

test('nothing else is waited for, nor the last step', async () => {
	const steps = [step('ConfigMap', 'web'), step('Deployment', 'web'), step('ValidatingWebhookConfiguration', 'guard')];
	expect((await doneOf(steps)).later).toEqual([]);
});
