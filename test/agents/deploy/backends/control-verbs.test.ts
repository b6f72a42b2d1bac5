import {describe, expect, test} from 'vitest';
import {rollbackControl} from '../../../../src/agents/deploy/backends/change-back.ts';
import {versionControl} from '../../../../src/agents/deploy/backends/change-version.ts';
import type {Verb} from '../../../../src/agents/deploy/backends/control.ts';
import {planVerb} from '../../../../src/agents/deploy/backends/control-verbs.ts';
import {findBackend} from '../../../../src/agents/deploy/backends/find-backend.ts';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Context} from '../../../../src/core/tool.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';
import {toolContext} from '../../../support/tool-context.ts';

const template = (image: string, labels: JsonObject = {}) => ({
	metadata: {labels: {app: 'web', ...labels}},
	spec: {containers: [{name: 'main', image}]},
});
const object = (kind: string, apiVersion: string, name: string, more: JsonObject, metadata: JsonObject = {}): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop', uid: `uid-${name}`, ...metadata},
	...more,
});
const selector = {matchLabels: {app: 'web'}};
const tracked = {'argocd.argoproj.io/tracking-id': 'shop-app:argoproj.io/Rollout:shop/web'};

const argo = (status: JsonObject = {}) =>
	object(
		'Rollout',
		'argoproj.io/v1alpha1',
		'web',
		{
			spec: {replicas: 4, selector, template: template('web:3'), strategy: {canary: {steps: [{setWeight: 25}, {pause: {}}]}}},
			status: {
				phase: 'Paused',
				currentPodHash: 'c3',
				stableRS: 'b2',
				currentStepIndex: 1,
				observedGeneration: '1',
				pauseConditions: [{reason: 'CanaryPauseStep'}],
				...status,
			},
		},
		{annotations: {...tracked, 'rollout.argoproj.io/revision': '3'}},
	);
const setOf = (owner: string, key: string, revision: number, image: string, hash: JsonObject) =>
	object(
		'ReplicaSet',
		'apps/v1',
		`web-${revision}`,
		{spec: {template: template(image, hash)}},
		{
			labels: {app: 'web', ...hash},
			annotations: {[key]: String(revision)},
			ownerReferences: [{apiVersion: 'x/v1', kind: 'X', name: 'web', uid: owner, controller: true}],
		},
	);
const argoSets = [
	['a1', 'web:1'],
	['b2', 'web:2'],
	['c3', 'web:3'],
].map(([hash = '', image = ''], index) =>
	setOf('uid-web', 'rollout.argoproj.io/revision', index + 1, image, {'rollouts-pod-template-hash': hash}),
);
const application = object(
	'Application',
	'argoproj.io/v1alpha1',
	'shop-app',
	{
		spec: {source: {repoURL: 'https://git.example/shop.git'}, syncPolicy: {automated: {selfHeal: true}}},
	},
	{namespace: 'argocd'},
);

const deployment = (name: string, image: string, revision: string) =>
	object(
		'Deployment',
		'apps/v1',
		name,
		{spec: {selector, template: template(image)}},
		{annotations: {'deployment.kubernetes.io/revision': revision}},
	);
const to = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'};
const flagger = (status: JsonObject) =>
	object(
		'Canary',
		'flagger.app/v1beta1',
		'web',
		{
			spec: {targetRef: to, analysis: {interval: '1m', maxWeight: 50, stepWeight: 10, threshold: 2}},
			status,
		},
		{uid: 'uid-canary'},
	);
const deploymentSets = ['web:1', 'web:2', 'web:3'].map((image, index) =>
	setOf('uid-web', 'deployment.kubernetes.io/revision', index + 1, image, {'pod-template-hash': `h${index + 1}`}),
);

const world = (objects: readonly KubeObject[]) => fakeCluster({kinds: withRolloutKinds, objects});
function contextOn(cluster: DeployPorts['cluster']): Context<DeployPorts> {
	const {context} = toolContext(cluster);
	return {...context, ports: {cluster, metrics: () => Promise.reject(new Error('nobody asks for metrics'))}};
}
const planned = (objects: readonly KubeObject[], verb: Verb, name = 'web') => planVerb(verb, {name}, contextOn(world(objects).cluster));

test('a promotion is a plan with its step, its difference in the status, and an owner that leaves it alone', async () => {
	expect(await planned([argo(), application], 'promote')).toMatchObject({
		input: {name: 'web', namespace: 'shop', controller: 'argo-rollout', at: 'c3 at step 1', until: 'rest'},
		summary: 'Promote Rollout shop/web past step 2 of 2, pause until promoted',
		changes: [{fields: [{path: ['status', 'pauseConditions'], operation: 'remove'}]}],
		consequences: [{id: 'managed-by-argo-cd', severity: 'info', text: expect.stringContaining('writes its status alone')}],
		preconditions: [{ref: {kind: 'Rollout', name: 'web'}, uid: 'uid-web'}],
		undo: {possible: false},
	});
});

test('another step or another version is another plan', async () => {
	const inputs = await Promise.all(
		[argo(), argo({currentStepIndex: 0}), argo({currentPodHash: 'd4'})].map(each => planned([each], 'promote')),
	);
	expect(new Set(inputs.map(({input}) => JSON.stringify(input))).size).toBe(3);
});

