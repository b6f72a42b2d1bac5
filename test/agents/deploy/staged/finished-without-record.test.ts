import {describe, expect, test} from 'vitest';
import type {Script} from '../../../../src/agents/deploy/staged/act.ts';
import {whereItStands} from '../../../../src/agents/deploy/staged/control/half-way.ts';
import {deploymentRef} from '../../../../src/agents/deploy/workload.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {object} from '../../../support/kube-objects.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool, smallScript} from '../../../support/staged-world.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const settings = object('v1', 'ConfigMap', 'settings', {data: {mode: 'old'}});
const settingsRef = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const image = (tag: string): Write => ({
	op: 'patch',
	ref: deploymentRef('shop', 'web'),
	type: 'json',
	patch: [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: `registry.example/shop/web:${tag}`}],
});

/** As a rollback does: a ConfigMap that somebody pruned is made again, and stays. */
const rollback: Script = {
	acts: [
		{title: 'Bring back settings', writes: [{op: 'create', ref: settingsRef, manifest: settings}], ifDies: 'nothing uses it yet'},
		{title: 'Give web its template', writes: [image('2')], ifDies: 'web goes over by itself'},
	],
	wayBack: [
		{title: 'Remove settings', writes: [{op: 'delete', ref: settingsRef}], ifDies: 'web wants it'},
		{title: 'Give web its template again', writes: [image('1.4.2')], ifDies: 'web comes back by itself'},
	],
};

/** The rollout, whose client dies after a write, and its record is gone then. */
async function diedAfter(script: Script, last: string) {
	const here = rolloutProcesses();
	here.fake.fateOf = (_, {op, ref}) => (`${op} ${ref.kind} ${ref.name}` === last ? 'killed after' : 'done');
	await here.process('alice@here/1').run(rolloutTool(undefined, () => script));
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	if (here.fake.object('ConfigMap', 'mkcoa-rollout-web') !== undefined) here.fake.remove('ConfigMap', 'mkcoa-rollout-web');
	return here;
}

describe('a finished rollback whose closing was interrupted behind its record', () => {
	test('is cleaned up by resume, and the good version stays', async () => {
		const here = await diedAfter(rollback, 'delete ConfigMap mkcoa-rollout-web');
		expect(await here.process('bob@there/2').run(controlTool('resume'))).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
		expect(here.fake.object('ConfigMap', 'settings')).toBeDefined();
	});

	test('is not brought back by abort, which says that it is done already', async () => {
		const here = await diedAfter(rollback, 'delete ConfigMap mkcoa-rollout-web');
		const outcome = await here.process('bob@there/2').run(controlTool('abort'));
		expect(outcome).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect([here.standing(), here.own()]).toEqual([promoted, []]);
		const again = await diedAfter(rollback, 'delete ConfigMap mkcoa-rollout-web');
		expect(await again.process('bob@there/2', {mode: 'plan'}).run(controlTool('abort'))).toMatchObject({
			plan: {
				summary: 'Remove what a rollout of shop/web left after it ended',
				consequences: [
					{
						id: 'done-already',
						text: 'The rollout of web is done already, so this takes nothing of it back: mkcoa deploy rollback web -n shop does',
					},
				],
			},
		});
	});
});

describe('where a script without its record stands', () => {
	const live = webDeployment();
	const marked = (manifest: KubeObject): KubeObject => ({...manifest, metadata: {...manifest.metadata, namespace: 'shop'}});
	const canary = () => {
		const [first] = smallScript(live).acts.flatMap(({writes}) => writes);
		if (first?.op !== 'create') throw new Error('the script makes no canary');
		return marked(first.manifest);
	};
	const {annotations: _, ...unmarked} = canary().metadata;

	test.each<[string, KubeObject | undefined, string]>([
		['its canary stands', canary(), 'half-way'],
		['nothing of it is there', undefined, 'not-begun'],
		[
			'its canary is being deleted',
			{...canary(), metadata: {...canary().metadata, deletionTimestamp: '2026-01-01T00:00:00Z'}},
			'not-begun',
		],
		['somebody else made one of that name', {...canary(), metadata: {...unmarked, name: 'web-canary'}}, 'not-begun'],
	])('%s', async (_name, there, stands) => {
		expect(await whereItStands({get: async () => there}, smallScript(live), live)).toBe(stands);
	});

	test('a step that sets what was there before is no sign of the end', async () => {
		const strategy = (value: number): Write => ({
			op: 'patch',
			ref: deploymentRef('shop', 'web'),
			type: 'json',
			patch: [{op: 'add', path: '/spec/strategy/rollingUpdate/maxUnavailable', value: value === 0 ? '25%' : value}],
		});
		const act = (write: Write) => ({title: 'x', writes: [write], ifDies: 'x'});
		const polite: Script = {
			acts: [act(strategy(1)), act(image('2')), act(strategy(0))],
			wayBack: [act(strategy(1)), act(image('1.4.2')), act(strategy(0))],
		};
		expect(await whereItStands({get: async () => undefined}, polite, live)).toBe('not-begun');
	});
});

test('a rollout that had not begun is not called done', async () => {
	const here = await diedAfter(rollback, 'create ConfigMap mkcoa-rollout-web');
	expect(await here.process('bob@there/2', {mode: 'plan'}).run(controlTool('abort'))).toMatchObject({plan: {consequences: []}});
	expect(here.standing()).toEqual(before);
});
