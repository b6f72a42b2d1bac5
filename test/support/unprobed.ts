import {expect, vi} from 'vitest';
import {numberAt} from '../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Sandbox} from '../../src/sandbox/start.ts';

/** A Deployment of the embedded shop. */
export function deploymentOf({machine}: Pick<Sandbox, 'machine'>, name: string): KubeObject {
	const found = machine.get('Deployment', 'shop', name);
	if (found === undefined) throw new Error(`there is no ${name}`);
	return found;
}

export const templateOf = ({spec}: KubeObject) => Object(Object(spec).template);

/** Takes the probes of a Deployment away and waits for its pods: nothing asks them whether they serve, so they are ready the moment they run. */
export async function unprobed(sandbox: Pick<Sandbox, 'machine'>, name: string): Promise<void> {
	const object = deploymentOf(sandbox, name);
	const template = templateOf(object);
	const {containers, ...rest} = template.spec;
	const bare = containers.map(
		({readinessProbe: _, startupProbe: __, livenessProbe: ___, ...container}: Record<string, unknown>) => container,
	);
	const spec = {...Object(object.spec), template: {...template, spec: {...rest, containers: bare}}};
	sandbox.machine.update({...object, spec} as KubeObject, 'test');
	const wanted = numberAt(object, 'spec', 'replicas');
	await vi.waitFor(() => {
		const {status, metadata} = deploymentOf(sandbox, name);
		expect(status).toMatchObject({
			observedGeneration: metadata.generation,
			updatedReplicas: wanted,
			replicas: wanted,
			readyReplicas: wanted,
		});
	}, 20_000);
}
