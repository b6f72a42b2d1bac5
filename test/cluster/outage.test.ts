import {readFileSync, writeFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {makeCertificate} from '../support/certificates.ts';
import {startChild} from '../support/child.ts';
import type {Ran} from '../support/host.ts';
import {commandLineOn, printedOn, type Words} from './command-line.ts';
import {configMap} from './compare/row.ts';
import {connected} from './connected.ts';
import {deployed, imageOf, inShop, isRolledOut, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';
import {type Gate, gateBefore} from './traffic/gate.ts';

const real = onePlane();
let gate: Gate;
let throughGate = '';
beforeAll(async () => {
	gate = await gateBefore(real.plane().url);
	throughGate = kubeconfig('gate', text => text.replaceAll(real.plane().url, gate.url));
	await deployed(real, 'web', {replicas: 2});
});
afterAll(() => gate.close());

/** A kubeconfig that differs from the right one. */
function kubeconfig(name: string, edit: (text: string) => string): string {
	const path = `${real.folder()}/${name}.kubeconfig`;
	writeFileSync(path, edit(readFileSync(real.plane().kubeconfig, 'utf8')));
	return path;
}
const mkcoa = (words: Words, input?: string) => commandLineOn(throughGate, real.folder())(words, input);
const printed = (words: Words, input?: string): Promise<Ran> => printedOn(throughGate, real.folder())(words, input);
const apiServer = () => {
	const pid = real.plane().pids['kube-apiserver'];
	if (pid === undefined) throw new Error('the API server does not run');
	return pid;
};

describe('a cluster that is not where the kubeconfig says is told in one sentence:', () => {
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const wrong: readonly (readonly [string, (text: string) => string, number, string | RegExp])[] = [
		[
			'nothing listens',
			text => text.replace(/server: \S+/, 'server: https://127.0.0.1:1'),
			1,
			'The cluster at https://127.0.0.1:1 cannot be reached: the connection was refused',
		],
		[
			'no such name',
			text => text.replace(/server: \S+/, 'server: https://nowhere.invalid:6443'),
			1,
			// Where no DNS server can be asked it is the second.
			/its name is not known to DNS|DNS did not answer/,
		],
		['no TLS', text => text.replace('server: https:', 'server: http:'), 1, 'it speaks TLS, and the kubeconfig says http://'],
		[
			'a token that is not the right one',
			text => text.replaceAll(/token: \S+/g, 'token: expired'),
			4,
			'it did not accept the token of user admin',
		],
		[
			'a certificate of somebody else',
			text =>
				text.replace(
					/certificate-authority-data:[\s\S]*?(?=\n\S|\n {4}\S)/,
					`certificate-authority-data: ${base64(makeCertificate('other').cert)}`,
				),
			1,
			'its TLS certificate is signed by an authority that is not trusted',
		],
	];
	test.each(wrong)('%s', async (name, edit, exit, told) => {
		const path = kubeconfig(name.replaceAll(' ', '-'), edit);
		for (const words of ['k8s list pods -n shop', 'k8s scale web 3 -n shop --yes']) {
			const {code, out, err} = await printedOn(path, real.folder())(words);
			expect({code, out}).toEqual({code: exit, out: ''});
			expect(err).toMatch(told);
			expect(err).toMatch(/^✗ [^\n]+\.\n/);
		}
	});
});

describe('a server that is slow', () => {
	test('for three seconds breaks nothing', async () => {
		process.kill(apiServer(), 'SIGSTOP');
		setTimeout(() => process.kill(apiServer(), 'SIGCONT'), 3000);
		expect(await mkcoa('k8s scale web 3')).toMatchObject({code: 0, outcome: {kind: 'done'}});
	});

	test('for longer than --timeout gives up at that time, and nothing was changed', async () => {
		const before = real.written().length;
		process.kill(apiServer(), 'SIGSTOP');
		const {code, err} = await printed('k8s scale web 4 -n shop --yes --timeout 2s').finally(() => process.kill(apiServer(), 'SIGCONT'));
		expect({code, err}).toMatchObject({code: 1, err: expect.stringContaining('the time given with --timeout is over')});
		await real.answered({path: '/readyz'}, ({status}) => status === 200);
		expect(real.written(before)).toEqual([]);
	});
});

describe('an answer that is lost on the way', () => {
	/** Sends the write through, loses its answer, and throws everybody out once the server has done it. */
	async function losing(afterwards: () => Promise<unknown>) {
		const {run, effector, close} = await connected(throughGate, 'admin');
		const before = real.written().length;
		const outcome = await run(
			'workload_scale',
			{workload: 'web', replicas: 5},
			{
				effector: {
					...effector,
					async send(...sent) {
						gate.deafen();
						const answer = effector.send(...sent);
						answer.catch(() => {});
						await real.answered({path: '/readyz'}, () => real.written(before)[0]?.code === 200);
						await gate.close();
						await afterwards();
						return answer;
					},
				},
			},
		);
		await close();
		return outcome;
	}
	const reset = () => real.merge(shop.deployments('web'), {spec: {replicas: 2}});

	test('is found in the object itself, and the change counts as done', async () => {
		expect(await losing(gate.open)).toMatchObject({kind: 'done', output: {replicas: 5}});
		expect(at(await real.read(shop.deployments('web')), 'spec', 'replicas')).toBe(5);
		await reset();
	});

	test('from a cluster that stays away leaves a doubt that is told, and no guess', async () => {
		const outcome = await losing(async () => {});
		await gate.open();
		expect(outcome).toMatchObject({kind: 'failed', error: {kind: 'environment', code: 'unreachable'}, done: []});
		expect(outcome.kind === 'failed' && outcome.error.next).toContain('Whether this was done is not known: patch Deployment shop/web');
		await reset();
	});
});

/** Enough documents that a run can be caught in the middle of them. */
const many = (run: string) => Array.from({length: 40}, (_, index) => JSON.stringify(inShop(configMap(`${run}-${index}`)))).join('\n---\n');
const answered = (run: string, status: number) =>
	real.written().flatMap(({path, code}) => {
		const name = code === status && new RegExp(`/configmaps/(${run}-\\d+)`).exec(path)?.[1];
		return name ? [name] : [];
	});
const created = (run: string) => answered(run, 201);
const standing = async (run: string) => {
	const items = at(await real.read(shop.configMaps()), 'items');
	return Array.isArray(items) ? items.filter(item => String(at(item, 'metadata', 'name')).startsWith(`${run}-`)).length : 0;
};
const inTheMiddle = (run: string) => real.answered({path: '/readyz'}, () => created(run).length >= 3);

describe('a run that is cut in the middle', () => {
	test('by the network says what was done and what is left; resume does the rest, each once, and undo all of it', async () => {
		const running = mkcoa('k8s apply -f -', many('cut'));
		await inTheMiddle('cut');
		await gate.close();
		const {code, outcome} = await running;
		expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed', error: {kind: 'environment', code: 'unreachable'}}});
		const journal = String(at(outcome, 'journal'));
		expect(String(at(outcome, 'error', 'next'))).toContain(`mkcoa undo ${journal}, or go on with: mkcoa resume ${journal}`);
		expect(Number(at(outcome, 'done', 'length')) + Number(at(outcome, 'left', 'length'))).toBeGreaterThanOrEqual(40);

		// While the cluster is away, neither way leads on, and both stay open.
		expect(await mkcoa(`resume ${journal}`)).toMatchObject({code: 1, outcome: {error: {code: 'unreachable'}}});
		await gate.open();
		expect(await mkcoa(`resume ${journal}`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		const once = created('cut');
		expect(once).toEqual([...new Set(once)]);
		// A server whose client leaves answers 504 to nobody, and may have done it: then resume finds it done.
		expect(new Set([...once, ...answered('cut', 504)]).size).toBe(40);
		expect(await standing('cut')).toBe(40);
		expect(await mkcoa(`undo ${journal}`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await standing('cut')).toBe(0);
	});

	test('by kill -9 of mkcoa is in the history, and undo takes back what it had done', async () => {
		const file = `${real.folder()}/killed.yaml`;
		writeFileSync(file, many('killed'));
		const words = ['k8s', 'apply', '-f', file, '-n', 'shop', '--yes', '--kubeconfig', real.plane().kubeconfig];
		const child = startChild(words, real.folder());
		await inTheMiddle('killed');
		child.kill('SIGKILL');
		expect((await child.ended()).code).toBeNull();
		const done = await standing('killed');
		expect(done).toBeGreaterThan(0);
		const [entry] = JSON.parse((await printed('history --json')).out);
		expect(entry).toMatchObject({plan: {tool: 'resource_apply'}});
		expect((await printed(`history ${entry.id}`)).out).toMatch(/not ended/);
		const undoing = startChild(['undo', entry.id, '--yes', '--json', '--kubeconfig', real.plane().kubeconfig], real.folder());
		const {code, out} = await undoing.ended();
		expect({code, outcome: JSON.parse(out)}).toMatchObject({code: 0, outcome: {kind: 'done', tool: 'undo'}});
		expect(await standing('killed')).toBe(0);
	});

	test('by Ctrl-C stops at once, and says how to go on', async () => {
		const file = `${real.folder()}/stopped.yaml`;
		writeFileSync(file, many('stopped'));
		const child = startChild(['k8s', 'apply', '-f', file, '-n', 'shop', '--yes', '--kubeconfig', real.plane().kubeconfig], real.folder());
		await inTheMiddle('stopped');
		child.kill('SIGINT');
		const {code, err} = await child.ended();
		expect(code).toBe(2);
		expect(err).toMatch(/Take back what was done with: mkcoa undo \w+, or go on with: mkcoa resume \w+/);
		expect(await mkcoa('undo')).toMatchObject({code: 0});
		expect(await standing('stopped')).toBe(0);
	});
});

test('a watch goes on after a break, and tells nothing twice', async () => {
	const {cluster, close} = await connected(throughGate, 'reader');
	const type = await cluster.typeOf('configmaps');
	const enough = new AbortController();
	const seen: string[] = [];
	for await (const event of cluster.watch({type, namespace: 'shop', labelSelector: 'watched=yes'}, enough.signal)) {
		seen.push('object' in event ? `${event.type} ${event.object.metadata.name}` : event.type);
		const create = (name: string) => real.create(shop.configMaps(), configMap(name, {}, {labels: {watched: 'yes'}}));
		if (event.type === 'synced') await create('before');
		if (seen.at(-1) === 'added before') {
			await gate.close();
			await create('during');
			await gate.open();
		}
		if (seen.at(-1) === 'added during') break;
	}
	enough.abort();
	await close();
	expect(seen).toEqual(['synced', 'added before', 'added during']);
});

describe('a rollout that is watched', () => {
	test('outlives a server that is away for a while', async () => {
		await real.eventually(shop.deployments('web'), object => isRolledOut(object, 2));
		const running = printed('deploy rolling web --image x:2 -n shop --yes --ready-within 40s');
		await real.eventually(shop.deployments('web'), object => imageOf(object) === 'x:2');
		await gate.close();
		await serves(real, 'web', 'x:2', 2);
		await gate.open();
		const {code, err} = await running;
		expect({code, err}).toMatchObject({code: 0, err: expect.stringContaining('✓ Done: Rolling update of shop/web: x:1 → x:2')});
	});

	test('and whose server dies for good names both ways on, and stands in the journal', async () => {
		const running = printed('deploy rolling web --image x:3 -n shop --yes --timeout 12s');
		await real.eventually(shop.deployments('web'), object => imageOf(object) === 'x:3');
		process.kill(apiServer(), 'SIGKILL');
		const {code, err} = await running;
		expect(code).toBe(1);
		expect(err).toContain('The cluster does not answer, trying again');
		expect(err).toMatch(
			/go on with: mkcoa resume \w+, or from any machine with: mkcoa deploy resume web -n shop; or take it back: mkcoa deploy abort web -n shop/,
		);
		const history = await printed('history');
		expect(history.code).toBe(0);
		expect(history.out).toMatch(/\tfailed\t\w+\tRolling update of shop\/web: x:\d → x:3/);
		expect(await mkcoa('undo')).toMatchObject({code: 1, outcome: {error: {code: 'unreachable'}}});
	});
});
