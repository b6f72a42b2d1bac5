import {expect, test} from 'vitest';
import {seeCanary} from '../../../../src/agents/deploy/canary/see-canary.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const track = 'mkcoa.dev/track';
const pod = (name: string, labels: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'shop', labels: {app: 'web', ...labels}},
	spec: {containers: [{name: 'web'}]},
	status: {conditions: [{type: 'Ready', status: 'True'}]},
});
const deployment = (name: string, spec: JsonObject, status: JsonObject = {}): KubeObject => ({
	...webDeployment(),
	metadata: {name, namespace: 'shop', uid: `uid-${name}`},
	spec,
	status,
});
const canary = (more: JsonObject = {}, status: JsonObject = {}) =>
	deployment('web-canary', {selector: {matchLabels: {app: 'web', [track]: 'canary'}}, ...more}, status);
const see = (objects: readonly KubeObject[]) => seeCanary(fakeCluster({objects}).cluster, {namespace: 'shop', name: 'web'});
const pods = [pod('web-1', {[track]: 'stable'}), pod('web-canary-1', {[track]: 'canary'})];

test.each([
	['finds both', {app: 'web'}],
	['tells them apart', {app: 'web', [track]: 'stable'}],
])('each side has its own pods where the stable selector %s', async (_name, matchLabels) => {
	const {names} = await see([deployment('web', {selector: {matchLabels}}), canary(), ...pods]);
	expect(names).toEqual({canary: ['web-canary-1'], stable: ['web-1']});
});

test('a canary that is gone is named', async () => {
	const sight = await see([deployment('web', {selector: {matchLabels: {app: 'web'}}}), ...pods.slice(0, 1)]);
	expect(sight).toMatchObject({missing: 'somebody deleted web-canary', names: {canary: [], stable: ['web-1']}});
});

test('a pod is ready only after minReadySeconds', async () => {
	const stable = deployment('web', {selector: {matchLabels: {app: 'web'}}});
	const readyOf = async (status: JsonObject) => (await see([stable, canary({minReadySeconds: 30}, status), ...pods])).canary.ready;
	expect([await readyOf({readyReplicas: 1}), await readyOf({readyReplicas: 1, availableReplicas: 1})]).toEqual([0, 1]);
});
