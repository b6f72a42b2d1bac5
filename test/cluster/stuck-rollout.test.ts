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

/** The rollout fails, says why, and is taken back. */
async function getsStuck(name: string, image: string, why: RegExp) {
	const {code, outcome} = await mkcoa(`deploy rolling ${name} --image ${image} --ready-within 30s`);
	expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed', error: {code: 'rolling-failed'}, left: []}});
	expect(String(at(outcome, 'error', 'why'))).toMatch(why);
	await serves(real, name, 'x:1', 2);
}

test.concurrent('one who is woken at night reads what happened, why, and that the version before serves', async () => {
	const {code, err} = await printed('deploy rolling woken -n shop --image x:2-missing --ready-within 30s --yes');
	expect(code).toBe(1);
	expect(err).toMatch(/✗ The rolling update of woken was taken back: .*\(main: (ImagePullBackOff|ErrImagePull), /);
	const status = await printed('deploy status woken -n shop');
	expect(status.out).toContain('✓ shop/woken healthy: 2/2 ready');
	await serves(real, 'woken', 'x:1', 2);
});

describe.concurrent('a rollout that cannot end tells why:', () => {
	test.each([
		['an image that is not there', 'missing', /progress deadline \(main: (ImagePullBackOff|ErrImagePull)/],
		['a program that crashes', 'crash', /progress deadline \(main(: (CrashLoopBackOff|Error)| runs and is not ready; it ended with Error)/],
		['pods that are never ready', 'unready', /progress deadline \(main runs and is not ready\)/],
	])('%s', (_what, word, why) => getsStuck(word, `x:2-${word}`, why));
});

describe('a rollout without room tells why:', () => {
	test('a quota without room', async () => {
		// Two for each of the six, all of them whole again by now: no pod may come on top.
		const spec = {hard: {pods: '12'}};
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
	});
});
