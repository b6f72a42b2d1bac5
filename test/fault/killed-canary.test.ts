import {describe, expect, test, vi} from 'vitest';
import {listAt, numberAt, textAt} from '../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {MachineEvent} from '../../src/sandbox/machine.ts';
import {startChild} from '../support/child.ts';
import {openShop} from '../support/shop.ts';

// Eight processes start at once, and wait by the machine's time.
vi.setConfig({testTimeout: 60_000});

const shop = await openShop();
const {machine} = shop.sandbox;

const imageOf = (deployment: KubeObject) => textAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'image') ?? '';
const newImage = (name: string) => `registry.example/shop/${name}:9.0.0`;

/** Each write of a canary at 50 %, told by what the cluster sees of it. */
const writes: readonly {readonly write: string; readonly isSeen: (name: string, event: MachineEvent) => boolean}[] = [
	{write: 'the canary is made', isSeen: (name, {type, object}) => type === 'ADDED' && object.metadata.name === `${name}-canary`},
	{
		write: 'the stable version shrinks',
		isSeen: (name, {object, before = object}) =>
			object.metadata.name === name && (numberAt(object, 'spec', 'replicas') ?? 0) < (numberAt(before, 'spec', 'replicas') ?? 0),
	},
	{write: 'the new image is promoted', isSeen: (name, {object}) => object.metadata.name === name && imageOf(object) === newImage(name)},
	{
		write: 'the canary is removed',
		isSeen: (name, {type, object}) =>
			object.metadata.name === `${name}-canary` && (type === 'DELETED' || object.metadata.deletionTimestamp !== undefined),
	},
];

/** Kills a canary in the moment in which a write of it is seen, before the answer of the server. Answers its journal entry. */
async function killedCanary(name: string, isSeen: (typeof writes)[number]['isSeen']): Promise<string> {
	const words = ['deploy', 'canary', name, '--image', newImage(name), '--steps', '50,100', '--interval', '1s', '--yes'];
	const child = startChild(['--kubeconfig', shop.kubeconfig, '-n', 'shop', ...words], shop.folder);
	const stop = machine.watch(event => isSeen(name, event) && child.kill('SIGKILL'), ['Deployment']);
	const {code, out, err} = await child.ended();
	stop();
	expect({code, out}, err).toEqual({code: null, out: ''});
	const entries: {id: string; outcome?: string; plan: {input: {name: string}}}[] = JSON.parse((await shop.run(['history', '--json'])).out);
	const [entry] = entries.filter(({plan}) => plan.input.name === name);
	expect(entry).not.toHaveProperty('outcome');
	return entry?.id ?? '';
}

const standing = (name: string) => {
	const stable = shop.get({kind: 'Deployment', name});
	return {
		image: imageOf(stable),
		replicas: numberAt(stable, 'spec', 'replicas'),
		canary: machine.get('Deployment', 'shop', `${name}-canary`) !== undefined,
	};
};

const rowsFor = (names: readonly string[]) => names.flatMap((name, index) => writes.slice(index, index + 1).map(row => ({name, ...row})));

// Each row has a workload of its own, so that those that wait do it together.
describe.concurrent('kill -9 in a canary', () => {
	test.each(rowsFor(['cart', 'recommendations', 'payments', 'accounts']))('when $write: resume finishes it', async ({name, isSeen}) => {
		const entry = await killedCanary(name, isSeen);
		expect(await shop.outcome(['resume', entry, '--yes'])).toMatchObject({kind: 'done', journal: entry, output: {verdict: 'promoted'}});
		expect(standing(name)).toEqual({image: newImage(name), replicas: 2, canary: false});
	});

	test.each(rowsFor(['catalog', 'checkout', 'worker', 'web']))('when $write: undo takes it back', async ({name, isSeen}) => {
		const before = standing(name);
		const entry = await killedCanary(name, isSeen);
		expect(standing(name)).not.toEqual(before);
		expect(await shop.outcome(['undo', entry, '--yes'])).toMatchObject({kind: 'done', output: {undoes: entry}});
		expect(standing(name)).toEqual(before);
		expect(await shop.outcome(['resume', entry, '--yes'])).toMatchObject({kind: 'failed', error: {kind: 'usage'}});
	});
});
