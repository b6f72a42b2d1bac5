import {afterAll, describe, expect, test} from 'vitest';
import {jobAnew, madeAnew} from '../../../../src/analysis/diagnosis/writes-remedy.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {type KubeObject, refOf} from '../../../../src/core/kube/kube-object.ts';
import {predictInOrder} from '../../../../src/mcp/kubernetes/plan/predict-in-order.ts';
import type {DryRun} from '../../../../src/mcp/kubernetes/port.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';
import {sandboxClient} from '../../../support/sandbox-client.ts';

const shop = await sandboxClient('shop', 'shop');
afterAll(shop.stop);

const long = `import-${'x'.repeat(56)}`;
const template = {spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'registry.example/import:1'}]}};
const jobOf = (name: string, labels: JsonObject = {}): KubeObject => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {name, namespace: 'shop'},
	spec: {template: {metadata: {labels}, ...template}},
});
const inShop = (name: string) => shop.cluster.get(refOf(jobOf(name)));

async function made(name: string): Promise<KubeObject> {
	const manifest = jobOf(name);
	await shop.effector.send({op: 'create', ref: refOf(manifest), manifest}, undefined, new AbortController().signal);
	const job = await inShop(name);
	if (job === undefined) throw new Error('the Job was not made');
	return job;
}
const containers = '/spec/template/spec/containers/0';

describe('an object that is made anew', () => {
	test.each(['import', long])('%s is tried by the server under another name, which nothing keeps', async name => {
		const job = await made(name);
		const anew = jobAnew(job, [{op: 'replace', path: `${containers}/image`, value: 'registry.example/import:2'}]);
		const [gone, again] = await predictInOrder(shop.cluster, anew);
		expect(gone?.change).toMatchObject({operation: 'delete', computed: 'server'});
		expect(again?.change).toMatchObject({
			operation: 'create',
			ref: refOf(job),
			why: 'it is deleted by this plan first, and under another name the server takes it',
		});
		expect(again?.after?.metadata.name).toBe(name);
		expect((await inShop(name))?.metadata.uid).toBe(job.metadata.uid);
		const {items} = await shop.cluster.list({type: await shop.cluster.typeOf('Job'), namespace: 'shop'});
		expect(items.filter(({metadata}) => metadata.name.includes('made-anew'))).toEqual([]);
	});

	test('as the journal has it, with the labels that bind a Job to its name, is taken as well', async () => {
		const ref = refOf(await made('bound'));
		const manifest = jobOf('bound', {'batch.kubernetes.io/job-name': 'bound', 'job-name': 'bound'});
		const [, again] = await predictInOrder(shop.cluster, [
			{op: 'delete', ref},
			{op: 'create', ref, manifest},
		]);
		expect(again?.change.why).toContain('the server takes it');
	});

	test('and that the server refuses is refused before anything is deleted, under its own name', async () => {
		const anew = jobAnew(await made('loop'), [{op: 'replace', path: '/spec/template/spec/restartPolicy', value: 'Always'}]);
		const refused = predictInOrder(shop.cluster, anew);
		await expect(refused).rejects.toMatchObject({trouble: {code: 'invalid', quoted: expect.stringContaining('restartPolicy')}});
		await expect(refused).rejects.not.toMatchObject({trouble: {quoted: expect.stringContaining('made-anew')}});
		expect((await inShop('loop'))?.metadata.deletionTimestamp).toBeUndefined();
	});
});

const claim = object('v1', 'PersistentVolumeClaim', 'data', {spec: {storageClassName: 'slow'}});

/** What a plan says of the second write where the server answers the trial so. */
async function saidWhen(answer: () => DryRun) {
	const fake = fakeCluster({objects: [claim], dryRun: ({op}) => (op === 'create' ? answer() : undefined)});
	const [, again] = await predictInOrder(fake.cluster, madeAnew(claim, {spec: {storageClassName: 'fast'}}));
	return {why: again?.change.why, warnings: again?.warnings};
}

const refusal = (code: string, quoted: string) => () => {
	throw new MkcoaError({kind: 'environment', code, what: 'No', quoted});
};

describe('what the server says of the trial', () => {
	test.each([
		['denied-by-policy', 'claims "data-made-anew" is forbidden: exceeded quota: small, requested: persistentvolumeclaims=1'],
		['invalid', 'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated'],
		['already-exists', 'claims "data-made-anew" already exists'],
	])('%s: %s stands in the way of a second one alone', async (code, quoted) => {
		expect((await saidWhen(refusal(code, quoted))).why).toBe('it is deleted by this plan first, so the server can check it only then');
	});

	test('a rule that refuses the object itself refuses the plan', async () => {
		await expect(
			saidWhen(refusal('denied-by-policy', 'claims "data-made-anew" is forbidden: class fast is not for shop')),
		).rejects.toMatchObject({
			trouble: {code: 'denied-by-policy', quoted: 'claims "data" is forbidden: class fast is not for shop'},
		});
	});

	test('its warnings are told, and why nothing tried it out', async () => {
		const after = object('v1', 'PersistentVolumeClaim', 'data-made-anew');
		expect((await saidWhen(() => ({computed: 'server', after, warnings: ['the class is old']}))).warnings).toEqual(['the class is old']);
		expect((await saidWhen(() => ({computed: 'refused', reason: 'you may not create claims'}))).why).toContain('you may not create claims');
	});
});
