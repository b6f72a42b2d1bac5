import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';

/** A route in the namespace app, or another. */
export const httpRoute = (
	name: string,
	rules: readonly JsonObject[],
	annotations: {readonly [key: string]: string} = {},
	namespace = 'app',
): KubeObject => ({
	apiVersion: 'gateway.networking.k8s.io/v1',
	kind: 'HTTPRoute',
	metadata: {name, namespace, ...(Object.keys(annotations).length === 0 ? {} : {annotations})},
	spec: {rules},
});
