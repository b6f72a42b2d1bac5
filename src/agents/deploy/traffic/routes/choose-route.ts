import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {objectsAt, textMapAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {TrafficKind, TrafficOptions} from '../traffic.ts';
import {dialectOf, placeOf, placesBehind, type RouteObjects, servicesOf} from './route-objects.ts';
import type {ReachingRoute} from './route-writes.ts';

const kindOf = ({route}: ReachingRoute): TrafficKind => (route.kind === 'VirtualService' ? 'virtualservice' : 'httproute');

const words = {httproute: 'HTTPRoute or GRPCRoute', virtualservice: 'VirtualService', replicas: 'route'} as const;

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/**
 * The routes to write, all of one kind: those that a person named, or all that lead to the workload. None means that pods share the requests.
 * @throws `route-misses-workload`, `no-such-route`, `no-such-rule`, `which-traffic`
 */
export function chooseRoutes(
	reaching: readonly ReachingRoute[],
	workload: KubeObject,
	objects: RouteObjects,
	{wanted, route: named}: TrafficOptions,
): readonly ReachingRoute[] {
	const ofKind = reaching.filter(each => wanted === undefined || kindOf(each) === wanted);
	const chosen = named === undefined ? ofKind : namedRoutes(ofKind, named, workload, objects);
	if (chosen.length === 0 && wanted !== undefined) throw noRoute(workload, objects, wanted);
	const kinds = new Set(chosen.map(kindOf));
	if (kinds.size < 2) return chosen;
	throw refusal(
		'which-traffic',
		`Both an HTTPRoute and a VirtualService lead to ${workload.metadata.name}`,
		someOf(
			chosen.map(({route}) => refText(refOf(route))),
			4,
		),
		'Say which one carries the requests: --traffic httproute or --traffic virtualservice',
	);
}

function namedRoutes(
	reaching: readonly ReachingRoute[],
	text: string,
	workload: KubeObject,
	objects: RouteObjects,
): readonly ReachingRoute[] {
	const [path = '', rule] = text.split(':');
	const isNamed = (route: KubeObject) => (path.includes('/') ? placeOf(route) === path : route.metadata.name === path);
	const found = reaching.filter(({route}) => isNamed(route));
	if (found.length === 0) {
		const other = objects.objects.find(object => dialectOf(object) !== undefined && isNamed(object));
		throw other === undefined ? noSuchRoute(path, workload, reaching) : missesWorkload(other, workload, objects);
	}
	return rule === undefined ? found : found.map(each => onlyRule(each, rule, workload));
}

function onlyRule(reaching: ReachingRoute, rule: string, workload: KubeObject): ReachingRoute {
	const all = objectsAt(reaching.route, 'spec', reaching.dialect.rules);
	const rules = reaching.rules.filter(
		({index}) => String(index + 1) === rule || (all[index] !== undefined && wordAt(all[index], 'name') === rule),
	);
	if (rules.length > 0) return {...reaching, rules};
	throw refusal(
		'no-such-rule',
		`No rule ${rule} of ${refText(refOf(reaching.route))} leads to ${workload.metadata.name}`,
		`those that do are ${reaching.rules.map(({index}) => index + 1).join(', ')}`,
		'Give the number or the name of one of these',
	);
}

const noSuchRoute = (path: string, {metadata}: KubeObject, reaching: readonly ReachingRoute[]) =>
	refusal(
		'no-such-route',
		`There is no route ${path}`,
		reaching.length === 0
			? `no route of that kind leads to ${metadata.name}`
			: `the routes to ${metadata.name} are ${someOf(
					reaching.map(({route}) => refText(refOf(route))),
					4,
				)}`,
		'See them with: mkcoa k8s list httproutes, or virtualservices',
	);

const selectorText = (service: KubeObject) =>
	Object.entries(textMapAt(service, 'spec', 'selector'))
		.map(([key, value]) => `${key}=${value}`)
		.join(',') || 'nothing';

/** Why a route does not reach the workload: it names Services that are absent, select other pods, or belong to others. */
function missesWorkload(route: KubeObject, workload: KubeObject, {objects}: RouteObjects): MkcoaError {
	const reasons = placesBehind(route).map(place => {
		const service = objects.find(object => object.kind === 'Service' && placeOf(object) === place);
		if (service !== undefined) return `Service ${place} selects ${selectorText(service)}`;
		return place.startsWith(`${workload.metadata.namespace}/`)
			? `there is no Service ${place}`
			: `Service ${place} is of another namespace`;
	});
	const labels = Object.entries(textMapAt(workload, 'spec', 'template', 'metadata', 'labels')).map(([key, value]) => `${key}=${value}`);
	return refusal(
		'route-misses-workload',
		`${refText(refOf(route))} does not lead to ${workload.metadata.name}`,
		reasons.length === 0
			? 'no rule of it sends requests to a Service'
			: `${someOf(reasons, 3)}; the pods of ${workload.metadata.name} carry ${labels.join(',')}`,
		`Send it to a Service that selects the pods of ${workload.metadata.name}, or mend the Service's selector`,
	);
}

function noRoute(workload: KubeObject, objects: RouteObjects, wanted: TrafficKind): MkcoaError {
	const {name} = workload.metadata;
	const services = servicesOf(workload, objects).map(service => service.metadata.name);
	return refusal(
		'route-misses-workload',
		`No ${words[wanted]} leads to ${name}`,
		services.length === 0
			? `no Service selects its pods, so no route can reach them`
			: `none sends requests to ${services.length === 1 ? 'Service' : 'the Services'} ${someOf(services, 3)}`,
		services.length === 0 ? `Make a Service for it: mkcoa deploy service ${name}` : 'Make one, or split by pods with --traffic replicas',
	);
}
