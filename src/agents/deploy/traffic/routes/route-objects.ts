import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import {objectsAt, textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Neighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import type {GitOpsOwner} from '../../ownership/owners-of.ts';
import {isCopyOf, isCopySelector} from '../copy/separate-copy.ts';
import type {Dialect} from '../dialects/dialect.ts';
import {gatewayDialect} from '../dialects/gateway-dialect.ts';
import {istioDialect} from '../dialects/istio-dialect.ts';

/** The objects around a workload that have to do with its requests, of any kinds, and what could not be looked at. */
export type RouteObjects = Neighbours & {
	/** By the key of a route that leads to the workload: who deploys it from somewhere. Nothing is known of others. */
	readonly owners?: ReadonlyMap<string, readonly GitOpsOwner[]> | undefined;
};

/** `namespace/name`, as routes and Services are matched. */
export const placeOf = ({metadata: {namespace, name}}: KubeObject) => `${namespace ?? ''}/${name}`;

/** How a route writes its rules; undefined for other objects. */
export function dialectOf({apiVersion, kind}: KubeObject): Dialect | undefined {
	if (apiVersion.startsWith('gateway.networking.k8s.io/')) return ['HTTPRoute', 'GRPCRoute'].includes(kind) ? gatewayDialect : undefined;
	return apiVersion.startsWith('networking.istio.io/') && kind === 'VirtualService' ? istioDialect : undefined;
}

/** The Services that a route sends requests to, as `namespace/name`, each once; none for other objects. */
export function placesBehind(route: KubeObject): readonly string[] {
	const dialect = dialectOf(route);
	if (dialect === undefined) return [];
	const targets = objectsAt(route, 'spec', dialect.rules).flatMap(rule => objectsAt(rule, dialect.targets));
	return [...new Set(targets.flatMap(target => dialect.serviceOf(target, route) ?? []))];
}

/** Whether a Service is that of a copy, so that its requests are a canary's. */
export const isCopyService = (object: KubeObject) => object.kind === 'Service' && isCopySelector(textMapAt(object, 'spec', 'selector'));

/** The Services that select a workload's pods, by its template. Those of copies are not among them. */
export function servicesOf(workload: KubeObject, {objects}: RouteObjects): readonly KubeObject[] {
	const labels = textMapAt(workload, 'spec', 'template', 'metadata', 'labels');
	return objects.filter(
		object =>
			object.kind === 'Service' &&
			object.metadata.namespace === workload.metadata.namespace &&
			!isCopyService(object) &&
			fitsMap(valueAt(object, 'spec', 'selector'), labels),
	);
}

/**
 * The objects as they were before a rollout of this workload: what its copies brought along is not there, and what it changes since is as it was.
 * A rollout that goes on makes the same writes from them as it did at its start.
 * @param before the changed objects, from the time before
 */
export function objectsBefore({objects, notChecked}: RouteObjects, workload: KubeObject, before: readonly KubeObject[]): RouteObjects {
	const known = new Map(before.map(object => [refKey(refOf(object)), object]));
	const isOwnCopy = ({metadata}: KubeObject) =>
		metadata.namespace === workload.metadata.namespace && isCopyOf(metadata.labels ?? {}, workload.metadata.name);
	const kept = objects.filter(object => !isOwnCopy(object)).map(object => known.get(refKey(refOf(object))) ?? object);
	return {objects: kept, notChecked};
}
