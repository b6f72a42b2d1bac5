import {describe, expect, test} from 'vitest';
import type {JournalEntry} from '../../../../src/core/journal.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {nodeDrain} from '../../../../src/mcp/kubernetes/tools/node-drain.ts';
import {podEvict} from '../../../../src/mcp/kubernetes/tools/pod-evict.ts';
import {resourceApply} from '../../../../src/mcp/kubernetes/tools/resource-apply.ts';
import {resourceDelete} from '../../../../src/mcp/kubernetes/tools/resource-delete.ts';
import {resourcePatch} from '../../../../src/mcp/kubernetes/tools/resource-patch.ts';
import {undo} from '../../../../src/mcp/kubernetes/tools/undo.ts';
import {workloadScale} from '../../../../src/mcp/kubernetes/tools/workload-scale.ts';
import {carryOut, hastyClock, readerOf, rehearse, told} from '../../../support/change-run.ts';
import {type FakeCluster, fakeCluster} from '../../../support/fake-cluster.ts';
import type {Trail} from '../../../support/memory-road.ts';
import {deployment, node, objectOf, ownedBy, pod} from '../../../support/shop-objects.ts';

const settings = (data: object): KubeObject => objectOf('v1', 'ConfigMap', 'settings', {data: data as never});
const patch = (values: object) => ({kind: 'cm', name: 'settings', patch: JSON.stringify({data: values})});

/** Plans to take the only entry of a trail back. */
const planUndo = (fake: FakeCluster, trail: Trail, input: object = {}) => rehearse(undo, input, fake, readerOf(trail));

/** Takes it back, on the same journal. */
const takeBack = (fake: FakeCluster, trail: Trail, input: object = {}) => carryOut(undo, input, fake, {journal: readerOf(trail)});

test('sets back what a patch changed', async () => {
	const fake = fakeCluster({objects: [settings({a: '1', b: '1'})]});
	const {trail} = await carryOut(resourcePatch, patch({a: '2', c: '2'}), fake);
	const {outcome} = await takeBack(fake, trail);
	expect(outcome).toMatchObject({kind: 'done', output: {undoes: 'j1', objects: ['ConfigMap shop/settings']}});
	expect(fake.object('ConfigMap', 'settings')?.data).toEqual({a: '1', b: '1'});
});

test('keeps and names what somebody changed meanwhile', async () => {
	const fake = fakeCluster({objects: [settings({a: '1', b: '1'})]});
	const {trail} = await carryOut(resourcePatch, patch({a: '2', b: '2'}), fake);
	fake.put({...settings({a: '2', b: 'theirs', d: 'new'}), metadata: fake.object('ConfigMap', 'settings')?.metadata ?? {name: 'settings'}});
	const plan = await planUndo(fake, trail);
	expect(told(plan.consequences)).toContain(
		'warning left-as-it-is: ConfigMap shop/settings keeps data.b (now "theirs"): it was changed since',
	);
	expect(plan.changes.flatMap(({fields}) => fields)).toEqual([{path: ['data', 'a'], operation: 'replace', before: '2', after: '1'}]);
	await takeBack(fake, trail);
	expect(fake.object('ConfigMap', 'settings')?.data).toEqual({a: '1', b: 'theirs', d: 'new'});
});

test('leaves the snapshot of what was there before, and says so', async () => {
	const fake = fakeCluster({objects: [settings({a: '1'})]});
	const manifest = JSON.stringify({
		kind: 'List',
		apiVersion: 'v1',
		items: [settings({a: '2'}), objectOf('v1', 'ConfigMap', 'snapshot', {})],
	});
	const {trail} = await carryOut(resourceApply, {manifest}, fake);
	const [entry] = trail.entries;
	if (entry === undefined) throw new Error('nothing was journaled');
	const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'snapshot'};
	const steps = entry.plan.steps.map(step => ({...step, snapshots: [ref]}));
	const kept = {...trail, entries: [{...entry, plan: {...entry.plan, steps}}]};
	expect(told((await planUndo(fake, kept)).consequences)).toContain(
		'info snapshot-stays: ConfigMap shop/snapshot stays: a later rollback brings back what it keeps',
	);
	await takeBack(fake, kept);
	expect(fake.object('ConfigMap', 'settings')?.data).toEqual({a: '1'});
	expect(fake.object('ConfigMap', 'snapshot')).toBeDefined();
});

