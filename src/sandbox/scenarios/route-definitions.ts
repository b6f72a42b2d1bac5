import type {JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

type Kind = {
	readonly group: string;
	readonly kind: string;
	readonly plural: string;
	/** The first one is stored. */
	readonly versions: readonly string[];
	readonly shortNames?: readonly string[];
	readonly category: string;
	readonly annotations?: {readonly [key: string]: string};
};

/** A custom kind as its project defines it, without its schema: every field is taken. */
const definition = ({group, kind, plural, versions, shortNames = [], category, annotations}: Kind): KubeObject => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: `${plural}.${group}`, ...(annotations === undefined ? {} : {annotations})},
	spec: {
		group,
		scope: 'Namespaced',
		names: {kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), shortNames, categories: [category]},
		versions: versions.map(
			(name, index): JsonObject => ({
				name,
				served: true,
				storage: index === 0,
				schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
				subresources: {status: {}},
			}),
		),
	},
});

/** HTTPRoutes of the Gateway API. */
export const httpRouteDefinition = definition({
	group: 'gateway.networking.k8s.io',
	kind: 'HTTPRoute',
	plural: 'httproutes',
	versions: ['v1'],
	category: 'gateway-api',
	// The API server takes a definition below *.k8s.io only with the page on which it was approved.
	annotations: {'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/3328'},
});

/** VirtualServices of Istio. */
export const virtualServiceDefinition = definition({
	group: 'networking.istio.io',
	kind: 'VirtualService',
	plural: 'virtualservices',
	versions: ['v1', 'v1beta1'],
	shortNames: ['vs'],
	category: 'istio-io',
});
