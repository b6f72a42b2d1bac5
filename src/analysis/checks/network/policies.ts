import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {namespaceOf} from '../on-objects.ts';
import type {Workload, World} from '../world.ts';

const plain = 'networking.k8s.io/NetworkPolicy';
const cilium = 'cilium.io/CiliumNetworkPolicy';
const clusterWide = 'cilium.io/CiliumClusterwideNetworkPolicy';

/** Kinds of policies that choose pods by labels. */
export const policyKinds = [plain, cilium, clusterWide];

export type Direction = 'ingress' | 'egress';

/** One policy, or one of the specs that a policy of Cilium may have. */
type PolicySpec = {readonly policy: KubeObject; readonly spec: Json; readonly selector: Json | undefined; readonly isCilium: boolean};

const specsOf = (policy: KubeObject): readonly PolicySpec[] =>
	[...(isJsonObject(policy.spec) ? [policy.spec] : []), ...listAt(policy, 'specs')].map(spec => ({
		...{policy, spec, selector: plainKeys(valueAt(spec, 'endpointSelector')), isCilium: true},
	}));

/** Cilium may name the source of a label: `k8s:app`, `any:app`. */
function plainKeys(selector: Json | undefined): Json | undefined {
	if (!isJsonObject(selector)) return undefined;
	const keyOf = (key: string) => key.replace(/^(?:k8s|any):/, '');
	const labels = Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => [keyOf(key), value]);
	const expressions = listAt(selector, 'matchExpressions').map(each => ({...objectAt(each), key: keyOf(String(valueAt(each, 'key')))}));
	return {matchLabels: Object.fromEntries(labels), matchExpressions: expressions};
}

/** Policies by the namespace whose pods they may choose; those without one may choose pods of all. */
const policiesIn = oncePerObject((world: World) => {
	const namespaced = [
		...world.ofKind(plain).map((policy): PolicySpec => {
			return {policy, spec: objectAt(policy, 'spec'), selector: valueAt(policy, 'spec', 'podSelector') ?? {}, isCilium: false};
		}),
		...world.ofKind(cilium).flatMap(specsOf),
	];
	const labels = new Map(world.ofKind('Namespace').map(({metadata}) => [metadata.name, metadata.labels ?? {}]));
	return {
		inNamespace: Map.groupBy(namespaced, ({policy}) => namespaceOf(policy)),
		everywhere: world.ofKind(clusterWide).flatMap(specsOf),
		labels,
	};
});

/** Labels of a pod as Cilium sees them, those of its namespace among them. */
const seenLabels = (own: JsonObject, namespace: string, labels: JsonObject): JsonObject => ({
	...own,
	'io.kubernetes.pod.namespace': namespace,
	...Object.fromEntries(Object.entries(labels).map(([key, value]) => [`io.cilium.k8s.namespace.labels.${key}`, value])),
});

/** Policies of a namespace's own, and those for all namespaces that choose every pod of it. */
export function policiesOf(namespace: string, world: World): readonly PolicySpec[] {
	const {inNamespace, everywhere, labels} = policiesIn(world);
	const any = seenLabels({}, namespace, labels.get(namespace) ?? {});
	return [...(inNamespace.get(namespace) ?? []), ...everywhere.filter(({selector}) => fitsSelector(selector, any))];
}

/** Policies that choose the pods of a workload. */
export function policiesFor({object, labels: own}: Workload, world: World): readonly PolicySpec[] {
	const {inNamespace, everywhere, labels} = policiesIn(world);
	const namespace = namespaceOf(object);
	const seen = seenLabels(own, namespace, labels.get(namespace) ?? {});
	return [...(inNamespace.get(namespace) ?? []), ...everywhere].filter(({selector, isCilium}) =>
		fitsSelector(selector, isCilium ? seen : own),
	);
}

/** Whether a policy limits a direction: what it does not allow is refused. */
export function limits({spec, isCilium}: PolicySpec, direction: Direction): boolean {
	if (isCilium) return valueAt(spec, direction) !== undefined || valueAt(spec, `${direction}Deny`) !== undefined;
	const types = listAt(spec, 'policyTypes');
	if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
	return direction === 'ingress' || valueAt(spec, 'egress') !== undefined;
}

/** Whether it chooses every pod. */
export const choosesAll = ({selector}: PolicySpec) =>
	Object.keys(objectAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0;
