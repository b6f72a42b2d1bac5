import {expect, test, vi} from 'vitest';
import {deploymentUpdate} from '../../../../../src/agents/deploy/tools/deployment-update.ts';
import {numberAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {shopRoad} from '../../../../support/shop-road.ts';

const {run, sandbox} = await shopRoad();
const {machine} = sandbox;
const worker = (): KubeObject => {
	const found = machine.get('Deployment', 'shop', 'worker');
	if (found === undefined) throw new Error('there is no worker');
	return found;
};
const template = () => Object(Object(worker().spec).template);

/** Nothing asks its pods whether they serve: they are ready the moment they run. */
async function unasked(): Promise<void> {
	const object = worker();
	const {containers, ...rest} = template().spec;
	const bare = containers.map(
		({readinessProbe: _, startupProbe: __, livenessProbe: ___, ...container}: Record<string, unknown>) => container,
	);
	const spec = {...Object(object.spec), template: {...template(), spec: {...rest, containers: bare}}};
	machine.update({...object, spec} as KubeObject, 'test');
	const wanted = numberAt(object, 'spec', 'replicas');
	await vi.waitFor(() => {
		const {status, metadata} = worker();
		expect(status).toMatchObject({
			observedGeneration: metadata.generation,
			updatedReplicas: wanted,
			replicas: wanted,
			readyReplicas: wanted,
		});
	}, 20_000);
}

test('a version whose pods are ready for a moment and crash is not taken for rolled out', async () => {
	await unasked();
	const before = template();
	const image = 'registry.example/shop/worker:9.9-crash';
	const {outcome, trail} = await run(deploymentUpdate, {name: 'worker', image});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', error: {code: 'rolling-failed'}, left: []});
	expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/CrashLoopBackOff|restart/);
	expect(template()).toEqual(before);
	expect(trail.entries[0]?.plan.verify.join()).toContain('and runs for 10 s without a restart, since it has no readiness probe');
});

test('one whose pods go on running is', async () => {
	const {outcome} = await run(deploymentUpdate, {name: 'worker', image: 'registry.example/shop/worker:9.9'});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {result: 'rolled-out'}});
});
