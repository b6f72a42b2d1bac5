import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {startChild} from '../support/child.ts';
import {openShop} from '../support/shop.ts';

const shop = await openShop();
const {machine, fault} = shop.sandbox;

const names = ['one', 'two', 'three'];
const held = () => names.map(name => machine.get('ConfigMap', 'shop', name) !== undefined);
const manifest = names.map(name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`).join('---\n');

/** Starts an apply of three documents, and sends the signal while the server thinks about the second. */
async function interrupted(signal: NodeJS.Signals, words: readonly string[]) {
	const file = join(shop.folder, 'three.yaml');
	await writeFile(file, manifest);
	const child = startChild(['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'k8s', 'apply', '-f', file, ...words], shop.folder);
	fault({
		match: ({method, path, query}) => {
			const isHit = method === 'PATCH' && path.endsWith('/configmaps/two') && !query.has('dryRun');
			if (isHit) child.kill(signal);
			return isHit;
		},
		answer: 'hang',
		times: 1,
	});
	return child.ended();
}

test.each([
	{signal: 'SIGINT', way: 'undo', end: [false, false, false]},
	{signal: 'SIGTERM', way: 'resume', end: [true, true, true]},
	{signal: 'SIGHUP', way: 'undo', end: [false, false, false]},
] as const)('$signal in the middle says what was done, what is left, and the ways on; $way works', async ({signal, way, end}) => {
	for (const name of names) if (machine.get('ConfigMap', 'shop', name) !== undefined) machine.remove('ConfigMap', 'shop', name);
	const {code, out, err} = await interrupted(signal, ['--yes', '--json']);
	expect({code, held: held()}).toEqual({code: 2, held: [true, false, false]});
	const outcome = JSON.parse(out);
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'cancelled', next: expect.stringContaining(`mkcoa ${way} ${outcome.journal}`)},
		done: ['apply ConfigMap shop/one'],
		undone: [],
		left: ['apply ConfigMap shop/two', 'apply ConfigMap shop/three'],
	});
	expect(err).toMatch(/Done\n\s+✓ apply ConfigMap shop\/one/);
	expect(err).toMatch(/Left as it is\n\s+! apply ConfigMap shop\/two\n\s+! apply ConfigMap shop\/three/);
	expect(await shop.outcome([way, outcome.journal, '--yes'])).toMatchObject({kind: 'done'});
	expect(held()).toEqual(end);
});

test('an interrupt before the yes changes nothing', async () => {
	const child = startChild(['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'k8s', 'scale', 'cart', '9', '--yes'], shop.folder);
	fault({
		match: ({method, path}) => {
			const isHit = method === 'GET' && path.endsWith('/deployments/cart');
			if (isHit) child.kill('SIGINT');
			return isHit;
		},
		answer: 'hang',
		times: 1,
	});
	const written = await shop.writesDuring(async () => {
		expect(await child.ended()).toMatchObject({code: 2, out: '', err: expect.stringContaining('before it changed anything')});
	});
	expect(written).toEqual([]);
});
