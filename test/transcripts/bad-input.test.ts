import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {shopSandbox} from '../support/shop-sandbox.ts';

const {folder, sandbox, kubeconfig, file, named, run} = await shopSandbox();

const configMap = (name: string, more = '') =>
	`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {a: b}\n${more}`;
const shop = ['--kubeconfig', kubeconfig, '-n', 'shop'];
const scale = ['k8s', 'scale', 'deployment/web'];
const rolling = ['deploy', 'rolling', 'web', '--image'];
const reader = [...shop, '--context', 'sandbox-reader'];
const bad = {
	unreachable: await named('unreachable.yaml', {server: 'http://127.0.0.1:1', context: 'eu'}),
	expired: await named('expired.yaml', {token: 'expired-yesterday'}),
	production: await named('production.yaml', {context: 'prod-eu'}),
	kubeconfig: await file('broken.yaml', 'apiVersion: v1\nkind: Config\nclusters:\n  - name: [\ncontexts: []\n'),
	yaml: await file('yaml.yaml', `${configMap('a')}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n bad: 1\n`),
	kind: await file('kind.yaml', `${configMap('a')}---\n${configMap('b').replace('ConfigMap', 'ConfigMapp')}`),
	field: await file('field.yaml', `${configMap('a')}---\n${configMap('b', 'colour: red\n')}`),
	name: await file('name.yaml', `${configMap('a')}---\n${configMap('Not_A_Name')}`),
};
const planFile = join(folder, 'plan.json');
await run([...shop, ...scale, '5', '--plan-out', planFile]);
const made = await readFile(planFile, 'utf8');
const plans = {
	edited: await file('edited.json', made.replaceAll('"replicas": 5', '"replicas": 50')),
	truncated: await file('truncated.json', made.slice(0, 300)),
	whole: planFile,
};

/** Digests, ports and folders differ from run to run. */
const steady = (text: string) =>
	text
		.replaceAll(`${folder}/`, '')
		.replaceAll(/\b[0-9a-f]{12}\b/g, 'DIGEST')
		.replaceAll(/127\.0\.0\.1:\d{2,}/g, 'ANOTHER');

beforeEach(() => sandbox.requests.clear());

type Row = readonly [what: string, words: readonly string[], code: number, error: string];

