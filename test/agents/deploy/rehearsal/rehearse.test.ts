import {expect, test} from 'vitest';
import {disruptionBudget, quota, service} from '../../../../src/sandbox/scenarios/objects.ts';
import {minutes} from '../../../../src/sandbox/scenarios/scenario.ts';
import {daemonSet, deployment} from '../../../../src/sandbox/scenarios/workloads.ts';
import {rehearsals, rolling, smallCluster, web} from './rehearsals.ts';

const {rehearsed, rehearsedSince} = rehearsals();

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
	const earlier = [...smallCluster(), version('1')];
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
