import {MkcoaError} from '../../../core/error.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {copyService, copyServiceName, refuseTakenName} from './copy/canary-service.ts';
import {companionsOf} from './copy/companions.ts';
import {copyNotes} from './copy/copy-notes.ts';
import {separateCopy} from './copy/separate-copy.ts';
import {readHeader} from './dialects/header-match.ts';
import {chooseRoutes} from './routes/choose-route.ts';
import {reachingRoutes} from './routes/reaching-routes.ts';
import {refuseRoute} from './routes/refuse-route.ts';
import {routeNotes} from './routes/route-notes.ts';
import {type RouteObjects, servicesOf} from './routes/route-objects.ts';
import {isRefused, routeStatus} from './routes/route-status.ts';
import {type Extras, type ReachingRoute, routeWrites} from './routes/route-writes.ts';
import {unreadNotes} from './routes/unread-notes.ts';
import type {Traffic, TrafficOptions} from './traffic.ts';

/**
 * How a canary of this workload gets its requests: by the routes that lead to it, or by numbers of pods where none does. Pure.
 * @throws MkcoaError where a person asked for what cannot work, each with what to do instead
 */
export function trafficOf(objects: RouteObjects, workload: KubeObject, options: TrafficOptions = {}): Traffic {
	const {wanted, route, header, mirror, suffix = 'canary'} = options;
	const extras: Extras = {mirror, header: header === undefined ? undefined : readHeader(header)};
	const reaching = wanted === 'replicas' ? [] : reachingRoutes(objects, workload, suffix);
	const isAsked = wanted !== undefined || route !== undefined;
	// A route that no gateway takes carries nothing: unless a person means it, it is none.
	const usable = isAsked ? reaching : reaching.filter(({route}) => !isRefused(routeStatus(route)));
	const routes = wanted === 'replicas' ? [] : chooseRoutes(usable, workload, objects, options);
	if (routes.length === 0) return byReplicas(workload, objects, extras, reaching);
	for (const each of routes) refuseRoute(each, workload, objects, extras);
	return byRoutes(routes, workload, objects, extras, suffix);
}

function byRoutes(routes: readonly ReachingRoute[], workload: KubeObject, objects: RouteObjects, extras: Extras, suffix: string): Traffic {
	const canaries = new Set(routes.flatMap(({rules}) => rules.flatMap(rule => [...rule.canaries.values()])));
	const stable = servicesOf(workload, objects).filter(({metadata}) => canaries.has(copyServiceName(metadata.name, suffix)));
	const pairs = stable.map(service => ({stable: service, canary: copyService(service, workload.metadata.name, suffix)}));
	const {name} = workload.metadata;
	const made = pairs.flatMap(pair => [pair.canary, ...companionsOf(objects, {...pair, workload: name, suffix}, routes)]);
	for (const object of made) refuseTakenName(objects, object, name);
	const writes = routes.map(each => routeWrites(each, extras));
	return {
		kind: routes.some(({route}) => route.kind === 'VirtualService') ? 'virtualservice' : 'httproute',
		words: routes.map(wordsOf).join('; '),
		prepare: made.map((manifest): Write => ({op: 'create', ref: refOf(manifest), manifest})),
		toWeight: percent => writes.map(({toWeight}) => toWeight(percent)),
		restore: writes.map(({restore}) => restore),
		cleanup: made.map((object): Write => ({op: 'delete', ref: refOf(object)})),
		before: routes.map(({route}) => route),
		services: pairs.map(({stable, canary}) => ({stable: refOf(stable), canary: refOf(canary)})),
		notes: [
			...unreadNotes(objects, true),
			...routeNotes({routes, workload, objects, extras}),
			...copyNotes(objects, workload, copyOfNow(workload, objects, suffix), suffix),
		],
	};
}

/** A copy of the workload as it is: a new version mostly carries the same labels. */
const copyOfNow = (workload: KubeObject, {objects}: RouteObjects, suffix: string) =>
	separateCopy(
		workload,
		objects.filter(({kind}) => kind === 'Service'),
		{
			suffix,
			template: objectAt(workload, 'spec', 'template'),
			replicas: 1,
		},
	);

const wordsOf = ({route, rules}: ReachingRoute) =>
	`${refText(refOf(route))}, ${rules.length === 1 ? 'rule' : 'rules'} ${rules.map(({index}) => index + 1).join(', ')}`;

function byReplicas(workload: KubeObject, objects: RouteObjects, {header, mirror}: Extras, passedOver: readonly ReachingRoute[]): Traffic {
	const {name} = workload.metadata;
	if (header !== undefined || mirror !== undefined) {
		const [what, flag] = header === undefined ? ['copies requests', '--mirror'] : ['goes by a header', '--header'];
		throw new MkcoaError({
			kind: 'usage',
			code: 'needs-route',
			what: `Nothing in front of ${name} ${what}`,
			why: 'no HTTPRoute or VirtualService that leads to it is used, and a Service cannot',
			next: `Leave ${flag} away, or put a route in front of it: mkcoa deploy ingress`,
		});
	}
	return {
		kind: 'replicas',
		words: 'numbers of pods',
		prepare: [],
		toWeight: () => [],
		restore: [],
		cleanup: [],
		before: [],
		services: [],
		notes: [
			...unreadNotes(objects, false),
			...passedOver.map(
				({route}): Consequence => ({
					id: 'route-not-accepted',
					severity: 'warning',
					text: `${refText(refOf(route))} is not used, since no gateway takes it: ${routeStatus(route).refused.join('; ')}`,
				}),
			),
		],
	};
}
