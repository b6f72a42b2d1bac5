import type {KubeObject} from '../../core/kube/kube-object.ts';
import {requestsPerSecond} from './rate-annotation.ts';
import {placeOf} from './route-rule.ts';
import {frontedServices, type RouteTraffic, routeTraffic} from './route-traffic.ts';

/** One text for one route: its kind, and `namespace/name`. */
export const routeKey = (route: KubeObject) => `${route.kind} ${placeOf(route)}`;

/** Services by `namespace/name` and routes by their key, as they are now, and which of them brings whose requests. */
export function routeTable() {
	const services = new Map<string, KubeObject>();
	const routes = new Map<string, KubeObject>();
	/** The key of the route that stands in front of a Service. */
	let claims: ReadonlyMap<string, string> = new Map();
	/** Services that a route sends something to. */
	let targets: ReadonlyMap<string, ReadonlySet<string>> = new Map();

	const rateOf = (service: string) => requestsPerSecond(services.get(service) ?? nothing);
	const trafficOf = (route: KubeObject) => routeTraffic(route, service => (claims.get(service) === routeKey(route) ? rateOf(service) : 0));

	/** @returns every Service that was or is concerned by a route */
	function reclaim(): ReadonlySet<string> {
		const before = [...claims.keys(), ...[...targets.values()].flatMap(set => [...set])];
		const claimed = new Map<string, string>();
		for (const route of [...routes.values()].sort(olderFirst)) {
			for (const service of frontedServices(route, rateOf)) if (!claimed.has(service)) claimed.set(service, routeKey(route));
		}
		claims = claimed;
		targets = new Map([...routes].map(([key, route]) => [key, targetsOf(trafficOf(route))]));
		return new Set([...before, ...claims.keys(), ...[...targets.values()].flatMap(set => [...set])]);
	}

	return {
		service: (place: string) => services.get(place),
		/** Requests per second that come to a Service by no route. */
		directRate: (place: string) => (claims.has(place) ? 0 : rateOf(place)),
		routesTo: (service: string) => [...targets].filter(([, set]) => set.has(service)).map(([route]) => route),
		traffic(key: string): RouteTraffic {
			const route = routes.get(key);
			return route === undefined ? {perSecond: 0, seed: '', parts: []} : trafficOf(route);
		},
		/** @returns the Services whose requests may come otherwise now */
		noteService(service: KubeObject, gone: boolean): ReadonlySet<string> {
			if (gone) services.delete(placeOf(service));
			else services.set(placeOf(service), service);
			return new Set([placeOf(service), ...(routes.size === 0 ? [] : reclaim())]);
		},
		/** @returns the Services whose requests may come otherwise now */
		noteRoute(route: KubeObject, gone: boolean): ReadonlySet<string> {
			if (gone) routes.delete(routeKey(route));
			else routes.set(routeKey(route), route);
			return reclaim();
		},
	};
}

const nothing: KubeObject = {apiVersion: 'v1', kind: 'Service', metadata: {name: ''}};

const targetsOf = ({parts}: RouteTraffic) => new Set(parts.flatMap(part => (part.kind === 'answer' ? [] : [part.service])));

/** Of two routes that stand in front of the same Service the older one does, then the first by name, as the Gateway API resolves conflicts. */
function olderFirst(a: KubeObject, b: KubeObject): number {
	const [first, second] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
	return first === second ? routeKey(a).localeCompare(routeKey(b)) : first.localeCompare(second);
}
