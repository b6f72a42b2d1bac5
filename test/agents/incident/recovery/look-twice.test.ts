import {expect, test} from 'vitest';
import {lookTwice} from '../../../../src/agents/incident/recovery/look-twice.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {hastyClock} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';

const clock = hastyClock();
const pod = (restartCount: number, agoMs: number): KubeObject =>
	object('v1', 'Pod', 'web', {
		spec: {containers: [{name: 'web', image: 'web:1'}]},
		status: {
			phase: 'Running',
			conditions: [{type: 'Ready', status: 'True'}],
			containerStatuses: [
				{
					...{name: 'web', ready: true, restartCount, state: {running: {startedAt: new Date(clock.now() - agoMs).toISOString()}}},
					lastState: {terminated: {reason: 'Completed', exitCode: 0, finishedAt: new Date(clock.now() - agoMs).toISOString()}},
				},
			],
		},
	});

/** How many looks it takes. */
async function looks(objects: readonly KubeObject[], isFound: (look: number) => boolean, isMeant = true) {
	const {context, events} = toolContext(fakeCluster({objects}).cluster);
	let count = 0;
	await lookTwice('shop', {isFound: () => isFound(++count), isMeant: () => isMeant}, {...context, clock});
	return {count, told: events.length};
}

test.each([
	['at rest: one look', [pod(0, 60_000)], () => false, {count: 1, told: 0}],
	['found at once', [pod(1, 1000)], () => true, {count: 1, told: 0}],
	['started again a moment ago, and found at the third look', [pod(1, 1000)], (look: number) => look === 3, {count: 3, told: 2}],
	['started again long ago', [pod(1, 3_600_000)], () => false, {count: 1, told: 0}],
	['started again a moment ago, and nothing wrong', [pod(1, 1000)], () => false, {count: 3, told: 3}],
])('%s', async (_, objects, isFound, expected) => {
	expect(await looks(objects, isFound)).toEqual(expected);
});

test('looks once where somebody asked about something else', async () => {
	expect(await looks([pod(1, 1000)], () => false, false)).toEqual({count: 1, told: 0});
});
