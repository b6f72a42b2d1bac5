import {expect, test} from 'vitest';
import {clientOf, hastyClock, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {manualClock} from '../../../../support/manual-clock.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const nothing: Script = (_seen, response) => refuse(response, 404, 'NotFound');

test.each([
	['pods', 'v1 Pod'],
	['Pod', 'v1 Pod'],
	['PO', 'v1 Pod'],
	['deploy', 'apps/v1 Deployment'],
	['deployments.apps', 'apps/v1 Deployment'],
	['deployment.v1.apps', 'apps/v1 Deployment'],
	['Deployment.apps', 'apps/v1 Deployment'],
	['events', 'v1 Event'],
	['events.events.k8s.io', 'events.k8s.io/v1 Event'],
	['ev.v1.events.k8s.io', 'events.k8s.io/v1 Event'],
	['pods.v1', 'v1 Pod'],
	['hpa', 'autoscaling/v2 HorizontalPodAutoscaler'],
	['hpa.v1.autoscaling', 'autoscaling/v1 HorizontalPodAutoscaler'],
])('the word %s means %s', async (word, expected) => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster} = await clientOf(server.url);
	const {apiVersion, kind} = await cluster.typeOf(word);
	expect(`${apiVersion} ${kind}`).toBe(expected);
});

test('a kind is known with all that discovery tells of it', async () => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster} = await clientOf(server.url);
	expect(await cluster.typeOf('po')).toEqual({
		apiVersion: 'v1',
		kind: 'Pod',
		plural: 'pods',
		singular: 'pod',
		shortNames: ['po'],
		categories: ['all'],
		namespaced: true,
		verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
		subresources: ['log', 'eviction'],
	});
	expect(await cluster.typeOf('no')).toMatchObject({namespaced: false});
});

test('discovery costs two requests, once', async () => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster} = await clientOf(server.url);
	await Promise.all([cluster.types(), cluster.typeOf('pods'), cluster.typeOf('deploy')]);
	expect(server.seen.map(({path}) => path).sort()).toEqual(['/api', '/apis']);
});

test('types names each resource once, in the version that its group prefers; an object may carry any', async () => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster} = await clientOf(server.url);
	const scalers = (await cluster.types()).filter(({kind}) => kind === 'HorizontalPodAutoscaler');
	expect(scalers.map(({apiVersion}) => apiVersion)).toEqual(['autoscaling/v2']);
	expect(await cluster.typeOfRef({apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler'})).toMatchObject({
		apiVersion: 'autoscaling/v1',
	});
});

test.each([
	['podz', 'names near it: pods'],
	['deploymnet', 'names near it: deployments'],
	['deploments.apps', 'names near it: deployments'],
	['zebra', 'it may belong to an API group that does not answer: metrics.k8s.io/v1beta1'],
])('the unknown word %s is refused: %s', async (word, why) => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster} = await clientOf(server.url);
	expect(await troubleFrom(cluster.typeOf(word))).toMatchObject({
		kind: 'usage',
		code: 'unknown-kind',
		what: `The cluster serves no kind "${word}"`,
		why,
	});
});

test('a group that does not answer is told, and costs no other group', async () => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster, warned} = await clientOf(server.url);
	await cluster.types();
	expect(warned).toEqual(['These API groups do not answer, so their kinds are unknown now: metrics.k8s.io/v1beta1']);
});

test('an object of a kind that does not exist is no object', async () => {
	const server = await scriptedServer(withDiscovery(nothing));
	const {cluster} = await clientOf(server.url);
	expect(await cluster.get({apiVersion: 'example.org/v1', kind: 'Sail', namespace: 'a', name: 'b'})).toBeUndefined();
	expect(await cluster.get({apiVersion: 'v1', kind: 'Pod', namespace: 'a', name: 'b'})).toBeUndefined();
});

test('a kind that was installed meanwhile is found by a later look', async () => {
	let installed = false;
	const sails = {
		metadata: {name: 'example.org'},
		versions: [
			{
				version: 'v1',
				resources: [{resource: 'sails', responseKind: {kind: 'Sail'}, scope: 'Namespaced', singularResource: 'sail', verbs: ['get']}],
			},
		],
	};
	const server = await scriptedServer((_seen, response) =>
		respond(response, {kind: 'APIGroupDiscoveryList', items: installed ? [sails] : []}),
	);
	const clock = manualClock();
	const {cluster} = await clientOf(server.url, {clock});
	await troubleFrom(cluster.typeOf('sails'));
	installed = true;
	await troubleFrom(cluster.typeOf('sails'));
	await clock.advance(30_000);
	expect(await cluster.typeOf('sails')).toMatchObject({apiVersion: 'example.org/v1', shortNames: []});
});

const oldServer: Script = ({path}, response) => {
	const pods = [
		{name: 'pods', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get'], shortNames: ['po']},
		{name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get']},
	];
	const hpas = [
		{
			name: 'horizontalpodautoscalers',
			singularName: 'horizontalpodautoscaler',
			namespaced: true,
			kind: 'HorizontalPodAutoscaler',
			verbs: ['get'],
		},
	];
	const version = (groupVersion: string) => ({groupVersion, version: groupVersion.split('/')[1]});
	const answers: {readonly [path: string]: unknown} = {
		'/api': {kind: 'APIVersions', versions: ['v1']},
		'/apis': {
			kind: 'APIGroupList',
			groups: [
				{
					name: 'autoscaling',
					versions: [version('autoscaling/v1'), version('autoscaling/v2')],
					preferredVersion: version('autoscaling/v2'),
				},
				{name: 'metrics.k8s.io', versions: [version('metrics.k8s.io/v1beta1')], preferredVersion: version('metrics.k8s.io/v1beta1')},
			],
		},
		'/api/v1': {kind: 'APIResourceList', resources: pods},
		'/apis/autoscaling/v1': {kind: 'APIResourceList', resources: hpas},
		'/apis/autoscaling/v2': {kind: 'APIResourceList', resources: hpas},
	};
	return answers[path] === undefined ? refuse(response, 503, 'ServiceUnavailable') : respond(response, answers[path]);
};

test('an old server is asked group by group, and a dead group costs no other', async () => {
	const server = await scriptedServer(oldServer);
	const {cluster, warned} = await clientOf(server.url, {clock: hastyClock()});
	expect(await cluster.types()).toMatchObject([
		{apiVersion: 'v1', kind: 'Pod', singular: 'pod', subresources: ['log']},
		{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler'},
	]);
	expect(warned).toEqual([expect.stringContaining('metrics.k8s.io/v1beta1')]);
});

test('discovery that failed is tried again by the next call', async () => {
	let down = true;
	const server = await scriptedServer((seen, response) =>
		down ? refuse(response, 403, 'Forbidden') : withDiscovery(nothing)(seen, response),
	);
	const {cluster} = await clientOf(server.url);
	expect(await troubleFrom(cluster.types())).toMatchObject({code: 'not-allowed', what: 'jane may not discover API resources'});
	down = false;
	expect(await cluster.typeOf('pods')).toMatchObject({kind: 'Pod'});
});
