import {expect, test} from 'vitest';
import {withWords} from '../../../../src/agents/incident/watch/with-words.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {listAt, textAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {object} from '../../../support/kube-objects.ts';

const pod = (finishedAt: string, version = '1', name = 'web-1') =>
	object('v1', 'Pod', name, {
		metadata: {uid: name, resourceVersion: version},
		status: {
			containerStatuses: [
				{
					name: 'web',
					ready: false,
					state: {waiting: {reason: 'CrashLoopBackOff'}},
					lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt}},
				},
			],
		},
	});

/** What went on: version and last words of each. */
function room() {
	const gates: PromiseWithResolvers<string>[] = [];
	const passed: string[] = [];
	const refused: string[] = [];
	let nowMs = 0;
	const words = withWords(
		{
			async *logs() {
				const gate = Promise.withResolvers<string>();
				gates.push(gate);
				yield await gate.promise;
			},
		},
		{signal: new AbortController().signal, now: () => nowMs, onRefused: why => refused.push(why)},
	);
	const on = (each: KubeObject) => {
		const said = textAt(listAt(each, 'status', 'containerStatuses')[0], 'lastState', 'terminated', 'message');
		passed.push(`${each.kind} ${each.metadata.resourceVersion} ${said ?? '-'}`);
	};
	return {
		gates,
		passed,
		refused,
		later(ms: number) {
			nowMs += ms;
		},
		settled: words.settled,
		see: (each: KubeObject, type = 'modified') => words.pass(type, each, on),
	};
}

test('a pod whose container ended goes on with its last words, and others at once', async () => {
	const {gates, passed, see, settled} = room();
	see(pod('10:00'));
	see(object('v1', 'Service', 'web', {metadata: {resourceVersion: '7'}}));
	expect(passed).toEqual(['Service 7 -']);
	gates[0]?.resolve('error: no queue');
	await settled();
	expect(passed).toEqual(['Service 7 -', 'Pod 1 error: no queue']);
});

test('one end is read once, however often the pod is told, and the next end anew', async () => {
	const {gates, passed, see, settled, later} = room();
	see(pod('10:00', '1'));
	gates[0]?.resolve('first');
	await settled();
	see(pod('10:00', '2'));
	later(60_000);
	see(pod('10:05', '3'));
	gates[1]?.resolve('second');
	await settled();
	expect(passed).toEqual(['Pod 1 first', 'Pod 2 first', 'Pod 3 second']);
	expect(gates).toHaveLength(2);
});

test('of a pod that changes while its log is read, only what it is then goes on', async () => {
	const {gates, passed, see, settled} = room();
	see(pod('10:00', '1'));
	see(pod('10:00', '2'), 'deleted');
	gates[0]?.resolve('late');
	await settled();
	expect(passed).toEqual(['Pod 2 -']);
});

test('soon after one, the next end goes on at once with what was said before', async () => {
	const {gates, passed, see, settled, later} = room();
	see(pod('10:00', '1'));
	gates[0]?.resolve('first');
	await settled();
	later(5000);
	see(pod('10:01', '2'));
	expect(passed).toEqual(['Pod 1 first', 'Pod 2 first']);
	expect(gates).toHaveLength(1);
});

test('logs that may not be read are told once, and no more are asked for', async () => {
	const {gates, passed, refused, see, settled} = room();
	see(pod('10:00', '1'));
	gates[0]?.reject(new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'Logs', why: 'may not be read', next: 'ask'}));
	await settled();
	see(pod('10:00', '2', 'web-2'));
	expect(passed).toEqual(['Pod 1 -', 'Pod 2 -']);
	expect([refused, gates.length]).toEqual([['may not be read'], 1]);
});

test('a log that cannot be read holds nothing up', async () => {
	const {gates, passed, see, settled} = room();
	see(pod('10:00'));
	gates[0]?.reject(new Error('gone'));
	await settled();
	expect(passed).toEqual(['Pod 1 -']);
});

test('where very many end at once, most go on without', async () => {
	const {gates, passed, see, settled} = room();
	for (let index = 0; index < 40; index++) see(pod('10:00', String(index), `web-${index}`));
	expect(passed).toHaveLength(16);
	expect(gates).toHaveLength(24);
	for (const gate of gates) gate.resolve('x');
	await settled();
	expect(passed).toHaveLength(40);
});
