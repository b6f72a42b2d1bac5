import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {objectAt, textAt} from '../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {startChild} from '../support/child.ts';
import {openShop} from '../support/shop.ts';
import {openedState} from './opened-state.ts';

vi.setConfig({testTimeout: 60_000});

const shop = await openShop({hasty: true});
const {machine} = shop.sandbox;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const first = 'Saffron-bittern-one';
const second = 'Indigo-plover-two';

/** A workload with a Secret of its own, at its first version. */
async function vault(name: string, value = first) {
	const keys = (value: string): KubeObject => ({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name: `${name}-keys`, namespace: 'shop'},
		type: 'Opaque',
		data: {password: base64(value)},
	});
	const container = {
		name,
		image: `registry.example/shop/${name}:1.0.0`,
		env: [{name: 'PASSWORD', valueFrom: {secretKeyRef: {name: `${name}-keys`, key: 'password'}}}],
	};
	machine.create(keys(value), 'kubectl');
	machine.create(
		{
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name, namespace: 'shop'},
			spec: {
				replicas: 2,
				selector: {matchLabels: {app: name}},
				template: {metadata: {labels: {app: name}}, spec: {containers: [container]}},
			},
		},
		'kubectl',
	);
	await shop.settled();
	return {
		image: `registry.example/shop/${name}:2.0.0`,
		set: (value: string) =>
			machine.update({...shop.get({kind: 'Secret', name: `${name}-keys`}), data: {password: base64(value)}}, 'kubectl'),
		held: () => Buffer.from(textAt(shop.get({kind: 'Secret', name: `${name}-keys`}), 'data', 'password') ?? '', 'base64').toString(),
		serves: () => JSON.stringify(objectAt(shop.get({kind: 'Deployment', name}), 'spec')).match(/:(\d\.\d\.\d)"/)?.[1],
	};
}

/** Nothing of either value is on this machine, for whoever has the key of its state as well. */
function expectNothingKept() {
	const kept = openedState(shop.folder);
	expect([first, second].filter(value => kept.includes(value) || kept.includes(base64(value).slice(0, -4)))).toEqual([]);
}

const done = async (words: readonly string[]) => {
	const outcome = await shop.outcome([...words, '--yes']);
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done'});
	return outcome;
};

test('whoever has the key of the state finds what is kept there', async () => {
	const {held} = await vault('control', 'Bronze-avocet-four');
	await done(['k8s', 'patch', 'secret', 'control-keys', '-p', '{"stringData":{"password":"Amber-godwit-three"}}']);
	expect(held()).toBe('Amber-godwit-three');
	expect(openedState(shop.folder)).toContain('Amber-godwit-three');
	await done(['undo']);
});

test('a canary keeps its snapshot in the cluster alone, also from a plan file and from the waiting list', async () => {
	const {image, serves} = await vault('safe');
	const canary = ['deploy', 'canary', 'safe', '--image', image, '--steps', '50,100', '--interval', '1s', '--metrics', 'readiness'];
	const file = join(shop.folder, 'canary.json');
	expect(await shop.run([...canary, '--plan-out', file])).toMatchObject({code: 0});
	expect(await shop.run(canary)).toMatchObject({code: 8});
	expectNothingKept();
	await done(['apply', file]);
	expect([serves(), machine.get('Secret', 'shop', 'mkcoa-bundle-safe-1')?.type]).toEqual(['2.0.0', 'mkcoa.dev/bundle']);
	expectNothingKept();
	await done(['undo']);
	expect(serves()).toBe('1.0.0');
	expectNothingKept();
});

test('a rollback brings a Secret back that was nowhere but in the cluster, and another one takes it back', async () => {
	const {image, set, held, serves} = await vault('till');
	await done(['deploy', 'rolling', 'till', '--image', image]);
	expectNothingKept();
	set(second);
	const file = join(shop.folder, 'rollback.json');
	expect(await shop.run(['deploy', 'rollback', 'till', '--plan-out', file])).toMatchObject({code: 0});
	const {out} = await shop.run(['deploy', 'rollback', 'till', '--json']);
	const waiting: string = JSON.parse(out).id;
	expectNothingKept();
	await done(['apply', file]);
	expect([held(), serves()]).toEqual([first, '1.0.0']);
	expectNothingKept();

	const next = 'mkcoa deploy rollback till -n shop --to 2';
	const undone = await shop.outcome(['undo', '--yes']);
	expect(undone).toMatchObject({kind: 'failed', error: {code: 'not-undoable', next: `Take it back with: ${next}`}});
	expect([held(), serves()]).toEqual([first, '1.0.0']);
	// What moved is told, and a plan that fits no more is not completed.
	expect(await shop.outcome(['approve', waiting, '--yes'])).toMatchObject({kind: 'drifted'});
	await done(['deploy', 'rollback', 'till', '--to', '2']);
	expect([held(), serves()]).toEqual([second, '2.0.0']);
	expectNothingKept();
});

test('a rollback that waited is approved with the values that the cluster has', async () => {
	const {image, set, held} = await vault('purse');
	await done(['deploy', 'rolling', 'purse', '--image', image]);
	set(second);
	const {out} = await shop.run(['deploy', 'rollback', 'purse', '--json']);
	await done(['approve', JSON.parse(out).id]);
	expect(held()).toBe(first);
	expectNothingKept();
});

test('a rollback that was killed is gone on with by what lies in the cluster, and the journal says so', async () => {
	const {image, set, held, serves} = await vault('chest');
	await done(['deploy', 'rolling', 'chest', '--image', image]);
	set(second);
	const child = startChild(['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'deploy', 'rollback', 'chest', '--yes'], shop.folder);
	const stop = machine.watch(({object}) => object.metadata.name === 'chest-keys' && child.kill('SIGKILL'), ['Secret']);
	expect(await child.ended()).toMatchObject({code: null});
	stop();
	const [entry] = JSON.parse((await shop.run(['history', '--json'])).out);
	expectNothingKept();
	expect(await shop.outcome(['resume', entry.id, '--yes'])).toMatchObject({
		kind: 'failed',
		error: {code: 'sealed-values-missing', next: 'Go on by what lies in the cluster, with: mkcoa deploy resume chest -n shop'},
	});
	expect(await shop.outcome(['undo', entry.id, '--yes'])).toMatchObject({
		kind: 'failed',
		error: {
			code: 'not-undoable',
			next: expect.stringMatching(/^It rests half way\. Go on with: mkcoa deploy resume chest -n shop\. Then take/),
		},
	});
	const file = join(shop.folder, 'resume.json');
	expect(await shop.run(['deploy', 'resume', 'chest', '--plan-out', file])).toMatchObject({code: 0});
	expectNothingKept();
	await done(['apply', file]);
	expect([held(), serves()]).toEqual([first, '1.0.0']);
	expectNothingKept();
});
