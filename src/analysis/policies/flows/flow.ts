import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {templateLabels} from '../../detection/routing.ts';

/** Who asks. `cluster` is any pod of any namespace, `anywhere` whoever reaches the pods at all. */
export type Caller =
	| {readonly kind: 'workload'; readonly workload: KubeObject}
	| {readonly kind: 'namespace'; readonly name: string}
	| {readonly kind: 'cluster' | 'anywhere'};

/** A port of a pod, by its number or its name there. */
export type FlowPort = {readonly port: number | string; readonly protocol: 'TCP' | 'UDP' | 'SCTP'};

/** A connection that has to work, and why that is known. */
export type Flow = {
	readonly from: Caller;
	readonly to: KubeObject;
	readonly ports: readonly FlowPort[];
	/** `Deployment shop/web names Service db`, `observed`. */
	readonly because: string;
};

/** A connection to what is no pod of the cluster: a block of addresses, and what of it is left out. */
export type OutsideFlow = {
	readonly from: KubeObject;
	readonly cidr: string;
	readonly except: readonly string[];
	readonly ports: readonly FlowPort[];
	readonly because: string;
};

/** Labels that the pods of a workload have, and no others: its selector, or those of its template where it has none. */
export function labelsOf(workload: KubeObject): JsonObject {
	const chosen = objectAt(workload, 'spec', 'selector', 'matchLabels');
	return Object.keys(chosen).length > 0 ? chosen : objectAt(templateLabels(workload));
}

/** How a policy selects the pods of a workload; undefined where nothing tells them from others. */
export function selectorOf(workload: KubeObject): JsonObject | undefined {
	const selector = objectAt(workload, 'spec', 'selector');
	if (Object.keys(objectAt(selector, 'matchLabels')).length > 0 || valueAt(selector, 'matchExpressions') !== undefined) return selector;
	const labels = labelsOf(workload);
	return Object.keys(labels).length === 0 ? undefined : {matchLabels: labels};
}

export const namespaceOf = ({metadata}: KubeObject) => metadata.namespace ?? '';

export const protocolOf = (port: JsonObject): FlowPort['protocol'] => {
	const said = textAt(port, 'protocol');
	return said === 'UDP' || said === 'SCTP' ? said : 'TCP';
};
