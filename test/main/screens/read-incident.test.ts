import {afterAll, expect, test, vi} from 'vitest';
import type {JournalEntry} from '../../../src/core/journal.ts';
import type {Ref} from '../../../src/core/kube/kube-object.ts';
import {incidentData} from '../../../src/main/screens/incident-data.ts';
import {namedObject} from '../../../src/main/screens/named-object.ts';
import {readIncident} from '../../../src/main/screens/read-incident.ts';
import type {Around} from '../../../src/main/screens/screen.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {thing} from '../../support/router-world.ts';
import {sandboxClient} from '../../support/sandbox-client.ts';

const broken = await sandboxClient('broken', 'broken');
afterAll(broken.stop);
const signal = new AbortController().signal;

const reader = (entries: readonly JournalEntry[] = []) => ({
	list: async () => entries,
	entry: async () => undefined,
	effects: async () => [],
	sealed: async () => ({}),
	outcome: async () => undefined,
});

const about = (kind: string, name: string, apiVersion = 'apps/v1'): Ref => ({apiVersion, kind, namespace: 'broken', name});
const read = (ref: Ref, cluster = broken.cluster, entries: readonly JournalEntry[] = []) =>
	readIncident({session: {cluster, state: {reader: reader(entries)}}, about: ref, nowMs: Date.now(), signal});

test.each([
	['Deployment', 'missing-configmap', ['symptom', 'pods-not-ready', 'reference-not-there']],
	['Deployment', 'crash-loop', ['symptom', 'pods-not-ready', 'crashes']],
	['Deployment', 'budget-impossible', []],
	['StatefulSet', 'pending-volume', ['symptom', 'pods-not-ready', 'storage-class-not-there']],
])('%s %s is traced to where it began', async (kind, name, chain) => {
	expect((await read(about(kind, name))).chain.map(({id}) => id)).toEqual(chain);
});

test('a Service leads to the workload behind it', async () => {
	const {chain, others} = await read(about('Service', 'service-selector-wrong', 'v1'));
	expect(chain.map(({id}) => id)).toEqual(['selector-fits-no-pod']);
	expect(others.find(({resource}) => resource?.kind === 'Deployment')).toMatchObject({status: 'pass'});
});

test('the last words of what ends stand with the root, and of each workload one log is read', async () => {
	const asked: string[] = [];
	const cluster = {
		...broken.cluster,
		logs(...given: Parameters<typeof broken.cluster.logs>) {
			asked.push(given[0].pod);
			return broken.cluster.logs(...given);
		},
	};
	const {chain} = await read(about('Deployment', 'crash-loop-dependency'), cluster);
	expect(
		chain
			.at(-1)
			?.evidence.map(({detail}) => detail)
			.join('\n'),
	).toMatch(/FATAL could not connect to database/);
	expect(asked.filter(name => name.startsWith('crash-loop-dependency'))).toHaveLength(1);
	expect(new Set(asked).size).toBe(asked.length);
});

test('what works says so with what nobody looked at, and what is gone is not called well', async () => {
	const well = await read(about('Deployment', 'budget-impossible'));
	expect(well.title).toMatch(/^Deployment broken\/budget-impossible: 2 of 2 pods ready, nothing is found wrong$/);
	expect(well.others.some(({status}) => status === 'not-checked')).toBe(true);
	expect((await read(about('Deployment', 'nobody'))).title).toBe('Deployment broken/nobody is not there, or may not be read');
});

test('what mkcoa changed there before is told with the way back', async () => {
	const ref = about('Deployment', 'crash-loop');
	const entry: JournalEntry = {
		id: '7k2q',
		startedAt: '2026-01-01T00:00:00Z',
		plan: {...samplePlan, changes: samplePlan.changes.slice(0, 1).map(change => ({...change, ref}))},
		digest: 'd',
		approval: {digest: 'd', by: 'mina', how: 'review'},
		outcome: 'done',
	};
	const {others} = await read(ref, broken.cluster, [entry, {...entry, id: '7k2r', plan: samplePlan}]);
	const changes = others.filter(({id}) => id === 'changed-before');
	expect(changes.map(({cause, evidence}) => [cause, evidence[0]?.detail])).toEqual([
		[`mina changed it at 2026-01-01T00:00:00Z: ${samplePlan.summary}`, 'mkcoa undo 7k2q takes it back'],
	]);
});

