import {expect, test, vi} from 'vitest';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import {openShop} from '../../support/shop.ts';

// The commands' own clock is not the cluster's: their looks, two seconds apart, are waited for.
vi.setConfig({testTimeout: 60_000});

const shop = await openShop();
const {machine} = shop.sandbox;
const words = (name: string, tag: string) => [
	'deploy',
	'canary',
	name,
	'--image',
	`registry.example/shop/${name}:${tag}`,
	'--steps',
	'50,100',
	'--interval',
	'1s',
	'--ready-within',
	'1s',
	'--yes',
];
const standing = (name: string) => ({
	replicas: numberAt(machine.get('Deployment', 'shop', name), 'spec', 'replicas'),
	label: machine.get('Deployment', 'shop', name)?.metadata.labels?.['by-somebody-else'],
	canary: machine.get('Deployment', 'shop', `${name}-canary`) !== undefined,
});

test.concurrent('what a colleague changed in the middle stays, and undo brings everything else back from the journal', async () => {
	const stop = machine.watch(
		({object, before}) => {
			if (object.metadata.name !== 'catalog' || (numberAt(object, 'spec', 'replicas') ?? 0) >= (numberAt(before, 'spec', 'replicas') ?? 0))
				return;
			stop();
			queueMicrotask(() => shop.touch({kind: 'Deployment', name: 'catalog'}));
		},
		['Deployment'],
	);
	const before = standing('catalog');
	expect(await shop.outcome(words('catalog', '9.0.0'))).toMatchObject({
		kind: 'failed',
		error: {code: 'drifted'},
		output: {verdict: 'stuck'},
	});
	expect(standing('catalog')).toEqual({replicas: 2, label: 'yes', canary: true});
	const told = await shop.run(['deploy', 'status', 'catalog']);
	expect(told.out).toMatch(/Finish the way back: mkcoa deploy abort catalog -n shop/);
	expect(await shop.outcome(['undo', '--yes'])).toMatchObject({kind: 'done'});
	expect(standing('catalog')).toEqual({...before, label: 'yes'});
	const own = machine.list('Secret', 'shop').map(({metadata}) => metadata.name.match(/^mkcoa-(?:bundle|rollout)-catalog/)?.[0]);
	// The snapshot is what a later rollback brings back.
	expect(own.filter(name => name !== undefined)).toEqual(['mkcoa-bundle-catalog']);
});

test.concurrent('a promotion that gets stuck goes back as far as there is room, and the rest once there is', async () => {
	// From the moment of the promotion on, no pod of the stable version can be made.
	const stop = machine.watch(
		({object, before}) => {
			if (object.metadata.name !== 'cart' || before === undefined || JSON.stringify(object.spec) === JSON.stringify(before.spec)) return;
			if (!JSON.stringify(object.spec).includes('cart:9.1.0')) return;
			stop();
			const spec = {hard: {pods: '1'}};
			machine.create({apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'tight', namespace: 'shop'}, spec}, 'colleague');
		},
		['Deployment'],
	);
	const outcome = await shop.outcome(words('cart', '9.1.0'));
	expect(outcome).toMatchObject({kind: 'failed', error: {code: 'canary-failed'}, output: {verdict: 'stuck'}});
	expect(outcome.kind === 'failed' && outcome.left.join()).toMatch(/^Remove cart-canary \(not done: cart: .*exceeded quota: tight/);
	machine.remove('ResourceQuota', 'shop', 'tight');
	expect(await shop.outcome(['resume', outcome.kind === 'failed' ? (outcome.journal ?? '') : '', '--yes'])).toMatchObject({
		kind: 'failed',
		error: {what: 'The canary of cart was taken back'},
		output: {verdict: 'rolled-back'},
	});
	expect(standing('cart')).toMatchObject({replicas: 2, canary: false});
});
