import {expect, test} from 'vitest';
import {findRoutes} from '../../../../../src/agents/deploy/traffic/routes/find-routes.ts';
import {objectsBefore} from '../../../../../src/agents/deploy/traffic/routes/route-objects.ts';
import {trafficOf} from '../../../../../src/agents/deploy/traffic/traffic-of.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../../src/core/plan.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {fakeKinds} from '../../../../support/fake-kinds.ts';
import {object} from '../../../../support/kube-objects.ts';
import {gateway, ref, service, web, world, written} from '../routed.ts';

const httpRoutes = {
	apiVersion: 'gateway.networking.k8s.io/v1',
	kind: 'HTTPRoute',
	plural: 'httproutes',
	singular: 'httproute',
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs: ['list'],
	subresources: [],
};
const near = gateway([{backendRefs: [ref('web')]}]);
const far = gateway([{backendRefs: [ref('web', 1, {namespace: 'shop'})]}], {metadata: {namespace: 'edge'}}, 'far');

test('routes are looked for in every namespace, and kinds that the cluster does not have are no trouble', async () => {
	const {cluster} = fakeCluster({
		kinds: [...fakeKinds, httpRoutes],
		objects: [service(), near, far, {...service(), metadata: {name: 'web', namespace: 'edge'}}],
	});
	const found = await findRoutes(cluster, web);
	expect(found.notChecked).toEqual([]);
	expect(found.objects.map(({kind, metadata}) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
		'Service shop/web',
		'HTTPRoute shop/web',
		'HTTPRoute edge/far',
	]);
});

test('who may read their own namespace alone is told what was not looked at', async () => {
	const fake = fakeCluster({kinds: [...fakeKinds, httpRoutes], objects: [service(), near, far]});
	const cluster = {
		...fake.cluster,
		each: (query: Parameters<typeof fake.cluster.each>[0]) =>
			query.namespace === undefined ? fakeCluster({denied: [query.type.plural]}).cluster.each(query) : fake.cluster.each(query),
	};
	const found = await findRoutes(cluster, web);
	expect(found.notChecked).toContain('httproutes.gateway.networking.k8s.io of other namespaces');
	expect(found.objects.map(({metadata}) => metadata.name)).toEqual(['web', 'web']);
});

test('who deploys a route from somewhere is told, with what becomes of its weights', async () => {
	const applications = {
		...httpRoutes,
		apiVersion: 'argoproj.io/v1alpha1',
		kind: 'Application',
		plural: 'applications',
		singular: 'application',
	};
	const labelled = {...near, metadata: {...near.metadata, annotations: {'argocd.argoproj.io/tracking-id': 'shop:x/HTTPRoute:shop/web'}}};
	const told = async (automated: JsonObject) => {
		const application = object('argoproj.io/v1alpha1', 'Application', 'shop', {
			metadata: {namespace: 'argocd'},
			spec: {syncPolicy: {automated}},
		});
		const {cluster} = fakeCluster({kinds: [...fakeKinds, httpRoutes, applications], objects: [service(), labelled, application]});
		const {notes} = trafficOf(await findRoutes(cluster, web), web);
		return notes.filter(({id}) => id === 'route-owner').map(({severity, text}) => `${severity}: ${text}`);
	};
	expect(await told({selfHeal: true})).toEqual([
		'danger: HTTPRoute shop/web: Argo CD application argocd/shop manages it: it heals itself: it undoes this within seconds; unless it is told to leave the weights alone, the canary loses its requests',
	]);
	expect(await told({})).toEqual([
		'warning: HTTPRoute shop/web: Argo CD application argocd/shop manages it: it shows this as out of sync, and its next sync, at the next commit, sets it back',
	]);
});

test('a rollout that goes on makes the very writes that it made at its start', () => {
	const first = trafficOf(world(service(), near), web, {header: 'x-canary=1'});
	const asKubeObject = (write: Write) => (write.op === 'create' ? [write.manifest] : []);
	const now = world(service(), written(near, first.toWeight(50)) as KubeObject, ...first.prepare.flatMap(asKubeObject));
	expect(() => trafficOf(now, web)).toThrow('already');
	const again = trafficOf(objectsBefore(now, web, first.before), web, {header: 'x-canary=1'});
	expect([again.prepare, again.toWeight(5), again.restore, again.cleanup]).toEqual([
		first.prepare,
		first.toWeight(5),
		first.restore,
		first.cleanup,
	]);
});
