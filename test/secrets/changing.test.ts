import {readFileSync, rmSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openBundle} from '../../src/agents/deploy/bundle/open-bundle.ts';
import {frames} from '../support/frames.ts';
import {leaksIn, planted} from './planted.ts';
import {expectCleanState, expectNoLeak, vaultShop} from './vault-shop.ts';

const shop = await vaultShop();
const {machine} = shop.sandbox;

type Case = {
	readonly name: string;
	readonly words: () => readonly string[] | Promise<readonly string[]>;
	readonly input?: string;
	readonly env?: {readonly [name: string]: string};
	/** The secret values that the cluster holds, in clear. */
	readonly held: () => unknown;
	readonly expected: unknown;
};

const clear = (base64: unknown) => (typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString() : undefined);
const dataOf = (secret: string) => {
	const data: {readonly [key: string]: unknown} = Object(machine.get('Secret', 'shop', secret)?.data);
	return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, clear(value)]));
};
const passwordIn = (spec: unknown) => /"name":"DB_PASSWORD","value":"([^"]*)"/.exec(JSON.stringify(spec))?.[1];
const environment = () => passwordIn(machine.get('Deployment', 'shop', 'till')?.spec);

/** The password in the newest snapshot of the Deployment, which lies in the cluster alone. */
function kept() {
	const bundle = machine.list('Secret', 'shop').findLast(({metadata}) => metadata.name.startsWith('mkcoa-bundle-till-'));
	return bundle === undefined ? undefined : passwordIn(openBundle(bundle).workload.spec);
}

