import type {KubeObject} from '../../core/kube/kube-object.ts';

/** A part of a rule's requests that is sent a second time, 0 to 1, and to which Service, `namespace/name`. */
export type Copy = {readonly service: string; readonly ratio: number};

/** Where a rule sends a share of its requests. Without a Service it is something that no simulated request can reach. */
export type Backend = {readonly service: string | undefined; readonly weight: number; readonly copies: readonly Copy[]};

/** A rule of a route, whatever its kind. */
export type RouteRule = {
	/** It asks for a header, a query parameter or a method, so that few requests come by it. */
	readonly isNarrow: boolean;
	/** The gateway answers by itself, with this code. */
	readonly answer?: string | undefined;
	readonly backends: readonly Backend[];
	readonly copies: readonly Copy[];
};

/** `namespace/name` of objects, as Services and routes are told apart. */
export const placeOf = ({metadata: {namespace, name}}: KubeObject) => `${namespace ?? ''}/${name}`;
