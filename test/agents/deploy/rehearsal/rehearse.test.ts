import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {bareFoundation} from '../../../../src/sandbox/scenarios/foundation.ts';
import {node} from '../../../../src/sandbox/scenarios/nodes.ts';
import {disruptionBudget, namespace, quota, service} from '../../../../src/sandbox/scenarios/objects.ts';
import {minutes, type Scenario} from '../../../../src/sandbox/scenarios/scenario.ts';
import {daemonSet, deployment} from '../../../../src/sandbox/scenarios/workloads.ts';
import {type Sandbox, startSandbox} from '../../../../src/sandbox/start.ts';
import {runMkcoa} from '../../../support/host.ts';
import {temporaryFolder} from '../../../support/temporary-folder.ts';

const bootTime = '2025-06-01T08:00:00Z';
const small = () => [1, 2].map(number => node({name: `small-${number}`, number, cpu: '1', memory: '2Gi', at: bootTime}));
const web = (more: Partial<Parameters<typeof deployment>[0]> = {}) =>
	deployment({
		namespace: 'front',
		name: 'web',
		image: 'registry.example/front/web:1',
		replicas: 2,
		port: 8080,
		cpu: '300m',
		memory: '64Mi',
		...more,
	});

let folder = '';
let live: Sandbox | undefined;
beforeAll(async () => {
	folder = await temporaryFolder();
});
beforeEach(() => live?.stop());
afterAll(() => live?.stop());

/** A small live cluster, and what a rehearsal on its copy tells. */
const rehearsed = (objects: readonly KubeObject[], words: readonly string[]) =>
	rehearsedSince([{agoMs: minutes(10), objects: [...small(), ...bareFoundation(), namespace('front'), ...objects]}], words);

async function rehearsedSince(history: Scenario['history'], words: readonly string[]) {
	live = await startSandbox({scenario: {history}});
	const kubeconfig = join(folder, 'kubeconfig');
	writeFileSync(kubeconfig, live.kubeconfig);
	const before = live.requests.all().length;
	const {code, out} = await runMkcoa([...words, '-n', 'front', '--kubeconfig', kubeconfig, '--rehearse', '--json'], {folder});
	const writes = live.requests
		.all()
		.slice(before)
		.filter(({method, path, dryRun}) => method !== 'GET' && !dryRun && !path.endsWith('reviews'));
	const outcome = JSON.parse(out);
	return {code, report: outcome.output, error: outcome.error, writes};
}
const rolling = ['deploy', 'rolling', 'web', '--image', 'private.registry.test/front/web:2-fail'];

test('a change that fits comes to its end on the copy, and the live cluster sees no write', async () => {
	const {code, report, writes} = await rehearsed([web(), service({namespace: 'front', name: 'web', port: 80, targetPort: 8080})], rolling);
	expect([code, writes]).toEqual([0, []]);
	expect(report).toMatchObject({verdict: 'would-work', ended: 'it came to its end', notCopied: [], unready: []});
	expect(report.findings).toEqual([
		{
			id: 'surge',
			level: 'fine',
			text: 'At most 1 pod more than the 2 of today: 300m CPU and 64 MiB of requests, besides those of pods on their way out',
		},
	]);
});

test.each([
	['a Deployment', 'web', deployment],
	['a DaemonSet', 'agent', daemonSet],
] as const)('the copy of %s has its earlier versions, so that a way back can be rehearsed', async (_, name, make) => {
	const version = (tag: string) =>
		make({namespace: 'front', name, image: `registry.example/front/web:${tag}`, replicas: 1, port: 8080, cpu: '100m', memory: '64Mi'});
	const earlier = [...small(), ...bareFoundation(), namespace('front'), version('1')];
	const {code, report} = await rehearsedSince(
		[
			{agoMs: minutes(20), objects: earlier},
			{agoMs: minutes(10), objects: [version('2')]},
		],
		['deploy', 'rollback', name],
	);
	expect([code, report]).toMatchObject([0, {verdict: 'would-work', ended: 'it came to its end'}]);
});

test('pods that find no node are told in the words of the scheduler', async () => {
	const crowd = deployment({
		namespace: 'default',
		name: 'crowd',
		image: 'registry.example/crowd:1',
		replicas: 2,
		port: 80,
		cpu: '650m',
		memory: '64Mi',
	});
	const {code, report, error} = await rehearsed([crowd, web()], [...rolling, '--ready-within', '60s']);
	expect([code, error.code]).toEqual([1, 'rehearsal-failed']);
	expect(report.findings[0]).toEqual({
		id: 'unschedulable',
		level: 'bad',
		text: expect.stringMatching(/^A pod of web finds no node: 0\/2 nodes are available: 2 Insufficient cpu/),
	});
});

test('a quota without room for the surge is told', async () => {
	const {report} = await rehearsed([quota('front', 'pods', {pods: '2'}), web()], [...rolling, '--ready-within', '60s']);
	expect(report.findings[0]).toMatchObject({id: 'quota', level: 'bad', text: expect.stringContaining('exceeded quota: pods')});
});

test('a canary that a Service sends requests to, and a budget without room, are worth a word', async () => {
	const {report} = await rehearsed(
		[web(), service({namespace: 'front', name: 'web', port: 80, targetPort: 8080}), disruptionBudget('front', 'web', {minAvailable: 2})],
		['deploy', 'canary', 'web', '--image', 'registry.example/front/web:2', '--steps', '50', '--interval', '60s'],
	);
	expect(report.findings.map(({id, level}: {id: string; level: string}) => [id, level])).toEqual(
		expect.arrayContaining([
			['budget', 'mind'],
			['surge', 'fine'],
		]),
	);
});

test('a canary by numbers of pods shares the Service on purpose, so nobody is warned of that', async () => {
	const objects = [web(), service({namespace: 'front', name: 'web', port: 80, targetPort: 8080})];
	const {report} = await rehearsed(objects, [
		'deploy',
		'canary',
		'web',
		'--image',
		'registry.example/front/web:2',
		'--steps',
		'50',
		'--interval',
		// Long enough that a busy machine, on which the copy lives sixty times as fast, loses no requests that count.
		'60s',
	]);
	expect(report).toMatchObject({verdict: 'would-work'});
	expect(report.findings.map(({id}: {id: string}) => id)).not.toContain('selector-overlap');
});
