import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {configMap} from './compare/row.ts';
import {connected} from './connected.ts';
import {deployed, podsOf, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, printed} = real;
let pod = '';
beforeAll(async () => {
	await deployed(real, 'web', {replicas: 2});
	await real.create(shop.configMaps(), configMap('settings'));
	await real.create('/api/v1/namespaces/shop/services', {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web'},
		spec: {selector: {app: 'web'}, ports: [{port: 80}]},
	});
	pod = String(at(await real.read(podsOf('web')), 'items', 0, 'metadata', 'name'));
});

const bindings = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings';
const roles = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/roles';
const rbac = (kind: string, name: string, rest: object) => ({apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: {name}, ...rest});
const settings = JSON.stringify({...configMap('settings'), metadata: {name: 'settings', namespace: 'shop'}, data: {color: 'red'}});
const fresh = (name: string) => JSON.stringify({...configMap(name), metadata: {name, namespace: 'shop'}});

/** Waits until the server gives somebody a right in the namespace shop, or not: what it answers follows its bindings after a moment. */
const settled = (who: object, right: object, allowed: boolean) =>
	real.answered(
		{
			method: 'POST',
			path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
			body: {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SubjectAccessReview',
				spec: {...who, resourceAttributes: {namespace: 'shop', ...right}},
			},
		},
		({text}) => at(JSON.parse(text), 'status', 'allowed') === allowed,
	);

describe('somebody who may only read', () => {
	test.each([
		['k8s scale web 4', 'patch deployments.apps/scale "web" in namespace shop'],
		['k8s restart web', 'patch deployments.apps "web" in namespace shop'],
		['k8s patch configmap settings -p {"data":{"color":"red"}}', 'patch configmaps "settings" in namespace shop'],
		['k8s delete configmap settings', 'delete configmaps "settings" in namespace shop'],
		['deploy rolling web --image x:2', 'patch deployments.apps "web" in namespace shop'],
		['deploy canary web --image x:2', 'create deployments.apps in namespace shop'],
		['deploy blue-green web --image x:2', 'create, patch or delete deployments.apps in namespace shop'],
		['k8s exec POD -- ls', 'get pods/exec "POD" in namespace shop'],
		['k8s evict POD', 'evict pods in shop'],
		['k8s apply -f - ', 'patch configmaps "settings" in namespace shop', settings],
		['k8s apply -f - ', 'create configmaps "fresh" in namespace shop', fresh('fresh')],
	])('is refused %s before anything is asked or written', async (words, right, input = '') => {
		const named = (text: string) => text.replace('POD', pod);
		const before = real.written().length;
		const {code, outcome} = await mkcoa(
			named(words)
				.trim()
				.replace(/^(\S+ \S+)/, '$1 --context reader'),
			input,
		);
		expect({code, outcome}).toMatchObject({code: 4, outcome: {kind: 'failed', error: {kind: 'auth', code: 'not-allowed'}, done: []}});
		expect(at(outcome, 'error', 'what')).toContain(named(right));
		expect(real.written(before)).toEqual([]);
		expect(at(outcome, 'journal')).toBeUndefined();
	});

	test('reads which right is missing, and whom to show that', async () => {
		const {code, err} = await printed('k8s scale web 4 -n shop --context reader');
		expect({code, err}).toEqual({
			code: 4,
			err:
				'✗ reader may not patch deployments.apps/scale "web" in namespace shop: the cluster grants no such right, so nobody was asked and ' +
				'nothing was changed. Ask for a role that allows patch on deployments.apps/scale; what you may do shows mkcoa k8s permissions -n shop.\n',
		});
	});

	test('can still make the plan, worked out without the server, for somebody who may', async () => {
		const file = `${real.folder()}/scale.json`;
		const {code, out} = await printed(`k8s scale web 3 -n shop --context reader --plan-out ${file}`);
		expect(code).toBe(0);
		expect(out).toContain('worked out by mkcoa, not by the server: you may not patch deployments.apps/scale "web" in namespace shop');
		expect(await mkcoa(`apply ${file} --context shop-dev`)).toMatchObject({code: 0, outcome: {kind: 'done', output: {replicas: 3}}});
	});
});

describe('a plan of a rollout', () => {
	/** The server's own role `view` in one namespace, and nothing beyond it. */
	const giveView = async () => {
		await real.create(
			bindings,
			rbac('RoleBinding', 'viewer', {
				roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view'},
				subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody'}],
			}),
		);
		await settled({user: 'nobody'}, {verb: 'get', resource: 'deployments', group: 'apps'}, true);
	};

	test.each(['reader', 'nobody'])('is made for %s, who may view, with what nobody could look at', async who => {
		if (who === 'nobody') await giveView();
		const before = real.written().length;
		const {code, out} = await printed(`deploy rolling web -n shop --image x:2 --context ${who} --dry-run`);
		expect(code).toBe(0);
		expect(out).toContain('worked out by mkcoa, not by the server: you may not patch deployments.apps "web" in namespace shop');
		expect(out).toContain(
			'Not looked at, for want of the right to get them: Lease shop/mkcoa-rollout-web, Secret shop/mkcoa-bundle-web-1 and Secret shop/mkcoa-rollout-web.',
		);
		expect(real.written(before)).toEqual([]);
	});

	test('of somebody who may view is carried out by somebody who may, and by nobody else', async () => {
		const file = `${real.folder()}/rolling.json`;
		expect((await printed(`deploy rolling web -n shop --image x:2 --context nobody --plan-out ${file}`)).code).toBe(0);
		const {code, outcome} = await mkcoa(`apply ${file} --context nobody`);
		expect({code, outcome}).toMatchObject({code: 4, outcome: {kind: 'failed', error: {code: 'not-allowed'}, done: []}});
		expect(at(outcome, 'error', 'what')).toBe(
			`nobody may not ${[
				'patch deployments.apps "web" in namespace shop',
				'create, get, patch or delete leases.coordination.k8s.io in namespace shop',
				'create, get or delete secrets in namespace shop',
				'create, patch or delete configmaps in namespace shop',
			].join(', nor ')}`,
		);
		expect(await mkcoa(`apply ${file} --context admin`)).toMatchObject({code: 0, outcome: {kind: 'done', output: {images: ['main=x:2']}}});
	});
});

