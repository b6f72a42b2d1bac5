import {readKubeSchema} from '../../src/core/diff/kube-schema.ts';
import {kubeSchemaJson} from '../../src/core/generated/kube-schema.ts';
import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';

/** The schema of Kubernetes itself, read once. */
export const schema = readKubeSchema(kubeSchemaJson);

type Parts = {readonly metadata?: JsonObject; readonly [key: string]: JsonObject[string]};

/** Small objects for tests: what a test does not say is as plain as can be. */
export const object = (apiVersion: string, kind: string, name: string, {metadata = {}, ...rest}: Parts = {}): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop', ...metadata},
	...rest,
});

export type ContainerParts = {readonly name?: string; readonly image?: string; readonly [key: string]: JsonObject[string]};

export const deployment = (
	{
		replicas = 4,
		container = {},
		pod = {},
		spec = {},
		metadata = {},
	}: {
		readonly replicas?: number;
		readonly container?: ContainerParts;
		readonly pod?: JsonObject;
		readonly spec?: JsonObject;
		readonly metadata?: JsonObject;
	} = {},
	name = 'web',
): KubeObject =>
	object('apps/v1', 'Deployment', name, {
		metadata,
		spec: {
			replicas,
			selector: {matchLabels: {app: name}},
			template: {
				metadata: {labels: {app: name}},
				spec: {containers: [{name, image: 'registry.example.com/shop/web:1.0', ...container}], ...pod},
			},
			...spec,
		},
	});
