import type {JsonObject} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import {objectsAt, textMapAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {copyServiceName} from '../copy/canary-service.ts';
import type {Dialect} from '../dialects/dialect.ts';
import {istioDialect} from '../dialects/istio-dialect.ts';
import {dialectOf, placeOf, type RouteObjects, servicesOf} from './route-objects.ts';
import type {ReachingRoute, ReachingRule} from './route-writes.ts';

/** Routes that send requests to a workload's pods, with the rules and targets that do, in the order of their names. */
export function reachingRoutes(objects: RouteObjects, workload: KubeObject, suffix: string): readonly ReachingRoute[] {
	const services = new Map(
		servicesOf(workload, objects).map(service => [placeOf(service), copyServiceName(service.metadata.name, suffix)]),
	);
	return objects.objects
		.flatMap((route): readonly ReachingRoute[] => {
			const dialect = dialectOf(route);
			if (dialect === undefined) return [];
			const canaryOf = (target: JsonObject) => {
				const service = dialect.serviceOf(target, route) ?? '';
				return isOtherSubset(objects, workload, route, target) ? undefined : services.get(service);
			};
			const rules = objectsAt(route, 'spec', dialect.rules).flatMap((rule, index) => reachingRule(rule, index, dialect, canaryOf));
			return rules.length === 0 ? [] : [{route, dialect, rules}];
		})
		.sort((a, b) => textOf(a.route).localeCompare(textOf(b.route), 'en'));
}

const textOf = (route: KubeObject) => `${route.kind} ${placeOf(route)}`;

function reachingRule(
	rule: JsonObject,
	index: number,
	dialect: Dialect,
	canaryOf: (target: JsonObject) => string | undefined,
): readonly ReachingRule[] {
	const targets = objectsAt(rule, dialect.targets);
	const weights = dialect.weightsOf(targets);
	const canaries = targets.flatMap((target, at): [number, string][] => {
		const canary = (weights[at] ?? 0) > 0 ? canaryOf(target) : undefined;
		return canary === undefined ? [] : [[at, canary]];
	});
	return canaries.length === 0 ? [] : [{index, canaries: new Map(canaries)}];
}

/** Whether a target means a subset of the Service's pods that is another workload's. An unknown subset may be this one's. */
function isOtherSubset({objects}: RouteObjects, workload: KubeObject, route: KubeObject, target: JsonObject): boolean {
	const subset = wordAt(target, 'destination', 'subset');
	if (subset === '') return false;
	const service = istioDialect.serviceOf(target, route);
	const labels = textMapAt(workload, 'spec', 'template', 'metadata', 'labels');
	return destinationRulesOf(objects, service)
		.flatMap(rule => objectsAt(rule, 'spec', 'subsets'))
		.filter(({name}) => name === subset)
		.some(found => Object.keys(textMapAt(found, 'labels')).length > 0 && !fitsMap(valueAt(found, 'labels'), labels));
}

/** DestinationRules about a Service, `namespace/name`. */
export const destinationRulesOf = (objects: readonly KubeObject[], service: string | undefined) =>
	objects.filter(
		object =>
			object.kind === 'DestinationRule' &&
			istioDialect.serviceOf({destination: {host: wordAt(object, 'spec', 'host')}}, object) === service,
	);
