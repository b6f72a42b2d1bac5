import {describe, expect, test} from 'vitest';
import {deploymentCanary} from '../../../../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentRollback} from '../../../../../src/agents/deploy/tools/deployment-rollback.ts';
import {deploymentUpdate} from '../../../../../src/agents/deploy/tools/deployment-update.ts';
import {MkcoaError} from '../../../../../src/core/error.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {fakeKinds} from '../../../../support/fake-kinds.ts';
import {httpRoute} from '../../../../support/http-route.ts';
import {object} from '../../../../support/kube-objects.ts';
import {toolContext} from '../../../../support/tool-context.ts';
import {webDeployment} from '../../../../support/web-deployment.ts';

const service = (selector: JsonObject): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'web', namespace: 'shop'},
	spec: {selector},
});
const web = (spec: JsonObject = {}, replicas?: number): KubeObject => {
	const object = webDeployment(replicas === undefined ? {} : {replicas});
	return {...object, spec: {...(object.spec as JsonObject), ...spec}};
};
const podsWith = (labels: JsonObject, podSpec: JsonObject = {}) => {
	const template = (web().spec as {template: {spec: JsonObject}}).template;
	return {template: {metadata: {labels: {app: 'web', ...labels}}, spec: {...template.spec, ...podSpec}}};
};

/** What the deploy tools are given, on a cluster without a metrics server. */
const contextOn = (world: World) => {
	const {context} = toolContext(fakeCluster(world).cluster);
	return {...context, ports: {...context.ports, metrics: async () => ({why: 'there is no Prometheus'})}};
};

type World = Parameters<typeof fakeCluster>[0];
const planned = (world: World, more: JsonObject = {}) =>
	deploymentCanary.plan(deploymentCanary.input.parse({name: 'web', image: 'web:2', ...more}), contextOn(world));
const notesOf = async (objects: readonly KubeObject[], more: JsonObject = {}) =>
	(await planned({objects}, more)).consequences.map(({severity, text}) => `${severity}: ${text}`);
const troubleOf = (promise: Promise<unknown>) =>
	promise.then(
		() => undefined,
		(error: unknown) => (error instanceof MkcoaError ? error.trouble : undefined),
	);

describe('what a canary says before anybody says yes', () => {
	test.each([
		[
			'few pods, whose share is not what was asked',
			web({}, 3),
			{steps: '25,100'},
			'info: Traffic follows whole pods: 25 % asked, 1 of 3 pods = 33 %',
		],
		[
			'one pod, which is joined by another',
			web({}, 1),
			{steps: '10,100'},
			'info: Traffic follows whole pods: 10 % asked, 1 of 2 pods = 50 %',
		],
		[
			'all pods at once',
			web({strategy: {type: 'Recreate'}}),
			{},
			'warning: web is replaced all at once (Recreate): two versions run at the same time before that; while it is promoted 2 canary pods serve alone',
		],
		[
			'a volume of both',
			web(podsWith({}, {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'web-data'}}]})),
			{},
			'warning: Both versions write to the same volume: PersistentVolumeClaim web-data',
		],
	])('%s', async (_name, stable, more, text) => expect(await notesOf([stable, service({app: 'web'})], more)).toContain(text));

	test('two hundred pods meet one per cent, and it says nothing of shares', async () => {
		const notes = await notesOf([web({}, 200), service({app: 'web'})], {steps: '1,100'});
		expect(notes.filter(text => text.includes('Traffic follows'))).toEqual([]);
	});

	test('a Service that tells the canary apart sends it nothing', async () => {
		const stable = web(podsWith({'mkcoa.dev/track': 'stable'}));
		const notes = await notesOf([stable, service({app: 'web', 'mkcoa.dev/track': 'stable'})]);
		expect(notes).toContain('danger: Service web selects mkcoa.dev/track, so it sends the canary no traffic and it cannot be judged by it');
	});

	test('pods that no Service selects have a share of pods, not of requests', async () => {
		expect(await notesOf([web()])).toContain('info: No Service selects the pods of web: their share is one of pods, not of requests');
	});

	test('a cluster without autoscalers has none', async () => {
		const kinds = fakeKinds.filter(({kind}) => kind !== 'HorizontalPodAutoscaler');
		expect(JSON.stringify((await planned({objects: [web()], kinds})).steps)).toContain('/spec/replicas');
	});

	test('autoscalers that may not be read are no pass: the stable pods stay', async () => {
		const plan = await planned({objects: [web()], denied: ['horizontalpodautoscalers']});
		expect(plan.consequences.map(({text}) => text).join()).toMatch(
			/Not checked: horizontalpodautoscalers.*an autoscaler of web would put its number of pods back/,
		);
		expect(JSON.stringify(plan.steps)).not.toContain('/spec/replicas');
	});
});

test('a rolling update tells of a canary that it does not touch', async () => {
	const left = {...web(), metadata: {...web().metadata, name: 'web-canary', uid: 'uid-canary'}};
	const plan = await deploymentUpdate.plan(
		deploymentUpdate.input.parse({name: 'web', image: 'web:2'}),
		contextOn({objects: [web(), left]}),
	);
	expect(plan.consequences.map(({id}) => id)).toContain('canary-beside');
});