test('does not show the value of a secret that somebody changed', async () => {
	const keys = (password: string) => objectOf('v1', 'Secret', 'keys', {data: {password}});
	const fake = fakeCluster({objects: [keys('b2xk')]});
	const {trail} = await carryOut(resourcePatch, {kind: 'secret', name: 'keys', patch: '{"data":{"password":"bmV3"}}'}, fake);
	fake.put({...keys('Y2FuYXJ5'), metadata: fake.object('Secret', 'keys')?.metadata ?? {name: 'keys'}});
	await expect(planUndo(fake, trail)).rejects.toThrow(
		/^Nothing of j1 can be taken back: Secret shop\/keys keeps data\.password: it was changed since$/,
	);
});

test('deletes what an apply created, the last made first', async () => {
	const fake = fakeCluster();
	const manifest =
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec: {}\n';
	const {trail} = await carryOut(resourceApply, {manifest}, fake);
	expect((await planUndo(fake, trail)).steps.map(({title}) => title)).toEqual(['Delete Service shop/b', 'Delete ConfigMap shop/a']);
	await takeBack(fake, trail);
	expect([fake.object('ConfigMap', 'a'), fake.object('Service', 'b')]).toEqual([undefined, undefined]);
});

test('says what of others goes with an object that it deletes', async () => {
	const fake = fakeCluster();
	const {trail} = await carryOut(resourceApply, {manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\n'}, fake);
	const made = fake.object('ConfigMap', 'a') ?? settings({});
	fake.put({...made, metadata: {...made.metadata, finalizers: ['example.org/hold'], labels: {by: 'somebody'}}, data: {x: '2'}});
	expect(told((await planUndo(fake, trail)).consequences)).toMatchInlineSnapshot(`
		[
		  "warning goes-with-it: ConfigMap shop/a was changed since it was made, and that goes with it: data.x, metadata.finalizers[=example.org/hold] and metadata.labels.by",
		  "warning waits-for-finalizer: It goes when example.org/hold lets it go",
		]
	`);
});

test('says that a deletion that waits for a finalizer has not ended', async () => {
	const fake = fakeCluster({objects: [settings({a: '1'})]});
	const held = fake.object('ConfigMap', 'settings') ?? settings({});
	const {trail} = await carryOut(resourceDelete, {kind: 'cm', name: 'settings'}, fake);
	fake.put({...held, metadata: {...held.metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.org/hold']}});
	await expect(planUndo(fake, trail)).rejects.toThrow('ConfigMap shop/settings is still being deleted: example.org/hold');
});

test('makes a job again under its new uid', async () => {
	const labels = {app: 'once', 'controller-uid': 'old', 'batch.kubernetes.io/controller-uid': 'old'};
	const spec = {selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {containers: []}}};
	const fake = fakeCluster({objects: [objectOf('batch/v1', 'Job', 'once', {spec})]});
	const {trail} = await carryOut(resourceDelete, {kind: 'job', name: 'once'}, fake);
	const [write] = (await planUndo(fake, trail)).steps.flatMap(({writes}) => writes);
	expect(write).toMatchObject({
		op: 'create',
		manifest: {spec: {template: {metadata: {labels: {app: 'once'}}}}},
	});
	expect(JSON.stringify(write)).not.toMatch(/controller-uid|selector/);
});

test('says what does not come back with what is made again', async () => {
	const fake = fakeCluster({objects: [objectOf('v1', 'PersistentVolumeClaim', 'data', {spec: {}})]});
	const {trail} = await carryOut(resourceDelete, {kind: 'pvc', name: 'data'}, fake);
	expect(told((await planUndo(fake, trail, {id: 'j1'})).consequences)).toContain(
		'warning left-as-it-is: The volume and its data may be deleted with the claim',
	);
});

test('makes again what was deleted, without its old identity and status', async () => {
	const fake = fakeCluster({objects: [deployment('web', {status: {readyReplicas: 3}})]});
	const {trail} = await carryOut(resourceDelete, {kind: 'deploy', name: 'web'}, fake);
	const plan = await planUndo(fake, trail);
	expect(plan.steps[0]?.writes[0]).toMatchObject({
		op: 'create',
		manifest: {metadata: {name: 'web', namespace: 'shop'}, spec: {replicas: 3}},
	});
	expect(JSON.stringify(plan.steps)).not.toMatch(/uid|resourceVersion|readyReplicas/);
	await takeBack(fake, trail);
	expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 3}});
});

test('lets the scheduler choose the node of a pod anew', async () => {
	const fake = fakeCluster({objects: [pod('web-1')]});
	const {trail} = await carryOut(resourceDelete, {kind: 'pod', name: 'web-1'}, fake);
	expect(JSON.stringify((await planUndo(fake, trail)).steps)).not.toContain('nodeName');
});

test.each([
	[
		'an object that somebody made again',
		(fake: FakeCluster) => fake.put(objectOf('v1', 'ConfigMap', 'settings', {metadata: {uid: 'new'}, data: {}})),
		'somebody made it again',
	],
])('leaves %s alone', async (_, meddle, reason) => {
	const fake = fakeCluster({objects: [settings({a: '1'})]});
	const {trail} = await carryOut(resourceDelete, {kind: 'cm', name: 'settings'}, fake);
	meddle(fake);
	await expect(planUndo(fake, trail)).rejects.toThrow(reason);
});

test('takes several writes of one object back as one', async () => {
	const fake = fakeCluster({objects: [settings({a: '1'})]});
	const first = await carryOut(resourcePatch, patch({a: '2'}), fake);
	const second = await carryOut(resourcePatch, patch({a: '3'}), fake);
	const effects = [
		...(first.trail.effects.get('j1') ?? []),
		...(second.trail.effects.get('j1') ?? []).map(effect => ({...effect, index: 1})),
	];
	second.trail.effects.set('j1', effects);
	const plan = await planUndo(fake, second.trail);
	expect(plan.changes).toMatchObject([{fields: [{before: '3', after: '1'}]}]);
});

test('takes the closing of a node back after a drain, and says that evictions stay', async () => {
	const owned = pod('web-1', {metadata: ownedBy(objectOf('apps/v1', 'ReplicaSet', 'web-1'))});
	const fake = fakeCluster({objects: [node(), owned]});
	const {trail} = await carryOut(nodeDrain, {node: 'node-1'}, fake, {road: {clock: hastyClock()}});
	const plan = await planUndo(fake, trail);
	expect(plan.steps.map(({title}) => title)).toEqual(['Set back Node node-1']);
	expect(told(plan.consequences)).toContain('warning left-as-it-is: The eviction of Pod shop/web-1 cannot be taken back');
});

test('can be taken back itself', async () => {
	const fake = fakeCluster({objects: [deployment()]});
	const {trail} = await carryOut(workloadScale, {workload: 'web', replicas: 5}, fake);
	const back = await takeBack(fake, trail);
	expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 3}});
	await takeBack(fake, back.trail, {id: 'j1'});
	expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 5}});
});

