import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';

/** A VirtualService of Istio in the namespace app, or another. */
export const virtualService = (
	name: string,
	http: readonly JsonObject[],
	annotations: {readonly [key: string]: string} = {},
	namespace = 'app',
): KubeObject => ({
	apiVersion: 'networking.istio.io/v1',
	kind: 'VirtualService',
	metadata: {name, namespace, ...(Object.keys(annotations).length === 0 ? {} : {annotations})},
	spec: {hosts: [name], http},
});
