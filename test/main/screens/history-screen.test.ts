import {expect, test} from 'vitest';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import {onScreen} from '../../support/on-screen.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop();
const replicas = () => numberAt(shop.get({kind: 'Deployment', name: 'cart'}), 'spec', 'replicas');
const settled = () => new Promise(resolve => setTimeout(resolve, 300));

/** Scales the cart, and answers the entry of the journal. */
async function scaled(to: number): Promise<string> {
	const outcome = await shop.outcome(['k8s', 'scale', 'cart', String(to), '--yes']);
	if (outcome.kind !== 'done' || outcome.journal === undefined) throw new Error(JSON.stringify(outcome));
	return outcome.journal;
}

async function openHistory() {
	const home = onScreen(shop, []);
	await home.waitForText('Clusters');
	home.send('h');
	await home.waitForText('History');
	return home;
}

test('a change that is made meanwhile appears, and is taken back from here', async () => {
	await scaled(3);
	const history = await openHistory();
	await history.waitForText('from 2 to 3');
	await scaled(4);
	await history.waitForText('from 3 to 4');
	expect(await history.waitForText('1 of 2')).toContain('u undo');
	history.send('u');
	expect(await history.waitForText('Apply this plan? [y/N]')).toContain('spec.replicas: 4 → 3');
	await settled();
	history.send('y');
	await history.waitForText('takes it back');
	expect(replicas()).toBe(3);
	history.send('enter');
	// The row that was undone is still the selected one, under the entry that took it back.
	expect(await history.waitForText('2 of 3')).toMatch(/> - .*from 3 to 4.*undone/);
	history.interrupt();
	await history.ended;
});

test('an entry that somebody else takes back while it is read is not taken back twice, and one sentence says so', async () => {
	const id = await scaled(5);
	const history = await openHistory();
	await history.waitForText('to 5 replicas');
	history.send('u');
	await history.waitForText('Apply this plan? [y/N]');
	expect((await shop.outcome(['undo', id, '--yes'])).kind).toBe('done');
	await settled();
	history.send('y');
	const text = await history.waitForText('Enter back');
	expect(text).toContain('taken back');
	expect(replicas()).toBe(3);
	history.interrupt();
	await history.ended;
});

test('one entry is opened by its id, and a history without a cluster is shown all the same', async () => {
	const id = await scaled(6);
	const chat = onScreen(shop, ['chat', '--no-model']);
	await chat.waitForText('namespace shop');
	await chat.press(`/history ${id}`);
	chat.send('enter');
	const text = await chat.waitForText(`Entry     ${id}`);
	expect(text).toContain('spec.replicas: 3 → 6');
	expect(text).not.toContain('of 6 ─');
	chat.interrupt();
	await chat.ended;
	const home = onScreen(shop, ['--kubeconfig', `${shop.folder}/none`]);
	await home.waitForText('Last changes');
	home.send('h');
	await home.waitForText('to 6 replicas');
	home.interrupt();
	await home.ended;
});

test('a run that stopped half way goes on from here', async () => {
	const {machine, fault} = shop.sandbox;
	const names = ['first', 'second'];
	const manifest = names.map(name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`).join('---\n');
	fault({
		match: ({method, path, query}) => method === 'PATCH' && path.endsWith('/configmaps/second') && !query.has('dryRun'),
		answer: 500,
		times: 1,
	});
	await shop.run(['k8s', 'apply', '-f', '-', '--yes'], {streams: {input: manifest}});
	const held = () => names.map(name => machine.get('ConfigMap', 'shop', name) !== undefined);
	expect(held()).toEqual([true, false]);
	const history = await openHistory();
	expect(await history.waitForText('r resume')).toMatch(/> ✗ .*failed/);
	history.send('r');
	await history.waitForText('Apply this plan? [y/N]');
	await settled();
	history.send('y');
	await history.waitForText('takes it back');
	expect(held()).toEqual([true, true]);
	history.interrupt();
	await history.ended;
});