const {cluster} = fakeCluster({
	objects: [
		thing('Service', 'shop/web'),
		thing('Deployment', 'shop/web'),
		thing('Deployment', 'pay/web'),
		thing('Deployment', 'pay/till'),
		thing('Node', 'n1'),
	],
});
const inShop = {...cluster, namespace: 'shop'};

test.each([
	['web', 'Deployment', 'shop'],
	['pay/web', 'Deployment', 'pay'],
	['service/web', 'Service', 'shop'],
	['till', 'Deployment', 'pay'],
	['n1', 'Node', undefined],
])('%s means %s in %s', async (text, kind, namespace) => {
	expect(await namedObject(text, inShop, signal)).toMatchObject({
		kind,
		name: text.split('/').at(-1),
		...(namespace === undefined ? {} : {namespace}),
	});
});

test.each([
	['tell', 'Did you mean till?'],
	['elsewhere', 'Name a workload, a pod or a Service'],
])('%s names nothing, and what to do is told', async (text, next) => {
	await expect(namedObject(text, inShop, signal)).rejects.toMatchObject({trouble: {next: expect.stringContaining(next)}});
});

test('a name in several namespaces, none of which is at hand, is asked about', async () => {
	await expect(namedObject('web', {...cluster, namespace: 'default'}, signal)).rejects.toMatchObject({
		trouble: {code: 'ambiguous-name', next: expect.stringMatching(/^Say which one: (shop|pay)\/web$/)},
	});
});

const cordoned = thing('Node', 'n1', {spec: {unschedulable: true}, status: {conditions: [{type: 'Ready', status: 'True'}]}});
const node: Ref = {apiVersion: 'v1', kind: 'Node', name: 'n1'};

test('of a cluster so much is read for a node as is placed on nodes, and no log', async () => {
	const ended = {name: 'main', ready: false, state: {terminated: {exitCode: 1}}};
	const {cluster: fake, calls} = fakeCluster({
		objects: [
			cordoned,
			thing('Pod', 'pay/till-1', {spec: {nodeName: 'n1', containers: [{name: 'main'}]}, status: {containerStatuses: [ended]}}),
			thing('Secret', 'pay/key'),
			thing('ConfigMap', 'pay/rates'),
		],
	});
	const asked: string[] = [];
	const watched = {
		...fake,
		logs(...given: Parameters<typeof fake.logs>) {
			asked.push(given[0].pod);
			return fake.logs(...given);
		},
	};
	const {title, others} = await read(node, watched);
	expect(title).toMatch(/cordoned/);
	expect(calls).toContain('list pods');
	for (const plural of ['secrets', 'configmaps', 'services', 'ingresses', 'namespaces', 'customresourcedefinitions'])
		expect(calls).not.toContain(`list ${plural}`);
	expect(asked).toEqual([]);
	expect(others.map(({why}) => why).join('\n')).toMatch(/Ingress.* and \d+ more: not read for a node/);
});

test.each([
	['what is in a namespace is read every 3 seconds', about('Deployment', 'web'), 3000],
	['what stands in all of them every 10', node, 10_000],
])('%s', async (_, ref, restMs) => {
	const {cluster: fake, calls} = fakeCluster({objects: [cordoned, thing('Deployment', 'broken/web', {spec: {replicas: 0}})]});
	const clock = manualClock();
	const around = {
		terminal: {clock},
		session: async () => ({cluster: fake, state: {reader: reader()}, redact: <Value>(value: Value) => value}),
	} as unknown as Around;
	const left = new AbortController();
	const live = incidentData(around, {about: ref, refOfIt: async () => ref}, left.signal);
	const looks = () => calls.filter(call => call === 'list pods').length;
	const isRead = () => vi.waitFor(() => expect(live.current().readAt).toBe(clock.now()));
	await isRead();
	await clock.advance(restMs - 1);
	expect(looks()).toBe(1);
	await clock.advance(1);
	await isRead();
	expect(looks()).toBe(2);
	left.abort();
});
