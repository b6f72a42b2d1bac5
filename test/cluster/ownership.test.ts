import {expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {configMap, deployment} from './compare/row.ts';
import {inShop, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const apply = (object: object) => real.mkcoa('k8s apply -f -', JSON.stringify(object));
const replicas = (name: string, count: number) => inShop(deployment(name, {replicas: count}));
/** Server-side apply by somebody else. */
const applyAs = (manager: string, object: ReturnType<typeof replicas>) =>
	real.ask({
		method: 'PATCH',
		path: `${shop.deployments(object.metadata.name)}?fieldManager=${manager}`,
		headers: {'content-type': 'application/apply-patch+yaml'},
		body: object,
	});
const managers = async (name: string) => {
	const list = at(await real.read(shop.deployments(name)), 'metadata', 'managedFields');
	return Array.isArray(list) ? list.map(entry => `${at(entry, 'manager')} ${at(entry, 'operation')}`) : [];
};

test('a field that Argo CD applied is not taken, and it is named with what to do', async () => {
	await applyAs('argocd-controller', replicas('owned', 2));
	const before = real.written().length;
	const {code, outcome} = await apply(replicas('owned', 5));
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {
			kind: 'failed',
			error: {
				code: 'field-conflict',
				why: 'argocd-controller owns .spec.replicas',
				next: expect.stringContaining('Argo CD keeps it: change it in the repository that it reads, or it will be set back'),
			},
		},
	});
	expect(real.written(before)).toEqual([]);
});

test('a change by hand of what Argo CD manages warns that it will be set back', async () => {
	const outcome = (await real.mkcoa('k8s scale owned 3 --dry-run')).outcome;
	expect(outcome).toMatchObject({
		kind: 'planned',
		plan: {
			consequences: expect.arrayContaining([
				expect.objectContaining({severity: 'warning', text: expect.stringContaining('sets it back at its next sync')}),
			]),
			changes: [{fields: [{path: ['spec', 'replicas'], before: 2, after: 3, owner: 'argocd-controller'}]}],
		},
	});
});

test("what mkcoa scaled may be applied with another number, and stays others' where it is theirs", async () => {
	expect(await apply(replicas('mine', 1))).toMatchObject({
		code: 0,
		outcome: {plan: {changes: [{operation: 'create', computed: 'server'}]}},
	});
	expect(await real.mkcoa('k8s scale mine 2')).toMatchObject({code: 0});
	expect(await apply(replicas('mine', 3))).toMatchObject({
		code: 0,
		outcome: {plan: {changes: [{computed: 'server', fields: [{before: 2, after: 3}]}]}},
	});
	expect((await managers('mine')).filter(name => name.startsWith('mkcoa'))).toEqual(['mkcoa Apply']);
	await real.merge(`${shop.deployments('mine')}?fieldManager=kubectl-edit`, {spec: {replicas: 5}});
	expect(await apply(replicas('mine', 4))).toMatchObject({code: 1, outcome: {error: {why: 'kubectl-edit owns .spec.replicas'}}});
});

test('a field that nobody else claims is shared without a word', async () => {
	await applyAs('argocd-controller', replicas('shared', 1));
	const {spec: _, ...rest} = replicas('shared', 1);
	const labelled = {...rest, metadata: {...rest.metadata, labels: {tier: 'front'}}};
	expect(await apply(labelled)).toMatchObject({code: 0, outcome: {kind: 'done'}});
	expect(await managers('shared')).toEqual(expect.arrayContaining(['argocd-controller Apply', 'mkcoa Apply']));
	expect(await real.mkcoa('undo')).toMatchObject({code: 0});
	expect(at(await real.read(shop.deployments('shared')), 'metadata', 'labels')).toEqual({app: 'shared'});
});

test('an object of others that is in no namespace of ours is left to them', async () => {
	const {code, outcome} = await apply({...configMap('elsewhere'), metadata: {name: 'elsewhere', namespace: 'default'}});
	expect({code, outcome}).toMatchObject({code: 1, outcome: {error: {code: 'bad-manifest'}}});
	expect(JSON.stringify(at(outcome, 'error'))).toContain('ConfigMap elsewhere is of namespace default, and shop was asked for');
});
