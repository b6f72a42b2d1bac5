import {expect, test, vi} from 'vitest';
import {deploymentBlueGreen} from '../../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {numberAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {shopRoad} from '../../../../support/shop-road.ts';

const {run, sandbox} = await shopRoad();
const {machine} = sandbox;
const web = (): KubeObject => {
	const found = machine.get('Deployment', 'shop', 'web');
	if (found === undefined) throw new Error('there is no web');
	return found;
};
const template = () => Object(Object(web().spec).template);

/** Nothing asks its pods whether they serve: they are ready the moment they run. */
async function unasked(): Promise<void> {
	const {containers, ...rest} = template().spec;
	const bare = containers.map(
		({readinessProbe: _, startupProbe: __, livenessProbe: ___, ...container}: Record<string, unknown>) => container,
	);
	machine.update(
		{...web(), spec: {...Object(web().spec), template: {...template(), spec: {...rest, containers: bare}}}} as KubeObject,
		'test',
	);
	const wanted = numberAt(web(), 'spec', 'replicas');
	await vi.waitFor(() => {
		const {status, metadata} = web();
		expect(status).toMatchObject({
			observedGeneration: metadata.generation,
			updatedReplicas: wanted,
			replicas: wanted,
			readyReplicas: wanted,
		});
	}, 20_000);
}

test('a preview whose pods are ready for a moment and crash gets no traffic', async () => {
	await unasked();
	const service = () => JSON.stringify(machine.get('Service', 'shop', 'web')?.spec);
	const [before, led] = [template(), service()];
	const {outcome, trail} = await run(deploymentBlueGreen, {name: 'web', image: 'registry.example/shop/web:9.9-crash'});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', left: []});
	expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/CrashLoopBackOff|restart/);
	expect([template(), service()]).toEqual([before, led]);
	const sent = JSON.stringify([...trail.effects.values()]);
	expect(sent).toContain('web-preview');
	expect(sent).not.toMatch(/"op":"patch"[^}]*"kind":"Service"/);
	expect(trail.entries[0]?.plan.verify.join()).toContain(
		'web-preview is ready at full size, and runs for 10 s without a restart, since it has no readiness probe, before it gets any traffic',
	);
});
