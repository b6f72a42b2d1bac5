import {describe, expect, test} from 'vitest';
import type {RecoveryPorts} from '../../../../src/agents/incident/ports.ts';
import type {mend} from '../../../../src/agents/incident/recovery/mend.ts';
import {remedyDraft} from '../../../../src/agents/incident/recovery/remedy-draft.ts';
import {autoRecovery} from '../../../../src/agents/incident/tools/auto-recovery.ts';
import type {Remedy} from '../../../../src/analysis/diagnosis/cause.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {refOf} from '../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {runTool} from '../../../../src/core/road/run-tool.ts';
import {changeTool} from '../../../../src/core/tool.ts';
import {undo} from '../../../../src/mcp/kubernetes/tools/undo.ts';
import {hastyClock, readerOf, carryOut as takeBack} from '../../../support/change-run.ts';
import {type FakeCluster, fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, object} from '../../../support/kube-objects.ts';
import {memoryRoad} from '../../../support/memory-road.ts';

const claim = (className: string, spec: JsonObject = {}) =>
	object('v1', 'PersistentVolumeClaim', 'data', {spec: {storageClassName: className, ...spec}});
const remedy = (writes: readonly Write[]): Remedy => ({
	tool: 'auto_recovery',
	input: {},
	side: 'storage',
	sure: true,
	text: {en: 'Do it', ko: ''},
	writes,
});
const anew: readonly Write[] = [
	{op: 'delete', ref: refOf(claim('slow'))},
	{op: 'create', ref: refOf(claim('slow')), manifest: claim('fast')},
];
const settings = object('v1', 'ConfigMap', 'settings', {data: {MODE: 'a'}});
const web = deployment({metadata: {uid: 'd1'}});
const restarted: readonly Write[] = [
	{op: 'patch', ref: refOf(settings), type: 'merge', patch: {data: {MODE: 'b'}}},
	{op: 'patch', ref: refOf(web), type: 'merge', patch: {spec: {template: {metadata: {annotations: {restarted: '2'}}}}}},
	{op: 'patch', ref: refOf(settings), type: 'merge', patch: {data: {LEVEL: 'info'}}},
];

const portsOf = ({cluster}: FakeCluster): RecoveryPorts => ({
	cluster,
	metrics: () => Promise.reject(new Error('no metrics here')),
	changeTool: async () => undefined,
});

/** Plans writes of a remedy as auto_recovery does, without looking for an incident. */
const sending = (writes: readonly Write[]) =>
	changeTool({
		...autoRecovery,
		async plan(_, context: Parameters<typeof mend>[1]) {
			const {draft} = await remedyDraft(remedy(writes), context);
			const input = {
				incident: 'a:PersistentVolumeClaim/shop/data',
				fault: 'a',
				remedy: 'Do it',
				namespace: 'shop',
				deadline: '10s',
				undoIfWorse: false,
			};
			return {...draft, input};
		},
	});

async function carryOut(writes: readonly Write[], fake: FakeCluster, mode: 'run' | 'plan') {
	const {road, trail} = memoryRoad(portsOf(fake), fake.effector, {target: fake.cluster.target, clock: hastyClock(), mode});
	return {outcome: await runTool(sending(writes), {}, road), trail};
}

describe('writes of a remedy', () => {
	test('make an object anew: gone first, and then created, which the server tries under another name', async () => {
		const fake = fakeCluster({objects: [claim('slow')]});
		const {outcome} = await carryOut(anew, fake, 'plan');
		if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
		const {plan} = outcome;
		expect(plan.changes.map(({operation, computed, why}) => [operation, computed, why])).toEqual([
			['delete', 'server', undefined],
			['create', 'local', 'it is deleted by this plan first, and under another name the server takes it'],
		]);
		expect(plan.preconditions).toHaveLength(1);
		expect(plan.undo.possible).toBe(true);
		expect(plan.consequences.map(({id}) => id)).toEqual(['not-asked', 'made-anew']);
		expect(fake.calls.filter(call => call.startsWith('send'))).toEqual([]);
	});

	test('are sent in their order, the next one when what was deleted is gone', async () => {
		const fake = fakeCluster({objects: [claim('slow')]});
		const {outcome, trail} = await carryOut(anew, fake, 'run');
		expect(outcome).toMatchObject({kind: 'done', output: {result: 'healed'}});
		expect(fake.object('PersistentVolumeClaim', 'data')?.spec).toEqual({storageClassName: 'fast'});
		expect(trail.effects.get('j1')?.map(({write, state}) => `${write.op} ${state}`)).toEqual(['delete done', 'create done']);
		const back = await takeBack(undo, {}, fake, {journal: readerOf(trail)});
		expect(back.outcome).toMatchObject({kind: 'done', output: {objects: ['PersistentVolumeClaim shop/data']}});
		expect(fake.object('PersistentVolumeClaim', 'data')?.spec).toEqual({storageClassName: 'slow'});
	});

	test('tell of one object what the write before leaves of it', async () => {
		const fake = fakeCluster({objects: [settings, web]});
		const {outcome} = await carryOut(restarted, fake, 'run');
		if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
		expect(outcome.plan?.changes.map(({fields}) => fields.map(({path, before, after}) => [path.join('.'), before, after]))).toEqual([
			[['data.MODE', 'a', 'b']],
			[['spec.template.metadata.annotations.restarted', undefined, '2']],
			[['data.LEVEL', undefined, 'info']],
		]);
		expect(outcome.plan?.undo.possible).toBe(true);
		expect(fake.object('ConfigMap', 'settings')?.data).toEqual({MODE: 'b', LEVEL: 'info'});
	});

	test('are not taken back where a claim has got data since', async () => {
		const fake = fakeCluster({objects: [claim('slow')]});
		const {trail} = await carryOut(anew, fake, 'run');
		fake.put(claim('fast', {volumeName: 'pv-2'}));
		const back = await takeBack(undo, {}, fake, {journal: readerOf(trail)});
		expect(back.outcome).toMatchObject({kind: 'failed', error: {code: 'not-undoable', why: expect.stringContaining('its data would go')}});
	});

	test('never take a claim away that has data', async () => {
		const {outcome} = await carryOut(anew, fakeCluster({objects: [claim('slow', {volumeName: 'pv-1'})]}), 'plan');
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'not-a-remedy', why: 'PersistentVolumeClaim data is bound to a volume, and its data would go'},
		});
	});
});
