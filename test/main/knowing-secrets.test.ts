import {expect, test} from 'vitest';
import {anyText, knowingSecrets} from '../../src/main/knowing-secrets.ts';
import {learningCluster} from '../../src/main/learning.ts';
import type {Cluster, WatchEvent} from '../../src/mcp/kubernetes/port.ts';
import {object} from '../support/kube-objects.ts';

const {signal} = new AbortController();
// Of a cluster these tests ask nothing else.
const clusterOf = (parts: Partial<Cluster>) => parts as Cluster;
const pods = {type: {apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true}} as Parameters<Cluster['watch']>[0];

test('lines of a log are cleaned as they come in, once the Secrets of their namespace are known', async () => {
	const learned: string[] = [];
	const cluster = knowingSecrets(
		clusterOf({
			async *logs() {
				yield 'FATAL postgres://app:hunter2@db refused';
			},
		}),
		async namespace => void learned.push(String(namespace)),
		anyText,
		text => (learned.includes('shop') ? text.replace('hunter2', '‹sealed›') : text),
	);
	const lines: string[] = [];
	for await (const line of cluster.logs({namespace: 'shop', pod: 'web-1'}, signal)) lines.push(line);
	expect(lines).toEqual(['FATAL postgres://app:‹sealed›@db refused']);
});

test('Secrets that come while they are watched are known from then on', async () => {
	const learned: string[] = [];
	const secret = object('v1', 'Secret', 'db-pass');
	const events = [
		{type: 'added', object: object('v1', 'Pod', 'web-1')},
		{type: 'modified', object: secret},
	] as readonly WatchEvent[];
	const cluster = learningCluster(
		clusterOf({
			async *watch() {
				yield* events;
			},
		}),
		known => learned.push(JSON.stringify(known)),
	);
	const passed: WatchEvent[] = [];
	for await (const event of cluster.watch(pods, signal)) passed.push(event);
	expect(passed).toEqual(events);
	expect(learned).toEqual([JSON.stringify(secret)]);
});