test('a pause of what Argo CD heals says that it is undone within seconds', async () => {
	expect(await planned([argo(), application], 'pause')).toMatchObject({
		consequences: [
			{
				id: 'managed-by-argo-cd',
				severity: 'warning',
				text: expect.stringMatching(/https:\/\/git\.example\/shop\.git: it heals itself: it undoes this/),
			},
		],
	});
});

test('a plain Deployment without a rollout in stages is refused with where to look', async () => {
	await expect(planned([deployment('web', 'web:1', '1')], 'promote')).rejects.toMatchObject({
		trouble: {next: expect.stringContaining('mkcoa deploy status web')},
	});
	await expect(planned([deployment('web', 'web:1', '1')], 'retry')).rejects.toMatchObject({trouble: {code: 'not-now'}});
});

test('an abort of a Flagger Canary gives its target the version of the primary back', async () => {
	const objects = [
		flagger({phase: 'Progressing'}),
		deployment('web', 'web:3', '3'),
		deployment('web-primary', 'web:1', '9'),
		...deploymentSets,
	];
	expect(await planned(objects, 'abort')).toMatchObject({
		summary: 'Roll Deployment shop/web back from revision 3 to 1',
		steps: [
			{writes: [{ref: {kind: 'Deployment', name: 'web'}, patch: [{op: 'replace', path: '/spec/template', value: template('web:1')}]}]},
		],
		consequences: expect.arrayContaining([expect.objectContaining({id: 'how-it-goes', text: expect.stringContaining('rollback by hand')})]),
	});
	await expect(planned([flagger({phase: 'Succeeded'}), deployment('web', 'web:3', '3'), ...deploymentSets], 'abort')).rejects.toMatchObject(
		{
			trouble: {code: 'not-now'},
		},
	);
});

describe('a rollback', () => {
	const back = async (objects: readonly KubeObject[], revision?: number) => {
		const {cluster} = world(objects);
		const backend = await findBackend(cluster, 'shop', 'web');
		if (backend.kind === 'plain') throw new Error('no controller');
		return rollbackControl(cluster, backend, revision);
	};

	test.each([
		['under way, to the version that serves', argo(), undefined, 'from revision 3 to 2', 'no step is run again'],
		['to a numbered revision', argo(), 1, 'from revision 3 to 1', 'runs through every step again'],
		[
			'where all is promoted, to the one before',
			argo({stableRS: 'c3'}),
			undefined,
			'from revision 3 to 2',
			'runs through every step again',
		],
	] as const)('of an Argo Rollout %s', async (_, rollout, revision, summary, how) => {
		const control = await back([rollout, ...argoSets], revision);
		expect(control.summary).toContain(summary);
		expect(control.notes.map(({text}) => text).join()).toContain(how);
		expect(JSON.stringify(control.steps)).not.toContain('rollouts-pod-template-hash');
	});

	test('names the owner that stays one version ahead', async () => {
		const {notes} = await back([argo(), application, ...argoSets]);
		expect(notes).toMatchObject([{}, {}, {id: 'git-stays-ahead', text: expect.stringContaining('still asks for what is revision 3 here')}]);
	});

	test('past the last revision that is kept is refused with the ones that there are', async () => {
		await expect(back([argo(), ...argoSets], 9)).rejects.toMatchObject({
			trouble: {code: 'no-such-revision', why: expect.stringContaining('1, 2, 3')},
		});
	});
});

describe('a new image', () => {
	const imageOf = async (objects: readonly KubeObject[], image: string) => {
		const backend = await findBackend(world(objects).cluster, 'shop', 'web');
		if (backend.kind === 'plain') throw new Error('no controller');
		return versionControl(backend, {image});
	};

	test('of a Flagger Canary goes to its target, and tells how long Flagger takes', async () => {
		expect(await imageOf([flagger({phase: 'Succeeded'}), deployment('web', 'web:3', '3')], 'web:4')).toMatchObject({
			steps: [{title: 'Give Deployment shop/web the image web:4'}],
			notes: [{id: 'steps-are-its-own', text: expect.stringContaining('a promotion takes at least 5 min')}],
		});
	});

	test('or a whole template of a manifest goes to the Rollout as one', async () => {
		const backend = await findBackend(world([argo()]).cluster, 'shop', 'web');
		if (backend.kind === 'plain') throw new Error('no controller');
		const manifest = JSON.stringify({apiVersion: 'v1', kind: 'PodTemplate', metadata: {name: 'any'}, template: template('web:9')});
		expect(versionControl(backend, {manifest})).toMatchObject({
			summary: 'Roll Rollout shop/web out: the pod template of the manifest',
			steps: [{writes: [{patch: [{op: 'replace', path: '/spec/template', value: template('web:9')}]}]}],
		});
	});

	test('that is there already has nothing to do', async () => {
		expect(await imageOf([argo()], 'web:3')).toMatchObject({steps: []});
	});

	test('of what somebody holds is refused, since nothing would roll out', async () => {
		const held = {...argo(), spec: {...(argo().spec as JsonObject), paused: true}};
		await expect(imageOf([held], 'web:4')).rejects.toMatchObject({
			trouble: {code: 'not-now', next: expect.stringContaining('mkcoa deploy resume')},
		});
	});
});
