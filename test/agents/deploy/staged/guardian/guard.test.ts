import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {type TestContext, test, vi} from 'vitest';
import {type GuardianOrders, guardianProgram} from '../../../../../src/agents/deploy/staged/guardian/guard.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {objectAt, textAt, valueAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {startSandbox} from '../../../../../src/sandbox/start.ts';
import {temporaryFolder} from '../../../../support/temporary-folder.ts';

const folder = await temporaryFolder();
const base = '/namespaces/shop';
const scaled = (replicas: number) => ({
	path: `/apis/apps/v1${base}/deployments/web`,
	type: 'application/merge-patch+json',
	body: JSON.stringify({spec: {replicas}}),
	needed: true,
});
/** Gives the traffic of another Deployment back; nothing comes after it that needs it. */
const routed = {
	...scaled(1),
	path: `/apis/apps/v1${base}/deployments/checkout`,
	body: '{"metadata":{"labels":{"routed":"yes"}}}',
	needed: false,
};

const object = (apiVersion: string, kind: string, name: string, rest: JsonObject): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop'},
	...rest,
});

const workload = (name: string): KubeObject =>
	object('apps/v1', 'Deployment', name, {
		spec: {
			replicas: 3,
			selector: {matchLabels: {app: name}},
			template: {metadata: {labels: {app: name}}, spec: {containers: [{name, image: `registry.example/shop/${name}:1.0.0`}]}},
		},
	});

