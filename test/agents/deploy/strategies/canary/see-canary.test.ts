import {expect, test} from 'vitest';
import {seeCanary} from '../../../../../src/agents/deploy/strategies/canary/see-canary.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {webDeployment} from '../../../../support/web-deployment.ts';

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
const see = async (objects: readonly KubeObject[], baseline?: string) => {
	const sight = await seeCanary(fakeCluster({objects}).cluster, {namespace: 'shop', stable: 'web', canary: 'web-canary', baseline});
	const names = (side: 'canary' | 'stable' | 'baseline') => sight.arms[side]?.pods.map(({metadata}) => metadata.name);
	return {...sight, names: {canary: names('canary'), stable: names('stable'), baseline: names('baseline')}};
};
const pods = [pod('web-1', {[track]: 'stable'}), pod('web-canary-1', {[track]: 'canary'})];

test.each([
	['finds both', {app: 'web'}],
	['tells them apart', {app: 'web', [track]: 'stable'}],
])('each side has its own pods where the stable selector %s', async (_name, matchLabels) => {
	const {names} = await see([deployment('web', {selector: {matchLabels}}), canary(), ...pods]);
	expect(names).toEqual({canary: ['web-canary-1'], stable: ['web-1'], baseline: undefined});
});

test('the pods of a baseline are its own', async () => {
	const fresh = deployment('web-baseline', {selector: {matchLabels: {app: 'web', [track]: 'baseline'}}});
	const {names} = await see(
		[deployment('web', {selector: {matchLabels: {app: 'web'}}}), canary(), fresh, ...pods, pod('web-baseline-1', {[track]: 'baseline'})],
		'web-baseline',
	);
	expect(names).toEqual({canary: ['web-canary-1'], stable: ['web-1'], baseline: ['web-baseline-1']});
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