const secretManifest = (name: string, body: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n${body}`;
const envPatch = `{"spec":{"template":{"spec":{"containers":[{"name":"till","env":[{"name":"DB_PASSWORD","value":"${planted.nextEnv}"}]}]}}}}`;

/** Each change, what it writes into the cluster, and where. All are taken back. */
const cases: readonly Case[] = [
	{
		name: 'a manifest adds a value to a Secret',
		words: async () => ['k8s', 'apply', '-f', await shop.manifest(secretManifest('vault', `stringData: {pin: ${planted.written}}\n`))],
		held: () => dataOf('vault'),
		expected: {username: 'till', password: planted.data, pin: planted.written},
	},
	{
		name: 'a manifest from standard input makes a Secret, and a ConfigMap with the same value',
		words: () => ['k8s', 'apply', '-f', '-'],
		input: `${secretManifest('fresh', `data:\n  password: ${Buffer.from(planted.written).toString('base64')}\n`)}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {motto: "say ${planted.written} twice"}\n`,
		held: () => [dataOf('fresh'), machine.get('ConfigMap', 'shop', 'fresh')?.data],
		expected: [{password: planted.written}, {motto: `say ${planted.written} twice`}],
	},
	{
		name: 'a merge patch changes a Secret',
		words: () => ['k8s', 'patch', 'secret', 'vault', '-p', `{"stringData":{"password":"${planted.patched}"}}`],
		held: () => dataOf('vault'),
		expected: {username: 'till', password: planted.patched},
	},
	{
		name: 'a JSON patch changes a Secret',
		words: () => {
			const value = Buffer.from(planted.patched).toString('base64');
			return ['k8s', 'patch', 'secret', 'vault', '--type', 'json', '-p', `[{"op":"replace","path":"/data/password","value":"${value}"}]`];
		},
		held: () => dataOf('vault'),
		expected: {username: 'till', password: planted.patched},
	},
	{
		name: 'a Secret gets a value from an environment variable',
		words: () => ['deploy', 'secret', 'vault', '--from-env', 'pin=PIN'],
		env: {PIN: planted.written},
		held: () => dataOf('vault'),
		expected: {username: 'till', password: planted.data, pin: planted.written},
	},
	{
		name: 'a Secret is made of standard input and a file',
		words: async () => ['deploy', 'secret', 'fresh', 'pin', '--from-file', `word=${await shop.manifest(planted.written)}`],
		input: `${planted.patched}\n`,
		held: () => dataOf('fresh'),
		expected: {pin: planted.patched, word: planted.written},
	},
	{
		name: 'a ConfigMap gets a value that is a secret by its name',
		words: () => ['deploy', 'configmap', 'till', `db.password=${planted.nextEnv}`],
		held: () => Object(machine.get('ConfigMap', 'shop', 'till')?.data)['db.password'],
		expected: planted.nextEnv,
	},
	{
		name: 'a Secret is deleted',
		words: () => ['k8s', 'delete', 'secret', 'vault'],
		held: () => dataOf('vault'),
		expected: {},
	},
	{
		name: 'a patch changes a password in the environment of a Deployment',
		words: () => ['k8s', 'patch', 'deploy', 'till', '--type', 'strategic', '-p', envPatch],
		held: environment,
		expected: planted.nextEnv,
	},
	{
		name: 'a Deployment with a password in its environment is restarted',
		words: () => ['k8s', 'restart', 'till'],
		held: environment,
		expected: planted.env,
	},
	{
		name: 'a Deployment with a password in its environment gets a canary',
		words: () => ['deploy', 'canary', 'till', '--image', 'registry.example/shop/till:1.1.0', '--steps', '50', '--interval', '1s'],
		held: environment,
		expected: planted.env,
	},
	{
		name: 'a Deployment with a password in its environment gets a new version, and is kept for a rollback',
		words: () => ['deploy', 'rolling', 'till', '--image', 'registry.example/shop/till:1.2.0'],
		held: kept,
		expected: planted.env,
	},
	{
		name: 'a Deployment with a password in its environment is rolled back',
		words: () => ['deploy', 'rollback', 'till', '--to', triedRevision()],
		held: kept,
		expected: planted.env,
	},
	{
		name: 'a Deployment with a password in its environment is deleted',
		words: () => ['k8s', 'delete', 'deploy', 'till'],
		held: environment,
		expected: undefined,
	},
];

/** Of the version that was rolled out last and taken back: nobody gets it by default. */
function triedRevision(): string {
	const revisions = machine
		.list('ReplicaSet', 'shop')
		.filter(({metadata}) => metadata.name.startsWith('till-'))
		.map(({metadata}) => Number(metadata.annotations?.['deployment.kubernetes.io/revision']))
		.sort((a, b) => a - b);
	return String(revisions.at(-2));
}

const formats = [[], ['-o', 'json'], ['-o', 'yaml'], ['--verbose']];

test.each(cases)('$name, and no secret is printed or kept in clear', async ({words, input, env = {}, held, expected}) => {
	await shop.settled();
	const before = held();
	const run = async (typed: readonly string[], code = 0) => {
		const printed = await shop.run(typed, {env, ...(input === undefined ? {} : {streams: {input}})});
		expectNoLeak(typed, printed);
		expect({typed, ...printed}, JSON.stringify(printed)).toMatchObject({code});
		return printed;
	};
	const change = await words();
	for (const format of formats) await run([...change, '--dry-run', ...format]);
	await run(change, 8);
	await run([...change, '--read-only', '--yes'], 4);

	rmSync(shop.planFile, {force: true});
	await run([...change, '--plan-out', shop.planFile]);
	expect(leaksIn(readFileSync(shop.planFile, 'utf8'))).toEqual([]);
	await run(['policy', 'test', shop.planFile]);
	const {journal} = JSON.parse((await run(['apply', shop.planFile, '--yes', '--json'])).out);
	expect(held()).toEqual(expected);

	for (const format of formats) await run(['history', journal, ...format]);
	for (const format of formats) await run(['undo', journal, '--dry-run', ...format]);
	await run(['undo', journal, '--yes', '--verbose']);
	expect(held()).toEqual(before);
	expectCleanState(shop);
});

test('what is told of all that happened holds no secret', async () => {
	for (const words of ['history', 'history --json', 'audit export', 'audit verify', 'grants list'])
		expectNoLeak([words], await shop.run(words.split(' ')));
});

const review = ['k8s', 'patch', 'deploy', 'till', '--type', 'strategic', '-p', envPatch];

test('a review in plain text shows no secret', async () => {
	await shop.settled();
	const printed = await shop.reviewed(['k8s', 'patch', 'secret', 'vault', '-p', `{"stringData":{"pin":"${planted.patched}"}}`], () => {});
	expect(printed.shown).toContain('a secret value, not shown');
	expectNoLeak(['review'], printed);
	expect(dataOf('vault')).toMatchObject({pin: planted.patched});
});

test('a review on the screen shows no secret on any page', async () => {
	await shop.settled();
	const {input, output, screen, send, waitForText} = frames({columns: 80, rows: 24});
	const ended = shop.run(review, {streams: {canAsk: true}, terminal: {input, screen: output}});
	const pages = [await waitForText('[y/N]')];
	for (const key of [' ', 'down', ' ', '?', 'escape']) {
		send(key);
		await new Promise(resolve => setImmediate(resolve));
		pages.push(screen.text());
	}
	send('n');
	const printed = await ended;
	expect(pages.join('\n')).toContain('DB_PASSWORD');
	expectNoLeak(review, {...printed, shown: [...pages, ...screen.scrollback].join('\n')});
});

test('a word that looks like a password is taken out of a program that runs, and reaches it all the same', async () => {
	const words = ['k8s', 'exec', shop.podOf('till'), '--', 'echo', `--password=${planted.argument}`, '--token', planted.argument];
	for (const format of formats) expectNoLeak(words, await shop.run([...format, '--dry-run', ...words]));
	const {code, out, err, shown} = await shop.reviewed(words, () => {});
	expect({code, out}).toMatchObject({code: 0, out: expect.stringContaining('--password=‹redacted›')});
	expectNoLeak(words, {out, err, shown});
	expectCleanState(shop);
});
