import {type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {unowned} from '../../unowned.ts';
import {destinationRulesOf} from '../routes/reaching-routes.ts';
import {placeOf, type RouteObjects} from '../routes/route-objects.ts';
import type {ReachingRoute} from '../routes/route-writes.ts';
import {copySelector} from './separate-copy.ts';

/** The Service of the stable pods, that of the copy, and whose copy it is. */
export type ServicePair = {readonly stable: KubeObject; readonly canary: KubeObject; readonly workload: string; readonly suffix: string};

/**
 * What says how a Service is talked to, again for the Service of a copy: Istio's DestinationRules, with the policy of the subset that the routes
 * use, and BackendTLSPolicies, without which a gateway would talk plainly to pods that speak TLS. Those of the Service's own namespace.
 */
export function companionsOf({objects}: RouteObjects, pair: ServicePair, routes: readonly ReachingRoute[]): readonly KubeObject[] {
	const isNear = ({metadata}: KubeObject) => metadata.namespace === pair.stable.metadata.namespace;
	const byIstio = routes.some(({dialect}) => dialect.anchor === 'hosts');
	const rules = byIstio ? destinationRulesOf(objects, placeOf(pair.stable)).filter(isNear) : [];
	const policies = objects.filter(
		object => object.kind === 'BackendTLSPolicy' && isNear(object) && targetsOf(object, pair.stable).length > 0,
	);
	return [
		...rules.flatMap(rule => destinationRule(rule, pair, routes)),
		...(byIstio ? [] : policies.map(policy => tlsPolicy(policy, pair))),
	];
}

const copyOf = ({apiVersion, kind, metadata}: KubeObject, {workload, suffix}: ServicePair, spec: JsonObject): KubeObject => ({
	apiVersion,
	kind,
	metadata: {
		name: shortName(metadata.name, longest.name, `-${suffix}`),
		namespace: metadata.namespace,
		labels: {...unowned(metadata.labels ?? {}), ...copySelector(workload, suffix), 'app.kubernetes.io/managed-by': 'mkcoa'},
	},
	spec,
});

/** One without any policy says only what subsets there are, and the copy needs none. */
function destinationRule(rule: KubeObject, pair: ServicePair, routes: readonly ReachingRoute[]): readonly KubeObject[] {
	const spec = objectAt(rule, 'spec');
	const used = new Set(
		routes.flatMap(({route, dialect, rules}) => rules.flatMap(({index, canaries}) => subsetsOf(route, dialect.rules, index, canaries))),
	);
	const [subset] = objectsAt(spec, 'subsets').filter(({name}) => typeof name === 'string' && used.has(name));
	const policy = {...objectAt(spec, 'trafficPolicy'), ...objectAt(subset, 'trafficPolicy')};
	if (Object.keys(policy).length === 0) return [];
	const host = wordAt(spec, 'host').replace(/^[^.]+/, pair.canary.metadata.name);
	return [copyOf(rule, pair, {...withoutKeys(spec, new Set(['subsets', 'workloadSelector'])), host, trafficPolicy: policy})];
}

const subsetsOf = (route: KubeObject, list: string, index: number, canaries: ReadonlyMap<number, string>) =>
	[...canaries.keys()].map(at =>
		wordAt(objectsAt(objectsAt(route, 'spec', list)[index] ?? {}, 'route')[at] ?? {}, 'destination', 'subset'),
	);

const targetsOf = (policy: KubeObject, service: KubeObject) =>
	objectsAt(policy, 'spec', 'targetRefs').filter(({kind, name}) => kind === 'Service' && name === service.metadata.name);

const tlsPolicy = (policy: KubeObject, pair: ServicePair): KubeObject =>
	copyOf(policy, pair, {
		...objectAt(policy, 'spec'),
		targetRefs: targetsOf(policy, pair.stable).map(target => ({...target, name: pair.canary.metadata.name})),
	});
