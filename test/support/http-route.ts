import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';

const group = 'gateway.networking.k8s.io';

/** HTTPRoutes as the Gateway API defines them, without its schema. */
export const httpRouteDefinition: KubeObject = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {
		name: `httproutes.${group}`,
		// The API server takes a definition below *.k8s.io only with the page on which it was approved.
		annotations: {'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/3328'},
	},
	spec: {
		group,
		scope: 'Namespaced',
		names: {kind: 'HTTPRoute', listKind: 'HTTPRouteList', plural: 'httproutes', singular: 'httproute', categories: ['gateway-api']},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
				subresources: {status: {}},
			},
		],
	},
};

/** A route in the namespace app, or another. */
export const httpRoute = (
	name: string,
	rules: readonly JsonObject[],
	annotations: {readonly [key: string]: string} = {},
	namespace = 'app',
): KubeObject => ({
	apiVersion: `${group}/v1`,
	kind: 'HTTPRoute',
	metadata: {name, namespace, ...(Object.keys(annotations).length === 0 ? {} : {annotations})},
	spec: {rules},
});
