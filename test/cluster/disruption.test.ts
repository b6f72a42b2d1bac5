import {afterAll, beforeAll, expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {auditedRequests, writes} from './audit.ts';
import {type Answered, commandLineOn} from './command-line.ts';
import {at, deployment} from './compare/row.ts';
import {request} from './request.ts';
import {until} from './seed.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

const folder = await temporaryFolder();
const budgets = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';
const pods = '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb';
let plane: ControlPlane;
let mkcoa: (words: string) => Promise<Answered>;
beforeAll(async () => {
	plane = await startControlPlane();
	mkcoa = commandLineOn(plane.kubeconfig, folder);
	const web = deployment('web', {replicas: 3});
	await send('POST', '/apis/apps/v1/namespaces/shop/deployments', {...web, metadata: {...web.metadata, namespace: 'shop'}});
	const spec = {minAvailable: 3, selector: {matchLabels: {app: 'web'}}};
	await send('POST', budgets, {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'web'}, spec});
	await allowing(0, 3);
});
afterAll(() => plane.stop());

const admin = () => ({url: plane.url, ca: plane.ca, token: plane.tokens.admin});
const send = (method: string, path: string, body: object, headers = {}) => request(admin(), {method, path, body, headers});
const json = async (path: string): Promise<unknown> => JSON.parse((await request(admin(), {path})).text);
/** The budget has seen its last change, and this many healthy pods. */
const allowing = (disruptions: number, healthy: number) =>
	until(
		admin(),
		{path: `${budgets}/web`},
		({text}) => {
			const budget: unknown = JSON.parse(text);
			const isSeen = at(budget, 'status', 'observedGeneration') === at(budget, 'metadata', 'generation');
			return isSeen && at(budget, 'status', 'disruptionsAllowed') === disruptions && at(budget, 'status', 'currentHealthy') === healthy;
		},
		AbortSignal.timeout(25_000),
	);
const writesSince = (count: number) => writes(auditedRequests(plane.auditLog)).slice(count);
const firstPod = async () => {
	const list = await json(pods);
	return {name: String(at(list, 'items', 0, 'metadata', 'name')), node: String(at(list, 'items', 0, 'spec', 'nodeName'))};
};

test('a budget without room stops an eviction before anything is sent, and is named', async () => {
	const before = writesSince(0).length;
	const {name} = await firstPod();
	const {code, outcome} = await mkcoa(`k8s evict ${name}`);
	expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed'}});
	expect(JSON.stringify(at(outcome, 'error'))).toContain('web');
	expect(writesSince(before)).toEqual([]);
});

test('with room the pod goes, and another comes', async () => {
	await send('PATCH', `${budgets}/web`, {spec: {minAvailable: 2}}, {'content-type': 'application/merge-patch+json'});
	await allowing(1, 3);
	const {name} = await firstPod();
	expect(await mkcoa(`k8s evict ${name}`)).toMatchObject({code: 0, outcome: {kind: 'done', output: {pod: `Pod shop/${name}`}}});
	await until(admin(), {path: `/api/v1/namespaces/shop/pods/${name}`}, ({status}) => status === 404, AbortSignal.timeout(25_000));
	await allowing(1, 3);
});

test('a drain empties the node pod by pod, as the budget allows', async () => {
	// Every pod on one node, so that the budget makes the drain wait.
	const {node} = await firstPod();
	const others = ['node-a', 'node-b', 'node-c'].filter(other => other !== node);
	for (const other of others) expect(await mkcoa(`k8s cordon ${other}`)).toMatchObject({code: 0});
	for (const other of others) await mkcoa(`k8s drain ${other}`);
	await allowing(1, 3);
	expect(at(await json(`${pods}&fieldSelector=spec.nodeName%3D${node}`), 'items', 'length')).toBe(3);
	for (const other of others) expect(await mkcoa(`k8s cordon ${other} --uncordon`)).toMatchObject({code: 0});

	const before = writesSince(0).length;
	const {code, outcome} = await mkcoa(`k8s drain ${node}`);
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {node}}});
	expect(at(outcome, 'output', 'evicted', 'length')).toBe(3);
	const accepted = writesSince(before).filter(({path, code: answer}) => path.includes('/eviction') && answer === 201);
	expect(accepted).toHaveLength(3);
	expect(at(await json(`${pods}&fieldSelector=spec.nodeName%3D${node}`), 'items', 'length')).toBe(0);
	await allowing(1, 3);
});
