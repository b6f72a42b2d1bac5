import {expect, test} from 'vitest';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import {at} from '../../servers/questions.ts';
import {manualClock} from '../../support/manual-clock.ts';
import type {Reply} from './api-client.ts';
import {WriteBack} from './write-back.ts';

const podAt = (phase: 'Pending' | 'Running' | 'Failed'): Pod => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {namespace: 'shop', name: 'web', uid: 'u1'},
	spec: {containers: []},
	status: {phase},
});

/** A server that answers when the test says so. */
function world() {
	const clock = manualClock();
	const sent: string[] = [];
	const told: string[] = [];
	const open: PromiseWithResolvers<Reply>[] = [];
	const send = (_method: string, _path: string, body?: object) => {
		sent.push(String(at(body, 'status', 'phase')));
		const answer = Promise.withResolvers<Reply>();
		open.push(answer);
		return answer.promise;
	};
	const writes = new WriteBack({send}, clock, error => told.push(String(error)));
	return {
		...{clock, sent, told, writes},
		async answer(status: number) {
			open.shift()?.resolve({status, text: 'words'});
			await clock.advance(0);
		},
	};
}

test('a status that could not be written is sent again, and told', async () => {
	const {clock, sent, told, writes, answer} = world();
	writes.status(podAt('Pending'));
	await answer(503);
	await clock.advance(1000);
	await answer(200);
	await clock.advance(10_000);
	expect(sent).toEqual(['Pending', 'Pending']);
	expect(told).toEqual(['Error: Pod shop/web is sent again: Error: 503 words']);
});

test('a newer status that came while an older one failed is the last word', async () => {
	const {clock, sent, writes, answer} = world();
	writes.status(podAt('Pending'));
	writes.status(podAt('Running'));
	await answer(500);
	await answer(200);
	await clock.advance(10_000);
	expect(sent).toEqual(['Pending', 'Running']);
});

test('a newer status that came after an older one failed is the last word', async () => {
	const {clock, sent, writes, answer} = world();
	writes.status(podAt('Pending'));
	await answer(429);
	writes.status(podAt('Running'));
	await answer(200);
	await clock.advance(10_000);
	expect(sent).toEqual(['Pending', 'Running']);
});

test('of those that wait for an answer only the latest is sent', async () => {
	const {sent, writes, answer} = world();
	writes.status(podAt('Pending'));
	writes.status(podAt('Running'));
	writes.status(podAt('Failed'));
	await answer(200);
	await answer(200);
	expect(sent).toEqual(['Pending', 'Failed']);
});

test('a pod that is gone needs its status no more', async () => {
	const {clock, sent, told, writes, answer} = world();
	writes.status(podAt('Running'));
	await answer(404);
	await clock.advance(10_000);
	expect(sent).toEqual(['Running']);
	expect(told).toEqual([]);
});
