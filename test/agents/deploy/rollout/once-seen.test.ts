import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {onceSeen} from '../../../../src/agents/deploy/rollout/once-seen.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {hastyClock} from '../../../support/change-run.ts';

const web = (generation: number, observedGeneration: number): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', namespace: 'shop', generation},
	status: {observedGeneration},
});

/** A server that answers with one of these after the other, and with the last one from then on. */
const reading = (first: KubeObject, ...later: readonly KubeObject[]) => {
	let asked = 0;
	const get = async () => later[Math.min(asked++, later.length - 1)];
	// Nothing else is asked for.
	const ports = {cluster: {get}} as unknown as DeployPorts;
	const found = onceSeen(first, {ports, clock: hastyClock(), signal: new AbortController().signal});
	return found.then(object => ({object, asked}));
};

test('a workload that was seen is not asked for again', async () => {
	expect(await reading(web(2, 2))).toEqual({object: web(2, 2), asked: 0});
});

test('one that was applied a moment ago is waited for', async () => {
	expect(await reading(web(1, 0), web(1, 0), web(1, 1))).toEqual({object: web(1, 1), asked: 2});
});

test('one whose controller does not come is answered as it is, after five seconds', async () => {
	expect(await reading(web(3, 2), web(3, 2))).toEqual({object: web(3, 2), asked: 20});
});
