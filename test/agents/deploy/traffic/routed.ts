import type {Json, JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {jsonPatch} from '../../../../src/core/patch/json-patch.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {deployment, object} from '../../../support/kube-objects.ts';

type Parts = {readonly metadata?: JsonObject; readonly [key: string]: JsonObject[string]};

/** A Deployment web whose pods carry `app: web`. */
export const web = deployment({metadata: {uid: 'uid-web'}});

export const service = (name = 'web', selector: {readonly [key: string]: string} = {app: 'web'}, spec: JsonObject = {}): KubeObject =>
	object('v1', 'Service', name, {spec: {selector, ports: [{name: 'http', port: 80, targetPort: 8080}], ...spec}});

export const gateway = (rules: readonly JsonObject[], {metadata, ...rest}: Parts = {}, name = 'web'): KubeObject =>
	object('gateway.networking.k8s.io/v1', 'HTTPRoute', name, {
		metadata: {uid: `uid-${name}`, ...metadata},
		spec: {parentRefs: [{name: 'edge'}], rules},
		...rest,
	});

export const virtual = (http: readonly JsonObject[], {metadata, ...rest}: Parts = {}, name = 'web'): KubeObject =>
	object('networking.istio.io/v1', 'VirtualService', name, {
		metadata: {uid: `uid-${name}`, ...metadata},
		spec: {hosts: ['web.example.com'], http},
		...rest,
	});

export const ref = (name: string, weight?: number, more: JsonObject = {}): JsonObject => ({
	name,
	port: 80,
	...(weight === undefined ? {} : {weight}),
	...more,
});

export const to = (host: string, weight?: number, more: JsonObject = {}): JsonObject => ({
	destination: {host, ...more},
	...(weight === undefined ? {} : {weight}),
});

export const world = (...objects: readonly KubeObject[]) => ({objects, notChecked: []});

/** A route after those of the writes that are its own. */
export function written(route: KubeObject, writes: readonly Write[]): Json {
	return writes.reduce<Json>((object, write) => {
		if (write.op !== 'patch' || write.ref.name !== route.metadata.name) return object;
		return jsonPatch(object, write.patch);
	}, route);
}