describe('somebody whose rights end at a namespace', () => {
	test('works in it', async () => {
		expect(await mkcoa('k8s scale web 2 --context shop-dev')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await mkcoa('undo --context shop-dev')).toMatchObject({code: 0, outcome: {kind: 'done'}});
	});

	test.each([
		['k8s list pods -n default', 'list pods in namespace default'],
		['k8s list pods -A', 'list pods'],
		['k8s scale web 2 -n default', 'get deployments.apps "web" in namespace default'],
		['k8s cordon node-a', 'get nodes "node-a"'],
	])('is refused %s beyond it, with the right that is missing', async (words, right) => {
		const {code, err} = await printed(`${words} --context shop-dev`);
		expect(code).toBe(4);
		expect(err).toContain(`shop-dev may not ${right}`);
	});

	test('is known to be in the same cluster as the admin, who may take the change back', async () => {
		expect(await mkcoa('k8s scale web 4 --context shop-dev')).toMatchObject({code: 0});
		expect(await mkcoa('undo --context admin')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(at(await real.read(shop.deployments('web')), 'spec', 'replicas')).toBe(3);
	});
});

describe('a role for one object alone', () => {
	/** Gives the reader one rule in the namespace shop. */
	const give = async (name: string, rule: object) => {
		await real.create(roles, rbac('Role', name, {rules: [{apiGroups: [''], ...rule}]}));
		await real.create(
			bindings,
			rbac('RoleBinding', name, {
				roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name},
				subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader'}],
			}),
		);
	};
	const notAllowed = {code: 4, outcome: {error: {code: 'not-allowed'}}};

	test('is enough for that object, and for no other', async () => {
		await give('settings-only', {resources: ['configmaps'], resourceNames: ['settings'], verbs: ['patch']});
		await settled({user: 'reader'}, {verb: 'patch', resource: 'configmaps', name: 'settings'}, true);
		await real.create(shop.configMaps(), configMap('others'));
		const patch = (name: string) => mkcoa(`k8s patch configmap ${name} --context reader -p {"data":{"color":"green"}}`);
		expect(await patch('settings')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await patch('others')).toMatchObject(notAllowed);
	});

	test('is enough to apply it where it is not there yet', async () => {
		await give('web-config-only', {resources: ['configmaps'], resourceNames: ['web-config'], verbs: ['get', 'patch', 'create']});
		await settled({user: 'reader'}, {verb: 'create', resource: 'configmaps', name: 'web-config'}, true);
		const apply = (name: string) => mkcoa('k8s apply --context reader -f -', fresh(name));
		expect(await apply('web-config')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await apply('other-config')).toMatchObject(notAllowed);
	});

	test('in a namespace is enough for the namespace itself', async () => {
		const patch = (name: string) => mkcoa(`k8s patch namespace ${name} --context reader -p {"metadata":{"labels":{"team":"red"}}}`);
		expect(await patch('shop')).toMatchObject(notAllowed);
		await give('namespace-itself', {resources: ['namespaces'], verbs: ['get', 'patch']});
		await settled({user: 'reader'}, {verb: 'patch', resource: 'namespaces', name: 'shop'}, true);
		expect(await patch('shop')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await patch('default')).toMatchObject(notAllowed);
	});
});

describe('rights that are withdrawn', () => {
	const withdraw = () => real.remove(`${bindings}/shop-developers`);
	const give = () =>
		real.create(
			bindings,
			rbac('RoleBinding', 'shop-developers', {
				roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit'},
				subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'shop-developers'}],
			}),
		);
	const may = (allowed: boolean) =>
		settled({user: 'shop-dev', groups: ['shop-developers']}, {verb: 'patch', resource: 'configmaps'}, allowed);

	test('after the plan was saved end its application', async () => {
		const file = `${real.folder()}/patch.json`;
		expect(
			(await printed(`k8s patch configmap settings -n shop --context shop-dev -p {"data":{"color":"black"}} --plan-out ${file}`)).code,
		).toBe(0);
		await withdraw();
		await may(false);
		expect(await mkcoa(`apply ${file} --context shop-dev`)).toMatchObject({
			code: 4,
			outcome: {kind: 'failed', error: {kind: 'auth'}, done: []},
		});
		await give();
		await may(true);
		expect(await mkcoa(`apply ${file} --context shop-dev`)).toMatchObject({code: 0, outcome: {kind: 'done'}});
	});

	test('after the yes leave a failure that says that nothing was changed', async () => {
		const developer = await connected(real.plane().kubeconfig, 'shop-dev');
		const outcome = await developer.run(
			'resource_patch',
			{kind: 'configmap', name: 'settings', patch: '{"data":{"color":"white"}}'},
			{
				async confirm() {
					await withdraw();
					await may(false);
					return {kind: 'approve'};
				},
			},
		);
		await developer.close();
		expect(outcome).toMatchObject({kind: 'failed', error: {kind: 'auth', code: 'not-allowed'}, done: []});
		expect(at(await real.read(shop.configMaps('settings')), 'data', 'color')).toBe('black');
	});
});
