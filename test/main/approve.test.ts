import {mkdir, writeFile} from 'node:fs/promises';
import {afterAll, expect, test} from 'vitest';
import {numberAt} from '../../src/core/kube/json-at.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {openShop} from '../support/shop.ts';

const shop = await openShop();
// Another seed makes another cluster.
const elsewhere = await startSandbox({scenario: 'empty', seed: 'elsewhere'});
afterAll(elsewhere.stop);

/** A plan that nobody could answer, for as many replicas. Answers its id. */
async function waiting(replicas: number): Promise<string> {
	const outcome = await shop.outcome(['k8s', 'scale', 'cart', String(replicas)]);
	if (outcome.kind !== 'waiting') throw new Error(JSON.stringify(outcome));
	return outcome.id;
}

const replicas = () => numberAt(shop.get({kind: 'Deployment', name: 'cart'}), 'spec', 'replicas');
const answer = (...words: readonly string[]) => shop.outcome(['approve', ...words]);

test('a waiting plan is applied by the yes, and waits no longer', async () => {
	const id = await waiting(3);
	expect(await answer(id, '--yes')).toMatchObject({kind: 'done'});
	expect(replicas()).toBe(3);
	expect(await shop.run(['approve', id, '--yes'])).toMatchObject({code: 1, err: expect.stringContaining(`No plan ${id} waits`)});
});

test('a plan that is only looked at waits on', async () => {
	const id = await waiting(4);
	expect(await answer(id, '--dry-run')).toMatchObject({kind: 'planned'});
	expect(await answer(id, '--yes')).toMatchObject({kind: 'done'});
});

test('a plan of another cluster waits on when somebody answers all plans here', async () => {
	const id = await waiting(5);
	const kubeconfig = `${shop.folder}/elsewhere`;
	await writeFile(kubeconfig, elsewhere.kubeconfig);
	const there = ['--kubeconfig', kubeconfig, 'approve', '--yes'];
	expect(JSON.parse((await shop.run(['--json', ...there])).out)).toMatchObject({kind: 'failed', error: {code: 'another-cluster'}});
	expect(await answer(id, '--yes')).toMatchObject({kind: 'done'});
	expect(replicas()).toBe(5);
});

test('a plan that policy refuses waits for another policy', async () => {
	const id = await waiting(6);
	await mkdir(`${shop.folder}/config/mkcoa`, {recursive: true});
	await writeFile(`${shop.folder}/config/mkcoa/policy.yaml`, 'rules: [{tool: workload_scale, effect: deny, why: Not today}]\n');
	expect(await answer(id, '--yes')).toMatchObject({kind: 'rejected', by: 'policy'});
	await writeFile(`${shop.folder}/config/mkcoa/policy.yaml`, 'rules: []\n');
	expect(await answer(id, '--yes')).toMatchObject({kind: 'done'});
});

test('of two who say yes at once, one applies the plan', async () => {
	const id = await waiting(7);
	const both = await Promise.all([answer(id, '--yes'), answer(id, '--yes')]);
	expect(both.filter(({kind}) => kind === 'done')).toHaveLength(1);
	expect(replicas()).toBe(7);
});

test('a plan for objects that moved since is refused, and waits no longer', async () => {
	const id = await waiting(8);
	shop.touch({kind: 'Deployment', name: 'cart'});
	expect(await answer(id, '--yes')).toMatchObject({kind: 'drifted'});
	expect((await shop.run(['approve', id])).code).toBe(1);
	expect(replicas()).toBe(7);
});
