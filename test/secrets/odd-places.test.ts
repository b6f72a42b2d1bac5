import {expect, test} from 'vitest';
import {planted} from './planted.ts';
import {appYaml, expectCleanState, expectNoLeak, vaultShop} from './vault-shop.ts';

const shop = await vaultShop();
const {machine} = shop.sandbox;

const till = () => shop.get({kind: 'Deployment', name: 'till'});
const environmentOf = (text: string) =>
	Object.fromEntries([...text.matchAll(/"name":"([A-Z_]+)","value":"([^"]*)"/g)].map(([, name, value]) => [name, value]));
const environment = () => environmentOf(JSON.stringify(till().spec));
const clear = (secret: string, key: string) => {
	const value: unknown = Reflect.get(Object(machine.get('Secret', 'shop', secret)?.data), key);
	return typeof value === 'string' ? Buffer.from(value, 'base64').toString() : undefined;
};

/** Runs a command in text, JSON and with everything said; the last run is the one that counts. */
async function run(words: readonly string[], code: number, ...formats: readonly (readonly string[])[]): Promise<string> {
	let out = '';
	for (const format of formats.length === 0 ? [['--json']] : formats) {
		const typed = [...words, ...format];
		const printed = await shop.run(typed);
		expectNoLeak(typed, printed);
		expect({typed, ...printed}, printed.err).toMatchObject({code});
		out = printed.out;
	}
	expectCleanState(shop);
	return out;
}

/** Looks at the plan in every format, does it, and answers its journal entry. */
async function change(words: readonly string[]): Promise<string> {
	await shop.settled();
	await run([...words, '--dry-run'], 0, [], ['--json'], ['-o', 'yaml'], ['--verbose']);
	return JSON.parse(await run([...words, '--yes'], 0)).journal;
}

const operations = (...list: readonly object[]) => ['k8s', 'patch', 'deploy', 'till', '--type', 'json', '-p', JSON.stringify(list)];
const env = '/spec/template/spec/containers/0/env';

test('a JSON patch that names a variable only by its place', async () => {
	const journal = await change(operations({op: 'replace', path: `${env}/1/value`, value: planted.nextEnv}));
	expect(environment()).toEqual({LOG_LEVEL: 'info', DB_PASSWORD: planted.nextEnv});
	await run(['undo', journal, '--yes'], 0, ['--verbose']);
	expect(environment()).toEqual({LOG_LEVEL: 'info', DB_PASSWORD: planted.env});
});

test('a JSON patch that adds a variable', async () => {
	const journal = await change(operations({op: 'add', path: `${env}/-`, value: {name: 'API_TOKEN', value: planted.written}}));
	expect(environment()).toMatchObject({DB_PASSWORD: planted.env, API_TOKEN: planted.written});
	await run(['undo', journal, '--yes'], 0, ['--verbose']);
	expect(environment()).toEqual({LOG_LEVEL: 'info', DB_PASSWORD: planted.env});
});

test('a file in a ConfigMap with a password among its lines', async () => {
	const file = () => Reflect.get(Object(machine.get('ConfigMap', 'shop', 'till')?.data), 'app.yaml');
	const journal = await change(['k8s', 'patch', 'cm', 'till', '-p', JSON.stringify({data: {'app.yaml': appYaml('b')}})]);
	expect(file()).toBe(appYaml('b'));
	await run(['undo', journal, '--yes'], 0, ['--verbose']);
	expect(file()).toBe(appYaml('a'));
});

test('a List of Secrets, one value of many lines', async () => {
	const lines = `user=till\nand the word is ${planted.written}\nend\n`;
	const items = ['a', 'b'].map(name => ({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name},
		stringData: {file: lines, word: planted.patched},
	}));
	const file = await shop.manifest(JSON.stringify({apiVersion: 'v1', kind: 'List', items}));
	const journal = await change(['k8s', 'apply', '-f', file]);
	expect([clear('a', 'file'), clear('b', 'word')]).toEqual([lines, planted.patched]);
	await run(['undo', journal, '--yes'], 0, ['--verbose']);
	expect(clear('a', 'file')).toBeUndefined();
});

test('a plan that waits, and is approved later', async () => {
	const words = ['k8s', 'patch', 'secret', 'vault', '-p', JSON.stringify({stringData: {pin: planted.patched}})];
	const {id} = JSON.parse(await run(words, 8));
	const printed = await shop.reviewed(['approve', id], () => {});
	expectNoLeak(['approve'], printed);
	expect(printed).toMatchObject({code: 0});
	expect(clear('vault', 'pin')).toBe(planted.patched);
});

test('a password that somebody else changed since is kept, and not told', async () => {
	const words = operations(
		{op: 'replace', path: `${env}/1/value`, value: planted.nextEnv},
		{op: 'replace', path: `${env}/0/value`, value: 'debug'},
	);
	const journal = await change(words);
	machine.update(JSON.parse(JSON.stringify(till()).replace(planted.nextEnv, planted.written)), 'somebody-else');
	await shop.settled();
	await run(['undo', journal, '--dry-run'], 0, [], ['--json'], ['-o', 'yaml'], ['--verbose']);
	await run(['undo', journal, '--yes'], 0);
	expect(environment()).toEqual({LOG_LEVEL: 'info', DB_PASSWORD: planted.written});
});

test('a value of a Secret that belongs to somebody else', async () => {
	const base64 = Buffer.from(planted.written).toString('base64');
	const file = await shop.manifest(`apiVersion: v1\nkind: Secret\nmetadata: {name: vault}\ndata: {password: ${base64}}\n`);
	await run(['k8s', 'apply', '-f', file, '--yes'], 1, [], ['--json'], ['--verbose']);
	expect(clear('vault', 'password')).toBe(planted.data);
});

test('a Deployment that is deleted and comes back whole', async () => {
	const before = till();
	const journal = await change(['k8s', 'delete', 'deploy', 'till']);
	await run(['undo', journal, '--dry-run'], 0, [], ['--json'], ['--verbose']);
	await run(['undo', journal, '--yes'], 0);
	expect(till().spec).toEqual(before.spec);
	expect(till().metadata.annotations).toMatchObject({'example.com/api-token': planted.annotation});
});
