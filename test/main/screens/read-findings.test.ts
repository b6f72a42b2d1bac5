import {afterAll, expect, test} from 'vitest';
import {MkcoaError} from '../../../src/core/error.ts';
import {type KubeObject, refText} from '../../../src/core/kube/kube-object.ts';
import {readFindings} from '../../../src/main/screens/read-findings.ts';
import type {Cluster} from '../../../src/mcp/kubernetes/port.ts';
import {brokenThings} from '../../../src/sandbox/scenarios/broken/broken.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {thing} from '../../support/router-world.ts';
import {sandboxClient} from '../../support/sandbox-client.ts';

const [broken, shop] = await Promise.all([sandboxClient('broken', 'broken'), sandboxClient('shop', 'shop')]);
afterAll(() => Promise.all([broken.stop(), shop.stop()]));

const signal = new AbortController().signal;
const read = (cluster: Cluster, namespace?: string) => readFindings({cluster, namespace, nowMs: Date.now(), signal});
const wrong = async (cluster: Cluster, namespace?: string) => (await read(cluster, namespace)).filter(({status}) => status === 'fail');

test('a healthy cluster yields nothing wrong, and says what was not looked at', async () => {
	const findings = await read(shop.cluster);
	expect(findings.map(({id, status}) => [id, status])).toEqual([['metrics-and-logs', 'not-checked']]);
});

/** What only metrics or DNS could tell. */
const untold = ['network-policy-blocks-dns', 'error-rate', 'slow-answers'];

test('every fault that shows in an object is found under its name, in its words, or under the node that brings it down', async () => {
	const found = (await wrong(broken.cluster)).flatMap(({resource, cause, evidence}) => [
		`${resource?.name ?? ''} ${cause}`,
		...(resource?.kind === 'Node' ? evidence.map(({source}) => source) : []),
	]);
	const missing = brokenThings.map(({name}) => name).filter(name => !found.some(each => each.includes(name)));
	expect(missing).toEqual(untold);
});

test('pods of one workload are one finding, graver the fewer of them serve', async () => {
	const found = await wrong(broken.cluster);
	const about = (name: string) =>
		found.filter(each => each.resource?.name === name).map(({id, severity, evidence}) => [id, severity, evidence.at(-1)?.detail]);
	expect(about('missing-configmap')).toEqual([['reference-not-there', 'critical', '0 of 1 pod is ready']]);
	expect(about('rollout-stuck')).toEqual([['probe-fails', 'medium', '2 of 2 pods are ready']]);
	expect(found.filter(({resource}) => resource?.kind === 'Pod').map(({resource}) => resource?.name)).toEqual(['evicted']);
});

test('a remedy is offered where the objects tell it, and a choice where a person has to', async () => {
	const found = await wrong(broken.cluster);
	const of = (name: string) => found.find(({resource}) => resource?.name === name);
	expect(of('probe-port-wrong')?.remedy).toMatchObject({
		tool: 'auto_recovery',
		input: {incident: expect.stringContaining('Deployment/broken/probe-port-wrong')},
		text: expect.stringContaining('to 8080'),
		command: expect.stringMatching(/^mkcoa incident fix [\w-]+:Deployment\/broken\/probe-port-wrong$/),
	});
	expect(of('out-of-memory')?.remedy).toBeUndefined();
	expect(of('out-of-memory')?.choices?.map(({input, command}) => [input, command])).toEqual(
		['1', '2'].map(choice => [expect.objectContaining({choice}), expect.stringContaining(` --choice ${choice}`)]),
	);
});

test('one namespace is looked at alone', async () => {
	const found = await wrong(broken.cluster, 'broken-quota');
	expect(found.map(({resource}) => (resource === undefined ? '' : refText(resource)))).toEqual([
		'Node node-5',
		'ResourceQuota broken-quota/small',
	]);
});

const deployment = (name: string, available: number) =>
	thing('Deployment', name, {
		spec: {
			replicas: 1,
			selector: {matchLabels: {app: 'web'}},
			template: {
				metadata: {labels: {app: 'web'}},
				spec: {containers: [{name: 'web', envFrom: [{secretRef: {name: 'web-key'}}, {configMapRef: {name: 'web-settings'}}]}]},
			},
		},
		status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: available},
	});

test('what may not be read is told, and is not called missing', async () => {
	const {cluster} = fakeCluster({objects: [deployment('shop/web', 0)], denied: ['secrets']});
	const found = await read(cluster);
	expect(found.find(({status}) => status === 'fail')?.cause).toContain('ConfigMap web-settings');
	expect(JSON.stringify(found)).not.toContain('web-key');
	expect(found.find(({id}) => id === 'kinds-not-read')?.why).toBe('Secret: may not be listed: it needs the right to list them');
});

test('each kind is listed once, however much of it there is, and no value of a Secret goes anywhere', async () => {
	const secret = {...thing('Secret', 'shop/web-key'), data: {token: 'aHVudGVyMg=='}} as KubeObject; // fields of a test are JSON
	const {cluster, calls} = fakeCluster({objects: [deployment('shop/web', 0), deployment('pay/web', 0), secret]});
	expect(JSON.stringify(await read(cluster))).not.toMatch(/hunter2|aHVudGVyMg/);
	const lists = calls.filter(call => call.startsWith('list '));
	expect(lists).toContain('list secrets');
	expect(lists).toHaveLength(new Set(lists).size);
});

test('no log is read for a table', async () => {
	const logs = () => {
		throw new Error('a log was read');
	};
	expect(await wrong({...broken.cluster, logs})).not.toEqual([]);
});

// biome-ignore lint/correctness/useYield: it refuses before the first object
async function* deniedList(): AsyncGenerator<never> {
	throw new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'Listing is not allowed'});
}

test('who may look in one namespace only sees that, and who may look nowhere is told so', async () => {
	const fake = fakeCluster({objects: [deployment('shop/web', 0), deployment('pay/web', 0)]}).cluster;
	const shopOnly: Cluster = {
		...fake,
		namespace: 'shop',
		each: query => (query.type.namespaced && query.namespace !== 'shop' ? deniedList() : fake.each(query)),
	};
	const found = await read(shopOnly);
	expect([...new Set(found.filter(({status}) => status === 'fail').map(({resource}) => resource?.namespace))]).toEqual(['shop']);
	expect(found.filter(({id}) => id === 'kinds-not-read').map(({why}) => why)).toEqual([
		expect.stringMatching(/^Deployment, .* may be listed in namespace shop only$/),
	]);
	await expect(read({...fake, each: deniedList})).rejects.toMatchObject({trouble: {what: 'Nothing could be looked at', kind: 'auth'}});
});
