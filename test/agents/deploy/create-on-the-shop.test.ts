import {expect, test} from 'vitest';
import {deploymentCreate} from '../../../src/agents/deploy/tools/deployment-create.ts';
import {generateK8sConfig} from '../../../src/agents/deploy/tools/generate-k8s-config.ts';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {namespace} from '../../../src/sandbox/scenarios/objects.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, sandbox} = await shopRoad();
const image = (name: string, tag: string) => `registry.example/shop/${name}:${tag}`;
sandbox.machine.create(namespace('vault', {'pod-security.kubernetes.io/enforce': 'restricted'}), 'test');

const there = (kind: string, name: string, where = 'vault') => sandbox.machine.get(kind, where, name);
const planOf = (outcome: AnyOutcome) => (outcome.kind === 'planned' ? outcome.plan : undefined);

test('a set is created in a namespace of the level restricted, and every pod of the least number is waited for', async () => {
	const {outcome} = await run(deploymentCreate, {image: image('gift', '1.0'), namespace: 'vault', replicas: 3, health: '/healthz'});
	expect(outcome).toMatchObject({kind: 'done', output: {ready: [{object: 'Deployment vault/gift', pods: 3}]}});
	expect(numberAt(there('Deployment', 'gift') ?? null, 'status', 'readyReplicas')).toBe(3);
	expect(
		['NetworkPolicy', 'ServiceAccount', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'].filter(kind => !there(kind, 'gift')),
	).toEqual([]);
});

test('the plan tells before anything is done what the checks find', async () => {
	const input = {image: image('big', '1.0'), namespace: 'shop', cpu: '9', envFrom: ['secret/nobody'], replicas: 3};
	const plan = planOf((await run(deploymentCreate, input, {mode: 'plan'})).outcome);
	expect(plan?.consequences.map(({id, severity}) => `${severity} ${id}`)).toEqual(
		expect.arrayContaining(['danger pod-fits-a-node', 'warning references-exist', 'warning quota-has-room']),
	);
	expect(plan?.risk.level).toBe('high');
	expect(there('Deployment', 'big', 'shop')).toBeUndefined();
});

test('pods that never run end the wait with their reason, and leave a way back', async () => {
	const {outcome} = await run(deploymentCreate, {image: image('loop', '1.0-crash'), namespace: 'vault', readyWithin: '3m'});
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'not-ready', next: expect.stringMatching(/^Take it back with: mkcoa undo /)},
	});
	expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/2 of 2 new pods cannot run/);
});

test('a workload that is there is not made again, and manifests without a workload are not for this', async () => {
	expect((await run(deploymentCreate, {image: image('web', '9.0'), namespace: 'shop'})).outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'already-there', next: expect.stringContaining('mkcoa deploy canary web')},
	});
	const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';
	expect((await run(deploymentCreate, {manifest})).outcome).toMatchObject({kind: 'failed', error: {code: 'no-workload'}});
});

test('the manifests that are printed are those that would be created, with what the checks say', async () => {
	const {outcome} = await run(generateK8sConfig, {image: image('mail', '1.0'), namespace: 'shop', memory: '200Gi'});
	const output = generateK8sConfig.output.parse(outcome.kind === 'done' ? outcome.output : undefined);
	const text = generateK8sConfig.text(output, {width: 80, terminal: false, nowMs: 0});
	expect(text.split('\n---\n')).toHaveLength(6);
	expect(text).toContain('\n# ✗ Deployment shop/mail: A pod asks for 100m CPU and 204800Mi');
	expect(text.trimEnd().split('\n').at(-1)).toMatch(/^# - \d of \d+ checks failed$/);
});

test('manifests of a file are checked as they are', async () => {
	const manifest = 'apiVersion: v1\nkind: Service\nmetadata: {name: lost}\nspec: {selector: {app: nobody}, ports: [{port: 80}]}\n';
	const {outcome} = await run(generateK8sConfig, {manifest, namespace: 'shop'});
	expect(outcome).toMatchObject({
		output: {
			findings: [
				{id: 'service-reaches-pods', status: 'fail', cause: expect.stringContaining('fits no workload of the set, and none that is there')},
			],
		},
	});
});