test('tells the journal which entry it takes back', async () => {
	const fake = fakeCluster({objects: [deployment()]});
	const {trail} = await carryOut(workloadScale, {workload: 'web', replicas: 5}, fake);
	expect((await planUndo(fake, trail)).input).toMatchObject({id: 'j1'});
});

async function trailWith(change: Partial<JournalEntry>) {
	const fake = fakeCluster({objects: [deployment()]});
	const {trail} = await carryOut(workloadScale, {workload: 'web', replicas: 5}, fake);
	const [entry] = trail.entries;
	if (entry === undefined) throw new Error('nothing was journaled');
	trail.entries[0] = {...entry, ...change};
	return {fake, trail, entry};
}

test.each([
	['an entry that was taken back', {undoneBy: 'j9'}, {id: 'j1'}, 'already-undone'],
	['an entry that is being carried out', {outcome: undefined, running: true as const}, {id: 'j1'}, 'run-in-progress'],
	['an entry that is not there', {}, {id: 'j7'}, 'no-such-entry'],
	['when all is taken back', {undoneBy: 'j9'}, {}, 'nothing-to-undo'],
	['the latest entry when that is an undo', {undoes: 'j0'}, {}, 'nothing-to-undo'],
])('refuses %s', async (_, change, input, code) => {
	const {fake, trail} = await trailWith(change);
	await expect(planUndo(fake, trail, input)).rejects.toMatchObject({trouble: {code}});
});

