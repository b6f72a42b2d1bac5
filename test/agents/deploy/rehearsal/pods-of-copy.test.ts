import {describe, expect, test} from 'vitest';
import {podsOfCopy} from '../../../../src/agents/deploy/rehearsal/pods-of-copy.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

type Owner = readonly [apiVersion: string, kind: string, name: string];

const owned = (apiVersion: string, kind: string, name: string, owner?: Owner, more: JsonObject = {}): KubeObject => ({
	apiVersion,
	kind,
	metadata: {
		name,
		namespace: 'shop',
		labels: {app: 'web', ...(kind === 'Pod' ? {'pod-template-hash': 'abc'} : {})},
		...(owner === undefined ? {} : {ownerReferences: [{apiVersion: owner[0], kind: owner[1], name: owner[2], uid: 'u', controller: true}]}),
	},
	...more,
});
const pod = (owner?: Owner, more: JsonObject = {}) => owned('v1', 'Pod', 'x', owner, more);
const deployment = (app: string) => owned('apps/v1', 'Deployment', 'web', undefined, {spec: {selector: {matchLabels: {app}}}});
const set = (owner?: Owner) => owned('apps/v1', 'ReplicaSet', 'web-abc', owner, {spec: {replicas: 3}});
const rollout: Owner = ['argoproj.io/v1alpha1', 'Rollout', 'web'];
const ofSet: Owner = ['apps/v1', 'ReplicaSet', 'web-abc'];

/** How many pods of the ReplicaSet come by it, undefined where it stays behind, and how many stand alone. */
const split = (objects: readonly KubeObject[], pods: readonly KubeObject[]) => {
	const copied = podsOfCopy(objects, pods);
	const sets = copied.objects.filter(({kind}) => kind === 'ReplicaSet');
	return [sets.map(({spec}) => (spec as JsonObject).replicas)[0], copied.pods.length];
};

describe('every pod of today stands in a copy once:', () => {
	test.each([
		['by its Deployment', [deployment('web'), set(['apps/v1', 'Deployment', 'web'])], pod(ofSet), [0, 0]],
		['by its Deployment, where ReplicaSets could not be read', [deployment('web')], pod(ofSet), [undefined, 0]],
		['by a ReplicaSet of its own', [set()], pod(ofSet), [3, 0]],
		['by the ReplicaSet of an Argo Rollout', [set(rollout)], pod(ofSet), [3, 0]],
		['alone, where a Deployment would take that ReplicaSet for its own', [deployment('web'), set(rollout)], pod(ofSet), [undefined, 1]],
		['by the ReplicaSet of a Deployment that could not be read', [set(['apps/v1', 'Deployment', 'web'])], pod(ofSet), [3, 0]],
		['by its StatefulSet', [owned('apps/v1', 'StatefulSet', 'db')], pod(['apps/v1', 'StatefulSet', 'db']), [undefined, 0]],
		[
			'alone, if another group has that kind',
			[owned('apps/v1', 'StatefulSet', 'db')],
			pod(['apps.kruise.io/v1', 'StatefulSet', 'db']),
			[undefined, 1],
		],
		['alone, if it is of a Job', [owned('batch/v1', 'Job', 'tidy')], pod(['batch/v1', 'Job', 'tidy']), [undefined, 1]],
		['alone, if nobody owns it', [deployment('web')], pod(), [undefined, 1]],
		['not at all, if it has ended', [], pod(['batch/v1', 'Job', 'tidy'], {status: {phase: 'Succeeded'}}), [undefined, 0]],
	] as const)('%s', (_, objects, one, expected) => {
		expect(split(objects, [one])).toEqual(expected);
	});
});
