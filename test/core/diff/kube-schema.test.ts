import {expect, test} from 'vitest';
import {type FieldSchema, type KubeSchema, readKubeSchema} from '../../../src/core/diff/kube-schema.ts';
import {kubeSchemaJson} from '../../../src/core/generated/kube-schema.ts';

const schema: KubeSchema = readKubeSchema(kubeSchemaJson);
const at = (apiVersion: string, kind: string, path: string): FieldSchema | undefined => schema.at(apiVersion, kind, path.split('.'));

test.each([
	['apps/v1', 'Deployment', 'spec.template.spec.containers', {kind: 'list', list: 'map', keys: ['name'], mergeKey: 'name'}],
	[
		'apps/v1',
		'Deployment',
		'spec.template.spec.containers.*.ports',
		{list: 'map', keys: ['containerPort', 'protocol'], mergeKey: 'containerPort'},
	],
	['apps/v1', 'Deployment', 'spec.template.spec.containers.*.args', {kind: 'list', list: 'atomic'}],
	['apps/v1', 'Deployment', 'spec.template.spec.tolerations', {kind: 'list', list: 'atomic'}],
	['apps/v1', 'Deployment', 'spec.template.spec.containers.*.resources.limits.*', {kind: 'scalar', scalar: 'quantity'}],
	['apps/v1', 'Deployment', 'spec.strategy', {kind: 'object', strategy: 'retainKeys', type: 'apps.v1.DeploymentStrategy'}],
	['apps/v1', 'Deployment', 'spec.selector', {kind: 'object', atomic: true}],
	['apps/v1', 'Deployment', 'spec.replicas', {kind: 'scalar', scalar: 'integer'}],
	['v1', 'Service', 'spec.selector', {kind: 'map', atomic: true}],
	['v1', 'Pod', 'metadata.finalizers', {kind: 'list', list: 'set', mergeKey: ''}],
	['v1', 'PersistentVolume', 'spec.claimRef', {kind: 'object', atomic: false}],
	['v1', 'Pod', 'spec.dnsPolicy', {kind: 'scalar', values: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']}],
] as const)('%s %s %s is merged as its API says', (apiVersion, kind, path, expected) => {
	expect(at(apiVersion, kind, path)).toMatchObject(expected);
});

test('a field or a kind that does not exist is undefined', () => {
	expect(at('apps/v1', 'Deployment', 'spec.replica')).toBeUndefined();
	expect(at('apps/v1', 'Deployment', 'spec.constructor')).toBeUndefined();
	expect(schema.kind('argoproj.io/v1alpha1', 'Rollout')).toBeUndefined();
});

test('the table is small and knows every kind of Kubernetes itself', () => {
	expect(kubeSchemaJson.length).toBeLessThan(200_000);
	expect(schema.kinds).toEqual(expect.arrayContaining(['v1 Pod', 'apps/v1 StatefulSet', 'policy/v1 PodDisruptionBudget']));
});
