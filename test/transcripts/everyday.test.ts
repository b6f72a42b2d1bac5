import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {manualClock} from '../support/manual-clock.ts';
import {screen} from '../support/screen.ts';
import {shopSandbox} from '../support/shop-sandbox.ts';

// The cluster's time stands still, so that logs, events and use are the same in every run.
const worldOf = async () => {
	const world = await shopSandbox({clock: manualClock()});
	await world.file('key.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: banner, namespace: shop}\ndata: {text: hello}\n');
	return world;
};
type World = Awaited<ReturnType<typeof worldOf>>;
const worlds = {pipe: await worldOf(), terminal: await worldOf()};

type Row = readonly [words: string, code: number];

/** `ID` stands for the latest id that mkcoa told, `./` for the folder of the test. */
const day: readonly Row[] = [
	['k8s list deployments -n shop', 0],
	['k8s list pods -n shop -l app=web', 0],
	['k8s get configmap shop-config -n shop', 0],
	['k8s describe service redis -n shop', 0],
	['k8s logs -n shop -l app=web --tail 3', 0],
	['k8s events -n shop --limit 3', 0],
	['k8s top -n shop -l app=web', 0],
	['deploy status web -n shop', 0],
	['k8s apply -f ./key.yaml --dry-run', 0],
	['k8s apply -f ./key.yaml', 8],
	['approve ID --yes', 0],
	['approve', 0],
	['k8s scale deployment/worker 3 -n shop --plan-out ./plan.json', 0],
	['policy test ./plan.json', 0],
	['apply ./plan.json --yes', 0],
	['apply ./plan.json --yes', 9],
	['undo --yes', 0],
	['undo ID --yes', 0],
	['history', 0],
	['grants add workload_scale --context sandbox -n shop --for 1h', 0],
	['k8s scale deployment/worker 4 -n shop', 0],
	['grants list', 0],
	['audit verify', 0],
	['doctor', 0],
	['__complete -- -n shop k8s get deploy we', 0],
	['--version', 0],
	['help environment', 0],
];

/** Ids, digests, the age of things by the real clock, and places of this machine. */
const steady = (text: string) =>
	text
		.replaceAll(/\b(?=[a-z0-9]*\d)[a-z0-9]{12}\b/g, 'ID')
		.replaceAll(/\b(?=[a-z0-9]*\d)[a-z0-9]{6,11}…/g, 'ID…')
		.replaceAll(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
		.replaceAll(/(?<=^|[ \t(])(?:\d+s|\d+d(?:\d+h)?|\d+y(?:\d+d)?)(?=[)\s]|$)/gm, 'AGE')
		.replaceAll(/Node \d+\.\d+\.\d+/g, 'Node VERSION');

type Ran = {readonly code: number; readonly shown: string; readonly told: string};

/** Standard error is marked, because a pipe has only the rest. */
async function inPipe(world: World, words: readonly string[]): Promise<Ran> {
	const {code, out, err} = await world.run(words, {env: {KUBECONFIG: world.kubeconfig}});
	expect(out + err).not.toContain('\u001B');
	return {code, told: err + out, shown: `${out}${err.replaceAll(/^(?=.)/gm, '2> ')}`};
}

async function inTerminal(world: World, words: readonly string[]): Promise<Ran> {
	const shown = screen(80, 300);
	const write = (text: string) => void shown.write(text.replaceAll('\n', '\r\n'));
	const streams = {out: write, err: write, outIsTerminal: true, errIsTerminal: true, width: 80};
	const {code} = await world.run(words, {env: {KUBECONFIG: world.kubeconfig}, streams});
	const text = shown.text().replaceAll(/ +$/gm, '');
	return {code, told: text, shown: `${text.replaceAll(world.sandbox.url, 'http://shop').replaceAll(`${world.folder}/`, '')}\n`};
}

describe.each([
	{where: 'pipe', run: inPipe},
	{where: 'terminal', run: inTerminal},
] as const)('a day in a $where', ({where, run}) => {
	const world = worlds[where];
	const transcript: string[] = [];
	let latest = '';

	test.each(day)('mkcoa %s', async (words, code) => {
		const typed = words.replace('ID', latest).replace('./', `${world.folder}/`);
		const ran = await run(world, typed.split(' '));
		latest = /mkcoa (?:approve|undo) ([a-z0-9]{12})/.exec(ran.told)?.[1] ?? latest;
		expect(ran.code).toBe(code);
		expect(ran.told).not.toMatch(/undefined|\[object|NaN|did not foresee/);
		transcript.push(`$ mkcoa ${words}\n${steady(ran.shown)}[${code}]\n`);
	});

	test('every word is that of the transcript', async () => {
		await expect(transcript.join('\n')).toMatchFileSnapshot(`everyday.${where}.txt`);
	});
});

test('without a cluster, completion is silent and the doctor says what is missing', async () => {
	const world = worlds.pipe;
	expect(await world.run(['__complete', '--', '-n', 'shop', 'k8s', 'get', 'deploy', 'we'])).toEqual({code: 0, out: '', err: ''});
	const {code, out} = await world.run(['doctor'], {env: {}});
	expect({code, out: steady(out)}).toMatchInlineSnapshot(`
		{
		  "code": 1,
		  "out": "✓ runtime: Node VERSION
		✗ kubeconfig and state folder: There is no kubeconfig at .kube/config. Name a file with --kubeconfig or KUBECONFIG, or try the embedded cluster with --sandbox
		- cluster: because the kubeconfig or the state folder cannot be used
		- model: The built-in router answers, because no model is named and none of ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY is set.
		",
		}
	`);
});

test('a record that was altered is found', async () => {
	const world = worlds.pipe;
	const database = new DatabaseSync(`${world.folder}/state/mkcoa/state.db`);
	database.exec(`UPDATE audit SET record = replace(record, 'alice', 'mallory') WHERE seq = 2`);
	database.close();
	const {code, out, err} = await world.run(['audit', 'verify']);
	expect({code, out, err}).toMatchInlineSnapshot(`
		{
		  "code": 1,
		  "err": "",
		  "out": "✗ The audit log was tampered with: Record 2 was changed. Nothing was overwritten; keep a copy of the state folder
		",
		}
	`);
});