describe('a canary that could never work is refused', () => {
	test.each([
		['a paused Deployment', web({paused: true}), 'paused'],
		['one without pods', web({}, 0), 'no-pods'],
		['pods that carry the label of canaries', web(podsWith({'mkcoa.dev/track': 'canary'})), 'label-in-use'],
		[
			'a selector that excludes the label',
			web({selector: {matchLabels: {app: 'web'}, matchExpressions: [{key: 'mkcoa.dev/track', operator: 'DoesNotExist'}]}}),
			'label-in-use',
		],
	])('%s', async (_name, stable, code) => expect(await troubleOf(planned({objects: [stable]}))).toMatchObject({kind: 'usage', code}));

	test('a selector of expressions that fits is taken along', async () => {
		const selector = {matchLabels: {app: 'web'}, matchExpressions: [{key: 'tier', operator: 'Exists'}]};
		const plan = await planned({objects: [web({selector})]});
		expect(plan.steps[2]?.writes[0]).toMatchObject({
			manifest: {spec: {selector: {...selector, matchLabels: {app: 'web', 'mkcoa.dev/track': 'canary'}}}},
		});
	});

	test.each([
		[235, undefined],
		[236, 'too-long'],
	])('a name of %i letters, whose ReplicaSet would need eleven more', async (letters, code) => {
		const name = 'w'.repeat(letters);
		const long = {...web(), metadata: {...web().metadata, name}};
		expect((await troubleOf(planned({objects: [long]}, {name})))?.code).toBe(code);
	});

	test('so is a rolling update of a paused Deployment, and a rollback lets it roll out again', async () => {
		const context = contextOn({objects: [web({paused: true}), ...oldSets]});
		const update = deploymentUpdate.plan(deploymentUpdate.input.parse({name: 'web', image: 'web:2'}), context);
		expect(await troubleOf(update)).toMatchObject({code: 'paused', next: expect.stringMatching(/mkcoa deploy rollback web -n shop$/)});
		const {steps, consequences} = await deploymentRollback.plan(deploymentRollback.input.parse({name: 'web', to: 2}), context);
		const [, , there, , back] = steps;
		const set = (value: boolean) => ({patch: [{op: 'add', path: '/spec/paused', value}]});
		const template = {patch: [{path: '/spec/template'}]};
		// Paused again before, and let go after, so that neither rolls the other's template out.
		expect([there, back]).toMatchObject([
			{title: 'Give web the pod template of revision 2, and let it roll out again', writes: [template, set(false)]},
			{
				title: 'If it goes back: pause web again, and give it the pod template again that it has now',
				writes: [set(true), {patch: {spec: {template: {}}}}],
			},
		]);
		expect(consequences.map(({text}) => text)).toContain(
			'web is paused: with its former template it may roll out again, or nothing would come back',
		);
	});
});

describe('a Deployment that ends all its pods at once (Recreate), behind a route', () => {
	const objects = [
		web({strategy: {type: 'Recreate'}}),
		object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{port: 80}]}}),
		httpRoute('web', [{backendRefs: [{name: 'web', port: 80}]}], {}, 'shop'),
	];

	const routes = {
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'HTTPRoute',
		plural: 'httproutes',
		singular: 'httproute',
		shortNames: [],
	};
	const kinds = [...fakeKinds, ...fakeKinds.filter(({kind}) => kind === 'Service').map(services => ({...services, ...routes}))];

	test('is refused where its share of the requests would meet no pods while it is promoted', async () => {
		expect(await troubleOf(planned({objects, kinds}, {steps: '10,50'}))).toMatchObject({
			kind: 'usage',
			code: 'serves-while-recreated',
			next: expect.stringContaining('--steps 10,50,100'),
		});
	});

	test.each([
		['maxUnavailable 100% and maxSurge 25% with 4 pods', {maxUnavailable: '100%'}, 4],
		['maxUnavailable 4 and maxSurge 0 with 4 pods', {maxUnavailable: 4, maxSurge: 0}, 4],
		['maxUnavailable 25% and maxSurge 0 with one pod', {maxSurge: 0}, 1],
	])('so is a strategy that takes all pods away as well: %s', async (how, rollingUpdate, replicas) => {
		const world = {objects: [web({strategy: {type: 'RollingUpdate', rollingUpdate}}, replicas), ...objects.slice(1)], kinds};
		expect(await troubleOf(planned(world, {steps: '10,50'}))).toMatchObject({
			kind: 'usage',
			code: 'serves-while-away',
			why: expect.stringContaining(how),
			next: expect.stringMatching(/--steps 10,50,100, or give web a strategy by which pods stay/),
		});
		expect((await planned(world, {steps: '10,50,100'})).consequences.map(({text}) => text)).toContain(
			`The strategy of web (${how}) may take all its pods away at once; it serves nobody while it is promoted`,
		);
	});

	test('a strategy by which one pod of four stays is none of them', async () => {
		const stays = web({strategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 3, maxSurge: 0}}});
		expect(await troubleOf(planned({objects: [stays, ...objects.slice(1)], kinds}, {steps: '10,50'}))).toBeUndefined();
	});

	test('is promoted while it serves nobody where the steps end in 100, and two versions run before that', async () => {
		expect(
			(await planned({objects, kinds}, {steps: '10,50,100'})).consequences.map(({severity, text}) => `${severity}: ${text}`),
		).toContain(
			'warning: web is replaced all at once (Recreate): two versions run at the same time before that; it serves nobody while it is promoted',
		);
	});

	test('is no trouble where pods are the share: the canary serves alone meanwhile', async () => {
		expect(await troubleOf(planned({objects: objects.slice(0, 2), kinds}, {steps: '10,50'}))).toBeUndefined();
	});
});

const oldSets: readonly KubeObject[] = [2, 3].map(revision => ({
	apiVersion: 'apps/v1',
	kind: 'ReplicaSet',
	metadata: {
		name: `web-${revision}`,
		namespace: 'shop',
		labels: {app: 'web'},
		annotations: {'deployment.kubernetes.io/revision': String(revision)},
		ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true}],
	},
	spec: {template: podsWith({}, revision === 2 ? {priorityClassName: 'low'} : {}).template},
}));