const rows: readonly Row[] = [
	['an unknown context', [...shop, '--context', 'nope', 'k8s', 'list', 'pods'], 1, 'unknown-context'],
	['a server that is not there', ['--kubeconfig', bad.unreachable, 'k8s', 'list', 'pods'], 1, 'unreachable'],
	['an expired token', ['--kubeconfig', bad.expired, 'k8s', 'list', 'pods'], 4, 'signed-out'],
	['a broken kubeconfig', ['--kubeconfig', bad.kubeconfig, 'k8s', 'list', 'pods'], 1, 'bad-kubeconfig'],
	['no kubeconfig', ['k8s', 'list', 'pods'], 1, 'no-kubeconfig'],
	['a broken manifest', [...shop, 'k8s', 'apply', '--yes', '-f', bad.yaml], 1, 'bad-yaml'],
	['a manifest of an unknown kind', [...shop, 'k8s', 'apply', '--yes', '-f', bad.kind], 1, 'bad-manifest'],
	['a manifest with an unknown field', [...shop, 'k8s', 'apply', '--yes', '-f', bad.field], 1, 'invalid'],
	['a manifest with a bad name', [...shop, 'k8s', 'apply', '--yes', '-f', bad.name], 1, 'invalid'],
	['a missing manifest', [...shop, 'k8s', 'apply', '--yes', '-f', 'absent.yaml'], 1, 'no-such-file'],
	['an unknown kind', [...shop, 'k8s', 'list', 'podz'], 1, 'unknown-kind'],
	['an unknown flag', [...shop, 'k8s', 'list', 'pods', '--frobnicate'], 1, 'usage'],
	['a flag of kubectl', [...shop, 'k8s', 'scale', 'web', '--replicas', '5'], 1, 'usage'],
	['an unknown command', [...shop, 'k8s', 'lst'], 1, 'usage'],
	['an unknown group', ['frob'], 1, 'usage'],
	['a word for a number', [...shop, ...scale, 'five'], 1, 'usage'],
	['a number below zero', [...shop, ...scale, '-1'], 1, 'usage'],
	['an empty image', [...shop, ...rolling, ''], 1, 'bad-image'],
	['an image with a space', [...shop, ...rolling, 'web web:1'], 1, 'bad-image'],
	['an image like a flag', [...shop, ...rolling, '--evil'], 1, 'bad-image'],
	['a missing image', [...shop, 'deploy', 'rolling', 'web'], 1, 'what-version'],
	['an edited plan', ['--kubeconfig', kubeconfig, 'apply', '--yes', plans.edited], 1, 'edited-plan'],
	['a plan for another cluster', ['--sandbox=empty', 'apply', '--yes', plans.whole], 1, 'another-cluster'],
	['a truncated plan', ['--kubeconfig', kubeconfig, 'apply', '--yes', plans.truncated], 1, 'bad-plan-file'],
	['a missing plan', ['--kubeconfig', kubeconfig, 'apply', '--yes', 'absent.json'], 1, 'no-such-file'],
	['a plan under a name of production', ['--kubeconfig', bad.production, 'apply', '--yes', plans.whole], 4, 'policy'],
	['a name like a flag', [...shop, 'k8s', 'get', 'deployment', '--server=https://attacker'], 1, 'usage'],
	['a name like a flag, after --', [...shop, 'k8s', 'get', '--', 'deployment', '--server=https://attacker'], 1, 'usage'],
	['a long name', [...shop, 'k8s', 'get', 'deployment', `${'a'.repeat(252)}😀`], 1, 'usage'],
	['a missing object', [...shop, ...scale.slice(0, 2), 'deployment/nope', '2', '--yes'], 1, 'not-found'],
	['a missing namespace', ['--kubeconfig', kubeconfig, '-n', 'nope', ...scale, '2', '--yes'], 1, 'not-found'],
	['a namespace that is no name', ['--kubeconfig', kubeconfig, '-n', '../x', 'k8s', 'list', 'pods'], 1, 'usage'],
	['a change of someone who may read', [...reader, ...scale, '2', '--yes'], 4, 'not-allowed'],
	['a change of production', ['--kubeconfig', bad.production, '-n', 'shop', ...scale, '2', '--yes'], 4, 'policy'],
	['a change in a read-only call', [...shop, '--read-only', ...scale, '2', '--yes'], 4, 'policy'],
	['too short a time', [...shop, '--timeout', '1ms', 'k8s', 'list', 'pods'], 1, 'timed-out'],
	['no duration', [...shop, '--timeout', '5x', 'k8s', 'list', 'pods'], 1, 'usage'],
	['an unknown scenario', ['--sandbox=nope', 'k8s', 'list', 'pods'], 1, 'unknown-scenario'],
	['an unknown format', [...shop, 'k8s', 'list', 'pods', '-o', 'xml'], 1, 'usage'],
	['an empty namespace', ['--kubeconfig', kubeconfig, '--namespace=', 'k8s', 'list', 'pods'], 1, 'usage'],
	['an unknown waiting plan', [...shop, 'approve', 'nope'], 1, 'no-such-plan'],
	['an unknown entry', [...shop, 'undo', 'nope'], 1, 'no-such-entry'],
	['an unknown tool', ['grants', 'add', 'nope'], 1, 'unknown-tool'],
];

/** A command line as a person would type it. */
const typed = (words: readonly string[]) => words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ');

const transcript: string[] = [];

describe.each(rows)('%s', (what, words, code, error) => {
	test('is told in one line: what, why, and what to do', async () => {
		const ran = await run(words);
		expect({code: ran.code, out: ran.out}).toEqual({code, out: ''});
		const [line, ...more] = ran.err
			.trimEnd()
			.split('\n')
			.filter(each => !/^\d+ of \d+: /.test(each));
		expect(line).toMatch(/^✗ .*\.$/);
		expect(more.filter(each => !/^ {2}(It said: |Left as it is| {2}! )/.test(each))).toEqual([]);
		expect(ran.err).not.toMatch(/did not foresee|^\s+at |undefined|\[object/m);
		transcript.push(steady(`# ${what}\n$ mkcoa ${typed(words)}\n${ran.err}[${code}]\n`));
	});

	test('is a typed outcome for scripts, and changes nothing', async () => {
		const ran = await run(['--json', ...words]);
		const outcome: {kind: string; by?: string; error?: {code: string}} = JSON.parse(ran.out);
		expect({code: ran.code, kind: outcome.kind, error: outcome.error?.code ?? outcome.by}).toEqual({
			code,
			kind: error === 'policy' ? 'rejected' : 'failed',
			error,
		});
		expect(sandbox.requests.writes().filter(({status}) => status < 400)).toEqual([]);
	});
});

test('the words are those of bad-input.txt', async () => {
	await expect(transcript.join('\n')).toMatchFileSnapshot('bad-input.txt');
});
