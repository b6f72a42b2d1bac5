import {expect, test} from 'vitest';
import type {Ref} from '../../../src/core/kube/kube-object.ts';
import type {Plan, Write} from '../../../src/core/plan.ts';
import type {Reach} from '../../../src/core/roles/reach.ts';
import type {Effector} from '../../../src/core/tool.ts';
import {effectorWithServers} from '../../../src/main/monitoring/with-server-objects.ts';
import {silenceRef} from '../../../src/mcp/monitoring/model/silence-object.ts';
import type {ServerObjects} from '../../../src/mcp/monitoring/objects/server-objects.ts';

const {signal} = new AbortController();
const silence = silenceRef('down-1');
const configMap: Ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'one'};
const remove = (ref: Ref): Write => ({op: 'delete', ref});

const planOf = (...refs: readonly Ref[]): Pick<Plan, 'steps' | 'changes' | 'preconditions'> => ({
	steps: [{title: 'Delete', writes: refs.map(remove), upkeep: [...refs]}],
	changes: refs.map(ref => ({ref, operation: 'delete', fields: [], computed: 'server'})),
	preconditions: refs.map(ref => ({ref, uid: 'u', version: 'v'})),
});

/** Hands that only tell what they were asked. */
function telling(told: string[], name: string): Effector {
	const kinds = (refs: readonly Ref[]) => refs.map(({kind}) => kind).join(' ');
	return {
		async demandRights({steps, changes, preconditions}) {
			const [step] = steps;
			told.push(
				`${name} rights: ${[step?.writes.map(({ref}) => ref), step?.upkeep, changes.map(({ref}) => ref), preconditions.map(({ref}) => ref)]
					.map(refs => kinds(refs ?? []))
					.join(', ')}`,
			);
		},
		async read({kind}) {
			told.push(`${name} reads ${kind}`);
			return undefined;
		},
		async send({op, ref: {kind}}) {
			told.push(`${name} sends ${op} ${kind}`);
			return null;
		},
	};
}

function hands(reach?: Reach) {
	const told: string[] = [];
	const objects: ServerObjects = {get: async () => undefined, noDryRun: async () => '', effector: telling(told, 'servers')};
	return {told, effector: effectorWithServers(telling(told, 'cluster'), objects, reach)};
}

test('what a server keeps goes there, and all else to the cluster', async () => {
	const {told, effector} = hands();
	await effector.demandRights(planOf(configMap, silence));
	for (const ref of [configMap, silence]) {
		await effector.read(ref, signal);
		await effector.send(remove(ref), undefined, signal);
	}
	expect(told).toEqual([
		'servers rights: Silence, Silence, Silence, Silence',
		'cluster rights: ConfigMap, ConfigMap, ConfigMap, ConfigMap',
		'cluster reads ConfigMap',
		'cluster sends delete ConfigMap',
		'servers reads Silence',
		'servers sends delete Silence',
	]);
});

test.each<[string, Reach['write'], boolean]>([
	['everything', {namespaces: ['*'], clusterScoped: true}, true],
	['namespaces alone', {namespaces: ['*'], clusterScoped: false}, false],
	['nothing', undefined, false],
])('who may change %s may change what is in no namespace: %s', async (_, write, isAllowed) => {
	const {told, effector} = hands({read: {namespaces: ['*'], clusterScoped: true}, write, metrics: true});
	const asking = [() => effector.demandRights(planOf(silence)), () => effector.send(remove(silence), undefined, signal)];
	for (const ask of asking) {
		if (isAllowed) await ask();
		else await expect(ask()).rejects.toMatchObject({trouble: {code: 'not-allowed'}});
	}
	expect(told.includes('servers sends delete Silence')).toBe(isAllowed);
});
