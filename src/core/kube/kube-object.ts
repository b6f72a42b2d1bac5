import type {Json, JsonObject} from '../json.ts';

/** An object as the API server writes it: raw JSON, no field dropped. */
export type KubeObject = JsonObject & {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: ObjectMeta;
};

/** The part of metadata that mkcoa reads; other keys pass through untouched. */
export type ObjectMeta = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly uid?: string | undefined;
	readonly resourceVersion?: string | undefined;
	readonly generation?: number | undefined;
	readonly creationTimestamp?: string | undefined;
	readonly deletionTimestamp?: string | undefined;
	readonly labels?: {readonly [key: string]: string} | undefined;
	readonly annotations?: {readonly [key: string]: string} | undefined;
	readonly ownerReferences?: readonly OwnerReference[] | undefined;
	readonly finalizers?: readonly string[] | undefined;
	readonly [key: string]: Json | undefined;
};

export type OwnerReference = {
	readonly apiVersion: string;
	readonly kind: string;
	readonly name: string;
	readonly uid: string;
	readonly controller?: boolean | undefined;
	readonly [key: string]: Json | undefined;
};

/** Names one object. Cluster-scoped objects have no namespace. */
export type Ref = {
	readonly apiVersion: string;
	readonly kind: string;
	readonly namespace?: string | undefined;
	readonly name: string;
};

/** The name of an object for people: `Deployment shop/web`, `Node node-1`. */
export const refText = ({kind, namespace, name}: Ref) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `apps/v1` → `apps`; the core group is empty. */
export const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

/** One text for one object, whatever the version of its API group, to index by. */
export const refKey = ({apiVersion, kind, namespace, name}: Ref) => `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`;

/** The name of an object that is at hand. */
export const refOf = ({apiVersion, kind, metadata}: KubeObject): Ref => ({
	apiVersion,
	kind,
	...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
	name: metadata.name,
});
