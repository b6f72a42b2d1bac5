import {beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {deployed, podsOf, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, read, written} = real;
beforeAll(async () => {
	await deployed(real, 'web', {replicas: 3});
	const spec = {minAvailable: 3, selector: {matchLabels: {app: 'web'}}};
	await real.create(shop.budgets(), {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'web'}, spec});
	await allowing(0, 3);
});

/** The budget has seen its last change, and this many healthy pods. */
const allowing = (disruptions: number, healthy: number) =>
	real.eventually(shop.budgets('web'), budget => {
		const isSeen = at(budget, 'status', 'observedGeneration') === at(budget, 'metadata', 'generation');
		return isSeen && at(budget, 'status', 'disruptionsAllowed') === disruptions && at(budget, 'status', 'currentHealthy') === healthy;
	});
const onNode = (node: string) => `${podsOf('web')}&fieldSelector=spec.nodeName%3D${node}`;
const firstPod = async () => {
	const list = await read(podsOf('web'));
	return {name: String(at(list, 'items', 0, 'metadata', 'name')), node: String(at(list, 'items', 0, 'spec', 'nodeName'))};
};

test('a budget without room stops an eviction before anything is sent, and is named', async () => {
	const before = written().length;
	const {name} = await firstPod();
	const {code, outcome} = await mkcoa(`k8s evict ${name}`);
	expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed'}});
	expect(JSON.stringify(at(outcome, 'error'))).toContain('web');
	expect(written(before)).toEqual([]);
});

test('with room the pod goes, and another comes', async () => {
	await real.merge(shop.budgets('web'), {spec: {minAvailable: 2}});
	await allowing(1, 3);
	const {name} = await firstPod();
	expect(await mkcoa(`k8s evict ${name}`)).toMatchObject({code: 0, outcome: {kind: 'done', output: {pod: `Pod shop/${name}`}}});
	await real.gone(shop.pods(name));
	await allowing(1, 3);
});

test('a drain empties the node pod by pod, as the budget allows', async () => {
	// Every pod on one node, so that the budget makes the drain wait.
	const {node} = await firstPod();
	const others = ['node-a', 'node-b', 'node-c'].filter(other => other !== node);
	for (const other of others) expect(await mkcoa(`k8s cordon ${other}`)).toMatchObject({code: 0});
	for (const other of others) {
		expect(await mkcoa(`k8s drain ${other}`)).toMatchObject({code: 0});
		// A drain ends when its pods are gone: the next one needs the room that their successors give back.
		await allowing(1, 3);
	}
	// First the pods: the budget tells of three healthy ones until it has seen that one is gone.
	await real.eventually(onNode(node), list => at(list, 'items', 'length') === 3);
	await allowing(1, 3);
	for (const other of others) expect(await mkcoa(`k8s cordon ${other} --uncordon`)).toMatchObject({code: 0});

	const before = written().length;
	const {code, outcome} = await mkcoa(`k8s drain ${node}`);
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {node}}});
	expect(at(outcome, 'output', 'evicted', 'length')).toBe(3);
	const accepted = written(before).filter(({path, code: answer}) => path.includes('/eviction') && answer === 201);
	expect(accepted).toHaveLength(3);
	expect(at(await read(onNode(node)), 'items', 'length')).toBe(0);
	await allowing(1, 3);
});
