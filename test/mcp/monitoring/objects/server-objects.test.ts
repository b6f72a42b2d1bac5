import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {refOf} from '../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {folderObject, grafanaRef, newDashboard, newRule} from '../../../../src/mcp/monitoring/model/grafana-object.ts';
import {madeBy, newSilence, silenceRef} from '../../../../src/mcp/monitoring/model/silence-object.ts';
import {silenceId} from '../../../support/alertmanager-script.ts';
import {serverWorld} from '../../../support/server-world.ts';

const down = {name: 'alertname', value: 'Down', isRegex: false, isEqual: true};
const silence = newSilence({matchers: [down], createdBy: madeBy('alice'), comment: 'maintenance'}, '2h', 'test');
const dashboard = newDashboard('shop', {folderUid: 'b', model: {title: 'Shop', panels: []}}, 'test');
const folder = folderObject({uid: 'carts', title: 'Carts', parentUid: ''}, 'test');
const rule = newRule('r1', {title: 'Down', folderUID: 'a', ruleGroup: 'shop', condition: 'A', data: []}, 'test');
const create = (manifest: KubeObject): Write => ({op: 'create', ref: refOf(manifest), manifest});
const patch = (manifest: KubeObject, change: object): Write => ({op: 'patch', ref: refOf(manifest), type: 'merge', patch: {...change}});

test.each([
	['a silence', silence],
	['a dashboard', dashboard],
	['a folder', folder],
	['an alert rule', rule],
])('%s is made, taken back, and made again', async (_, manifest) => {
	const {write, undo, live} = await serverWorld();
	expect(await write(create(manifest))).toMatchObject({
		kind: 'done',
		plan: {
			changes: [{operation: 'create', computed: 'local', why: expect.stringContaining('computes no change beforehand')}],
			consequences: [],
		},
	});
	expect(await live(manifest)).toMatchObject({kind: manifest.kind, metadata: {annotations: {'mkcoa.dev/server': 'test'}}});
	expect(await undo('j1')).toMatchObject({kind: 'done'});
	expect(await live(manifest)).toBeUndefined();
	expect(await undo('j2')).toMatchObject({kind: 'done'});
	expect((await live(manifest))?.spec).toBeDefined();
	expect(await undo('j3')).toMatchObject({kind: 'done'});
	expect(await live(manifest)).toBeUndefined();
});

test('a silence lasts from when it is made, and is one that mkcoa made', async () => {
	const {write, clock, manager} = await serverWorld();
	clock.advance(3_600_000);
	await write(create(silence));
	expect([...manager.silences.values()]).toMatchObject([
		{
			startsAt: new Date(clock.now()).toISOString(),
			endsAt: new Date(clock.now() + 7_200_000).toISOString(),
			createdBy: 'alice (mkcoa)',
			comment: 'maintenance',
		},
	]);
});

test('a silence that is ended by its id is made again with another one, and ended again', async () => {
	const {write, undo, manager} = await serverWorld();
	await write(create(silence));
	expect(await write({op: 'delete', ref: silenceRef(silenceId(1))})).toMatchObject({kind: 'done'});
	expect(manager.silences.get(silenceId(1))?.status.state).toBe('expired');
	expect(await undo('j2')).toMatchObject({kind: 'done'});
	expect(manager.silences.get(silenceId(2))).toMatchObject({status: {state: 'active'}, comment: 'maintenance'});
	expect(await undo('j3')).toMatchObject({kind: 'done'});
	expect(manager.silences.get(silenceId(2))?.status.state).toBe('expired');
});

test.each([
	['a dashboard', dashboard, {spec: {model: {title: 'Shop 2'}}}, (one: KubeObject) => one.spec],
	['an alert rule', rule, {spec: {title: 'Down 2'}}, (one: KubeObject) => one.spec],
])('%s that was changed is set back, and what somebody changed since stays', async (_, manifest, change, specOf) => {
	const {write, undo, live} = await serverWorld();
	await write(create(manifest));
	const before = await live(manifest);
	expect(await write(patch(manifest, change))).toMatchObject({kind: 'done', plan: {changes: [{operation: 'update'}]}});
	expect((await live(manifest))?.spec).not.toEqual(before?.spec);
	expect(await undo('j2')).toMatchObject({kind: 'done'});
	expect(specOf((await live(manifest)) as KubeObject)).toEqual(before?.spec);
});

