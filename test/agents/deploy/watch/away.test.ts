import {expect, test} from 'vitest';
import {watchRollout} from '../../../../src/agents/deploy/watch/watch-rollout.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {Cluster} from '../../../../src/mcp/kubernetes/port.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {ports, clock, sandbox} = await shopRoad();

const unreachable = new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The cluster does not answer'});

/** The shop behind a line that may be cut: what is asked fails, and what is watched falls silent. */
function behindLine() {
	const line = {isCut: false};
	const cluster: Cluster = {
		...ports.cluster,
		get: async ref => {
			if (line.isCut) throw unreachable;
			return ports.cluster.get(ref);
		},
		async *watch(query, signal) {
			for await (const event of ports.cluster.watch(query, signal)) if (!line.isCut) yield event;
		},
	};
	return {line, cluster};
}

const never = new AbortController().signal;
const needs = {clock, holderDied: () => false, signal: never};

test('a cluster that goes away leaves the last picture with its time, and what happened meanwhile is seen when it is back', async () => {
	const {line, cluster} = behindLine();
	const watch = await watchRollout({name: 'accounts', namespace: 'shop'}, {cluster, ...needs});
	const before = watch.current();
	expect(before).toMatchObject({state: 'done', away: undefined, tree: [{name: 'Deployment accounts'}]});
	line.isCut = true;
	await expect.poll(() => watch.current().away?.why, {timeout: 10_000}).toBe('The cluster does not answer');
	expect(watch.current()).toMatchObject({state: 'done', tree: before.tree, away: {since: expect.any(Number)}});
	const accounts = sandbox.machine.get('Deployment', 'shop', 'accounts');
	if (accounts === undefined) throw new Error('there is one');
	sandbox.machine.update({...accounts, spec: {...(accounts.spec as object), replicas: 6}}, 'somebody-else');
	line.isCut = false;
	await expect.poll(() => watch.current().tree[0]?.text, {timeout: 10_000}).toMatch(/^6\/6 ready/);
	await expect.poll(() => watch.current().away, {timeout: 10_000}).toBeUndefined();
	expect(watch.current().told).toEqual(
		expect.arrayContaining(['the cluster does not answer: The cluster does not answer', 'the cluster answers again']),
	);
	watch.close();
});

test('without a first picture it is told why there is none', async () => {
	const {line, cluster} = behindLine();
	line.isCut = true;
	await expect(watchRollout({name: 'web', namespace: 'shop'}, {cluster, ...needs})).rejects.toMatchObject({trouble: {code: 'unreachable'}});
});

test('kinds that may not be read are named, and the rest is shown', async () => {
	const denied = new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'alice may not watch pods'});
	const cluster: Cluster = {
		...ports.cluster,
		async *watch(query, signal) {
			if (query.type.kind === 'Pod') throw denied;
			yield* ports.cluster.watch(query, signal);
		},
	};
	const watch = await watchRollout({name: 'web', namespace: 'shop'}, {cluster, ...needs});
	expect(watch.current()).toMatchObject({
		notChecked: ['alice may not watch pods'],
		tree: [{name: 'Deployment web', children: [{name: expect.stringMatching(/^ReplicaSet web-/), children: []}]}],
	});
	watch.close();
});

test('what is closed asks nothing more', async () => {
	const {cluster} = behindLine();
	let asked = 0;
	const counted: Cluster = {
		...cluster,
		get: async ref => {
			asked++;
			return cluster.get(ref);
		},
	};
	const watch = await watchRollout({name: 'web', namespace: 'shop'}, {cluster: counted, ...needs});
	watch.close();
	const before = asked;
	await new Promise<void>(resolve => void clock.schedule(30_000, resolve));
	expect(asked).toBe(before);
});