test('goes further back than a failure that put everything back itself', async () => {
	const {fake, trail, entry} = await trailWith({});
	trail.entries.push({...entry, id: 'j2', outcome: 'failed'});
	const [effect] = trail.effects.get('j1') ?? [];
	if (effect === undefined) throw new Error('nothing was written');
	trail.effects.set('j2', [{...effect, after: effect.before}]);
	expect((await readerOf(trail).list(2)).map(({id}) => id)).toEqual(['j2', 'j1']);
	expect((await planUndo(fake, trail)).input).toMatchObject({id: 'j1'});
	trail.effects.set('j2', [effect]);
	expect((await planUndo(fake, trail)).input).toMatchObject({id: 'j2'});
});

test('refuses to undo on another cluster, and says on which', async () => {
	const {fake, trail, entry} = await trailWith({});
	trail.entries[0] = {...entry, plan: {...entry.plan, target: {...entry.plan.target, clusterId: 'other', context: 'prod'}}};
	await expect(planUndo(fake, trail, {id: 'j1'})).rejects.toMatchObject({
		trouble: {code: 'other-cluster', next: 'Run it with --context prod'},
	});
});

test('refuses to undo where the same context leads to another cluster', async () => {
	const {fake, trail, entry} = await trailWith({});
	trail.entries[0] = {...entry, plan: {...entry.plan, target: {...entry.plan.target, clusterId: 'other'}}};
	await expect(planUndo(fake, trail, {id: 'j1'})).rejects.toMatchObject({
		trouble: {code: 'other-cluster', next: 'Look at what is there now, and make a new plan here'},
	});
});

test('says why nothing of an eviction can be taken back', async () => {
	const fake = fakeCluster({objects: [pod('web-1')]});
	const {trail} = await carryOut(podEvict, {pod: 'web-1'}, fake);
	await expect(planUndo(fake, trail, {id: 'j1'})).rejects.toThrow('The eviction of Pod shop/web-1 cannot be taken back');
});

describe('a run that died in the middle of its write', () => {
	const died = async (live: 'written' | 'as before') => {
		const {fake, trail} = await trailWith({outcome: undefined});
		trail.effects.set(
			'j1',
			(trail.effects.get('j1') ?? []).map(({after: _, ...effect}) => ({...effect, state: 'intended' as const})),
		);
		if (live === 'as before') fake.put(deployment());
		return {fake, trail};
	};

	test('is taken back where the write had landed', async () => {
		const {fake, trail} = await died('written');
		await takeBack(fake, trail);
		expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 3}});
	});

	test('leaves alone what somebody else wrote meanwhile, wherever the write was to go', async () => {
		const {fake, trail} = await died('as before');
		fake.put({...deployment(), spec: {...(deployment().spec as object), replicas: 7}});
		await expect(planUndo(fake, trail)).rejects.toThrow('keeps spec.replicas (now 7): it was changed since');
		expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 7}});
	});

	test('leaves alone what somebody else made under the name that it was to make', async () => {
		const fake = fakeCluster();
		const {trail} = await carryOut(resourceApply, {manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'}, fake);
		trail.effects.set(
			'j1',
			(trail.effects.get('j1') ?? []).map(({after: _, ...effect}) => ({...effect, state: 'intended' as const})),
		);
		fake.remove('ConfigMap', 'a');
		fake.put(objectOf('v1', 'ConfigMap', 'a', {}));
		expect((await planUndo(fake, trail)).steps).toEqual([]);
	});

	test('leaves nothing to take back where it had not', async () => {
		const {fake, trail} = await died('as before');
		expect((await planUndo(fake, trail)).steps).toEqual([]);
	});
});

test('says that an expired image cannot be had any more', async () => {
	const {fake, trail} = await trailWith({});
	trail.effects.set(
		'j1',
		(trail.effects.get('j1') ?? []).map(effect => ({...effect, unavailable: 'it has expired'})),
	);
	await expect(planUndo(fake, trail)).rejects.toThrow('Deployment shop/web cannot be taken back: it has expired');
});

test('does not drift because the pods of what it deletes are only just being made', async () => {
	const fake = fakeCluster();
	const manifest =
		'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: []}}}\n';
	const {trail} = await carryOut(resourceApply, {manifest}, fake);
	const confirm = async () => {
		fake.put(pod('web-1'));
		return {kind: 'approve'} as const;
	};
	expect((await carryOut(undo, {}, fake, {journal: readerOf(trail), road: {confirm}})).outcome.kind).toBe('done');
});