/** A cluster with two workloads, for a rollout of its own. */
async function shopFor({onTestFinished}: Pick<TestContext, 'onTestFinished'>) {
	const sandbox = await startSandbox({scenario: 'empty'});
	onTestFinished(() => sandbox.stop());
	const {machine} = sandbox;
	machine.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}});
	for (const name of ['web', 'checkout']) machine.create(workload(name));
	const account = `${mkdtempSync(`${folder}/account-`)}/`;
	writeFileSync(`${account}token`, 'admin\n');
	function named(name: string): KubeObject {
		const found = machine.get('Deployment', 'shop', name);
		if (found === undefined) throw new Error(`There is no ${name}`);
		return found;
	}
	return {
		sandbox,
		machine,
		named,
		replicasOfWeb: () => valueAt(named('web'), 'spec', 'replicas'),
		/** A Lease, a record, and the orders of a guardian who is impatient. */
		rollout(name: string, replicas: number) {
			const spec = {holderIdentity: 'alice@laptop/1', leaseDurationSeconds: 30};
			machine.create(object('coordination.k8s.io/v1', 'Lease', name, {spec}));
			machine.create(object('v1', 'ConfigMap', name, {data: {position: '3'}}));
			const orders: GuardianOrders = {
				lease: `/apis/coordination.k8s.io/v1${base}/leases/${name}`,
				record: `/api/v1${base}/configmaps/${name}`,
				restores: [scaled(replicas)],
				afterMs: 400,
				everyMs: 40,
			};
			return {orders, lease: () => machine.get('Lease', 'shop', name), record: () => machine.get('ConfigMap', 'shop', name)};
		},
		/** The program as the Job runs it; `hear` gets what it says when it says it. */
		async guarded(orders: GuardianOrders, hear: (said: Buffer) => void = () => {}) {
			const {NODE_OPTIONS: _, ...env} = process.env;
			const child = spawn(process.execPath, ['-e', guardianProgram()], {
				env: {...env, MKCOA_GUARDIAN: JSON.stringify(orders), MKCOA_SERVER: sandbox.url, MKCOA_ACCOUNT: account},
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			onTestFinished(() => void child.kill('SIGKILL'));
			child.stdout.on('data', hear);
			const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
			return {code, out, err};
		},
	};
}

test.concurrent('a Lease that nobody renews any more brings the stable pods back, and is free for whoever goes on', async ({
	expect,
	...context
}) => {
	const {rollout, guarded, replicasOfWeb} = await shopFor(context);
	const {orders, lease, record} = rollout('left', 5);
	expect(await guarded(orders)).toEqual({code: 0, err: '', out: expect.stringMatching(/the Lease ran out.*restored\nrestored\n$/s)});
	expect(replicasOfWeb()).toBe(5);
	expect(textAt(record(), 'data', 'guardian')).toMatch(/^\d{4}-/);
	expect(textAt(lease(), 'spec', 'holderIdentity')).toBeUndefined();
});

test.concurrent('a Lease that is renewed is left alone, and its end is the end of the guardian', async ({expect, ...context}) => {
	const {rollout, guarded, replicasOfWeb, machine} = await shopFor(context);
	const before = replicasOfWeb();
	const {orders, lease} = rollout('alive', 9);
	let renewals = 0;
	const renewing = setInterval(() => {
		const live = lease();
		if (live === undefined) return;
		renewals++;
		machine.update({...live, spec: {...objectAt(live, 'spec'), renewTime: new Date(1000 * renewals).toISOString()}});
		if (renewals === 15) machine.remove('Lease', 'shop', 'alive');
	}, 100);
	context.onTestFinished(() => clearInterval(renewing));
	expect(await guarded(orders)).toMatchObject({code: 0, out: 'over\n'});
	expect(replicasOfWeb()).toBe(before);
});

test.concurrent.for([
	{
		what: 'a route',
		restores: [routed, scaled(7)],
		refused: /deployments\/checkout$/,
		web: 7,
		said: /^not restored: \S+checkout\. The Lease is kept/,
	},
	{
		what: 'the pods',
		restores: [scaled(8), routed],
		refused: /deployments\/web$/,
		web: 7,
		said: /web, \S+checkout \(not sent without the one before\)/,
	},
])(
	'where $what may not be restored the Lease is kept, and the Job has failed',
	async ({restores, refused, web, said}, {expect, ...context}) => {
		const {rollout, guarded, replicasOfWeb, machine, named, sandbox} = await shopFor(context);
		machine.update({...named('web'), spec: {...objectAt(named('web'), 'spec'), replicas: 7}});
		const {orders, lease, record} = rollout(`refused-${restores[0]?.needed}`, 1);
		sandbox.fault({match: ({method, path}) => method === 'PATCH' && refused.test(path), answer: 403, times: 1});
		const {code, out, err} = await guarded({...orders, restores});
		expect([code, err]).toEqual([1, expect.stringMatching(said)]);
		expect(out).toMatch(/HTTP 403/);
		expect(out).not.toMatch(/^restored$/m);
		expect(replicasOfWeb()).toBe(web);
		expect([textAt(lease(), 'spec', 'holderIdentity'), textAt(record(), 'data', 'guardian')]).toEqual(['mkcoa-guardian', undefined]);
	},
);

test.concurrent('a server that fails for a while is asked again', async ({expect, ...context}) => {
	const {rollout, guarded, replicasOfWeb, sandbox} = await shopFor(context);
	const {orders, lease} = rollout('patient', 6);
	const signs = new Set<string | undefined>();
	const isPatch = ({method, path}: {readonly method: string; readonly path: string}) => {
		if (method !== 'PATCH' || !path.endsWith('/deployments/web')) return false;
		signs.add(textAt(lease(), 'spec', 'renewTime'));
		return true;
	};
	sandbox.fault({match: isPatch, answer: 500, times: 2});
	const {code, out} = await guarded(orders);
	expect([code, out.match(/HTTP 500/g)?.length, replicasOfWeb()]).toEqual([0, 2, 6]);
	// Meanwhile it renews, so that nobody takes it for dead.
	expect(signs.size).toBe(2);
});

test.concurrent('where somebody takes over while a server fails, the guardian sends nothing more and leaves them their Lease', async ({
	expect,
	...context
}) => {
	const {rollout, guarded, replicasOfWeb, machine, sandbox} = await shopFor(context);
	const before = replicasOfWeb();
	const {orders, lease, record} = rollout('taken', 3);
	let patches = 0;
	const isPatch = ({method, path}: {readonly method: string; readonly path: string}) => {
		if (method !== 'PATCH' || !path.endsWith('/deployments/web')) return false;
		patches++;
		return true;
	};
	sandbox.fault({match: isPatch, answer: 500, times: 1000});
	let sent: number | undefined;
	const ended = guarded(orders, said => {
		if (said.includes('somebody else went on')) sent = patches;
	});
	await vi.waitFor(() => expect(patches).toBeGreaterThan(2), 20_000);
	let renewals = 0;
	let since = 0;
	const renewing = setInterval(() => {
		const live = lease();
		if (live === undefined) return;
		renewals++;
		const spec = {...objectAt(live, 'spec'), holderIdentity: 'bob@there/2', renewTime: new Date(1000 * renewals).toISOString()};
		machine.update({...live, spec});
		// Some looks after it has given way.
		since += Number(sent !== undefined);
		if (since === 6) machine.remove('Lease', 'shop', 'taken');
	}, 100);
	context.onTestFinished(() => clearInterval(renewing));
	expect(await ended).toMatchObject({code: 0, err: '', out: expect.stringMatching(/somebody else went on.*\nover\n$/s)});
	expect([patches, replicasOfWeb(), textAt(record(), 'data', 'guardian')]).toEqual([sent, before, undefined]);
});

test.concurrent.for([
	{what: 'has all its pods', position: '5', copy: 3, ends: true},
	{what: 'has fewer pods than the copy by now', position: '5', copy: 9, ends: false},
	{what: 'is rolled', position: '6', copy: 3, ends: false},
	{what: 'still serves its part', position: '4', copy: 9, ends: true},
])(
	'while a copy serves everything the traffic goes back only to a workload that bears it: it $what',
	async ({what, position, copy, ends}, {expect, ...context}) => {
		const {rollout, guarded, machine, named} = await shopFor(context);
		machine.update({
			...named('web'),
			spec: {...objectAt(named('web'), 'spec'), replicas: 3},
			status: {observedGeneration: 99, updatedReplicas: 3, readyReplicas: 3},
		});
		const name = `stands-in-${position}-${copy}`;
		const {orders, lease, record} = rollout(name, 3);
		const live = record();
		if (live === undefined) throw new Error(what);
		machine.update({...live, data: {position}});
		const path = (of: string) => `/apis/apps/v1${base}/deployments/${of}`;
		machine.create({...object('apps/v1', 'Deployment', name, {}), spec: {...objectAt(named('web'), 'spec'), replicas: copy}});
		// Whoever goes on ends the rollout once the guardian has let it be.
		const goOn = (said: Buffer) => !ends && said.includes('the copy serves everything') && machine.remove('Lease', 'shop', name);
		const standIn = {from: 5, until: 6, workload: path('web'), copy: path(name)};
		const ended = guarded({...orders, restores: [routed], standIn}, goOn);
		expect(await ended).toMatchObject({
			code: 0,
			out: expect.stringMatching(ends ? /^restored$/m : /the copy serves everything.*\nover\n$/s),
		});
		expect(textAt(record(), 'data', 'guardian') !== undefined).toBe(ends);
		expect(lease() === undefined).toBe(!ends);
	},
);