test.each([
	['a silence', silence, 'alerts'],
	['a dashboard', dashboard, 'dashboards'],
	['an alert rule', rule, 'dashboards'],
])('%s that was made though its answer was lost counts as made', async (_, manifest) => {
	const {write, lose, asked, undo, live} = await serverWorld();
	lose('POST');
	expect(await write(create(manifest))).toMatchObject({kind: 'done'});
	expect(asked().filter(line => line.startsWith('POST'))).toHaveLength(1);
	expect(await undo('j1')).toMatchObject({kind: 'done'});
	expect(await live(manifest)).toBeUndefined();
});

test('nothing is made twice, nor over what somebody made meanwhile', async () => {
	const {write, boards, manager} = await serverWorld();
	const meanwhile = {
		confirm: async () => {
			await write(create(dashboard));
			await write(create(silence));
			return {kind: 'approve'} as const;
		},
	};
	expect(await write(create(dashboard), meanwhile)).toMatchObject({kind: 'failed', error: {code: 'already-exists'}});
	expect(await write(create(silence), meanwhile)).toMatchObject({kind: 'failed', error: {code: 'already-exists'}});
	expect(await write(create(dashboard))).toMatchObject({kind: 'failed', error: {code: 'already-exists'}});
	expect([boards.dashboards.get('shop')?.version, manager.silences.size]).toEqual([1, 1]);
});

test('a dashboard that somebody saved while the plan was read is not overwritten', async () => {
	const {write, live} = await serverWorld();
	await write(create(dashboard));
	const theirs = {
		confirm: async () => {
			await write(patch(dashboard, {spec: {model: {title: 'Theirs'}}}));
			return {kind: 'approve'} as const;
		},
	};
	expect(await write(patch(dashboard, {spec: {model: {title: 'Ours'}}}), theirs)).toMatchObject({kind: 'drifted'});
	expect((await live(dashboard))?.spec).toMatchObject({model: {title: 'Theirs'}});
});

test('a folder that has something in it stays', async () => {
	const {write, undo, boards} = await serverWorld();
	await write(create(folder));
	await write(create(newDashboard('inside', {folderUid: 'carts', model: {title: 'Inside'}}, 'test')));
	expect(await undo('j1')).toMatchObject({kind: 'drifted', moved: ['folder carts is not empty: 1 dashboards, folders or rules are in it']});
	expect(boards.dashboards.has('inside')).toBe(true);
});

test('a plan for another server is refused', async () => {
	const {write, asked} = await serverWorld();
	const other = newDashboard('shop', {folderUid: 'b', model: {title: 'Shop'}}, 'Grafana https://elsewhere.example');
	expect(await write(create(other))).toMatchObject({
		kind: 'failed',
		error: {code: 'another-server', why: expect.stringContaining('elsewhere')},
	});
	expect(asked().filter(line => !line.startsWith('GET'))).toEqual([]);
});

test('what is not there is told as absent, and not deleted', async () => {
	const {cluster, write, asked} = await serverWorld();
	for (const kind of ['Dashboard', 'Folder', 'AlertRule'] as const) expect(await cluster.get(grafanaRef(kind, 'nowhere'))).toBeUndefined();
	expect(await cluster.get(silenceRef(silenceId(7)))).toBeUndefined();
	await write({op: 'delete', ref: grafanaRef('Dashboard', 'nowhere')});
	expect(asked().filter(line => !line.startsWith('GET'))).toEqual([]);
});

test.each([
	['a silence', silence],
	['a dashboard', dashboard],
	['a folder', folder],
	['an alert rule', rule],
])('a run that died after it made %s goes on without making it again', async (_, manifest) => {
	const {resume, write, asked} = await serverWorld();
	const died = await resume(create(manifest));
	await write(create(manifest));
	expect(await died.goOn()).toMatchObject({kind: 'done'});
	expect(asked().filter(line => line.startsWith('POST'))).toHaveLength(1);
});

test('a run that died before it made anything makes it', async () => {
	const {resume, live} = await serverWorld();
	expect(await (await resume(create(dashboard))).goOn()).toMatchObject({kind: 'done'});
	expect(await live(dashboard)).toBeDefined();
});
