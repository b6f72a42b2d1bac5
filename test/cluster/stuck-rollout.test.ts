import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {deployment} from './compare/row.ts';
import {isRolledOut, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, printed} = real;

/** Deployments whose rollouts are given up after six seconds, at version 1. */
async function started(name: string) {
	const {spec, ...rest} = deployment(name, {replicas: 2});
	await real.create(shop.deployments(), {...rest, spec: {...spec, progressDeadlineSeconds: 6}});
	await real.eventually(shop.deployments(name), object => isRolledOut(object, 2));
}
beforeAll(() => Promise.all(['missing', 'crash', 'unready', 'crowded', 'homeless', 'woken'].map(started)));

/** The rollout fails, and says why and how it is taken back. */
async function getsStuck(name: string, image: string, why: RegExp) {
	const {code, outcome} = await mkcoa(`deploy rolling ${name} --image ${image} --ready-within 30s`);
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {kind: 'failed', error: {code: 'rollout-stuck'}, done: [`patch Deployment shop/${name}`]},
	});
	expect(String(at(outcome, 'error', 'why'))).toMatch(why);
	expect(at(outcome, 'error', 'next')).toBe(`Take it back with: mkcoa undo ${at(outcome, 'journal')}`);
	expect(await mkcoa(`deploy status ${name}`)).toMatchObject({code: 0, outcome: {output: {state: 'stuck', desired: 2}}});
}

describe('a rollout that cannot end tells why:', () => {
	test.concurrent.each([
		['an image that is not there', 'missing', /progress deadline \(main: (ImagePullBackOff|ErrImagePull)/],
		['a program that crashes', 'crash', /progress deadline \(main: (CrashLoopBackOff|Error)/],
		['pods that are never ready', 'unready', /progress deadline \(main runs and is not ready\)/],
	])('%s', (_what, word, why) => getsStuck(word, `x:2-${word}`, why));

	test('a quota without room', async () => {
		const items = at(await real.read(shop.pods()), 'items', 'length');
		const spec = {hard: {pods: String(items)}};
		await real.create(shop.quotas(), {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'small'}, spec});
		await real.eventually(shop.quotas('small'), object => at(object, 'status', 'used') !== undefined);
		await getsStuck('crowded', 'x:2', /pods cannot be created: .*exceeded quota: small, requested: pods=1/);
		await real.remove(shop.quotas('small'));
	});

	test('nodes that take no more pods', async () => {
		const eachNode = (unschedulable: boolean) =>
			Promise.all(['a', 'b', 'c'].map(zone => real.merge(`/api/v1/nodes/node-${zone}`, {spec: {unschedulable}})));
		await eachNode(true);
		await getsStuck('homeless', 'x:2', /cannot be scheduled: 0\/3 nodes are available: 3 node\(s\) were unschedulable/);
		await eachNode(false);
		// What stood in the way is gone, so the rollout ends by itself.
		await serves(real, 'homeless', 'x:2', 2);
	});
});

test('one who is woken at night reads what happened, why, and the way back', async () => {
	const {code, err} = await printed('deploy rolling woken -n shop --image x:2-missing --ready-within 30s --yes');
	expect(code).toBe(1);
	expect(err).toMatch(
		/✗ woken has x:2-missing, but its rollout does not end: the Deployment passed its progress deadline \(main: (ImagePullBackOff|ErrImagePull), .*\)\. Take it back with: mkcoa undo \w+\.\n/,
	);
	const status = await printed('deploy status woken -n shop');
	expect(status.out).toContain('✗ shop/woken stuck: 2/2 ready, its rollout passed its deadline, 1 updated');
	expect(status.out).toContain('> Return to the version before: mkcoa deploy rollback woken -n shop');
	expect(await mkcoa('deploy rollback woken --ready-within 30s')).toMatchObject({code: 0, outcome: {kind: 'done'}});
	await serves(real, 'woken', 'x:1', 2);
});
