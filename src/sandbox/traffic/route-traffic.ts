import type {KubeObject} from '../../core/kube/kube-object.ts';
import {httpRules, isHttpRoute} from './http-route.ts';
import {requestsPerSecond} from './rate-annotation.ts';
import {placeOf, type RouteRule} from './route-rule.ts';
import {isVirtualService, virtualRules} from './virtual-service.ts';

/** Of a route's requests, the share of each rule that asks for a header, a query parameter or a method. */
const narrowShare = 0.02;

/** Where a part of a route's requests goes. A copy is answered too, and nobody waits for the answer. `answer` is the gateway's own. */
export type RoutePart =
	| {readonly kind: 'forward' | 'copy'; readonly service: string; readonly share: number}
	| {readonly kind: 'answer'; readonly code: string; readonly share: number};

/** The requests of a route: their mean rate, what makes their noise, and shares of them, which add up to 1 but for copies. */
export type RouteTraffic = {readonly perSecond: number; readonly seed: string; readonly parts: readonly RoutePart[]};

/** Kinds of routes, and the definition without which a machine does not serve them. */
export const routeKinds: {readonly [kind: string]: string} = {
	HTTPRoute: 'httproutes.gateway.networking.k8s.io',
	VirtualService: 'virtualservices.networking.istio.io',
};

/** Whether an object is a route whose requests are simulated. */
export const isRoute = (object: KubeObject) => isHttpRoute(object) || isVirtualService(object);

const rulesOf = (route: KubeObject) => (isHttpRoute(route) ? httpRules(route) : virtualRules(route));

/** The Service whose requests come by a rule: the first of its backends that has a rate. */
const frontOf = ({answer, backends}: RouteRule, rateOf: (service: string) => number): string | undefined =>
	answer === undefined ? backends.flatMap(({service}) => service ?? []).find(service => rateOf(service) > 0) : undefined;

/** The Services that a route stands in front of, by its plain rules. With a rate of its own it stands in front of none, and brings its requests besides. */
export function frontedServices(route: KubeObject, rateOf: (service: string) => number): readonly string[] {
	if (requestsPerSecond(route) > 0) return [];
	return rulesOf(route)
		.filter(({isNarrow}) => !isNarrow)
		.flatMap(rule => frontOf(rule, rateOf) ?? []);
}

/**
 * What a route does with its requests. Its rate is the annotation's, shared evenly by the rules; without one it carries the requests of
 * the Services it stands in front of, each by its own rules. A narrow rule gets 2 % of all, or its part of them where no rule is plain.
 * @param rateOf rate of a Service that this route may take over, 0 otherwise
 */
export function routeTraffic(route: KubeObject, rateOf: (service: string) => number): RouteTraffic {
	const rules = rulesOf(route);
	const narrow = rules.filter(({isNarrow}) => isNarrow).length;
	const own = requestsPerSecond(route);
	const fronted = frontedServices(route, rateOf);
	const services = [...new Set(fronted)];
	const perSecond = own > 0 ? own : services.reduce((sum, service) => sum + rateOf(service), 0);
	const forNarrow = narrow === rules.length ? 1 / rules.length : narrowShare;
	const forPlain = 1 - forNarrow * narrow;
	const shareOf = (rule: RouteRule) => {
		if (rule.isNarrow) return forNarrow;
		if (own > 0) return forPlain / (rules.length - narrow);
		const front = frontOf(rule, rateOf);
		return front === undefined ? 0 : (forPlain * rateOf(front)) / perSecond / fronted.filter(service => service === front).length;
	};
	// The noise of the only Service in front stays what it was before the route came.
	const seed = own === 0 && services.length === 1 ? services.join('') : `route ${placeOf(route)}`;
	return {perSecond, seed, parts: perSecond === 0 ? [] : rules.flatMap(rule => partsOf(rule, shareOf(rule)))};
}

function partsOf({answer, backends, copies}: RouteRule, share: number): readonly RoutePart[] {
	if (share === 0) return [];
	if (answer !== undefined) return [{kind: 'answer', code: answer, share}];
	const total = backends.reduce((sum, {weight}) => sum + weight, 0);
	if (total === 0) return [{kind: 'answer', code: '500', share}, ...copied(copies, share)];
	const forwards = backends
		.filter(({weight}) => weight > 0)
		.flatMap(({service, weight, copies: own}): readonly RoutePart[] => {
			const part = (share * weight) / total;
			const forward: RoutePart =
				service === undefined ? {kind: 'answer', code: '500', share: part} : {kind: 'forward', service, share: part};
			return [forward, ...copied(own, part)];
		});
	return [...forwards, ...copied(copies, share)];
}

const copied = (copies: RouteRule['copies'], share: number): readonly RoutePart[] =>
	copies.map(({service, ratio}) => ({kind: 'copy', service, share: share * ratio}));
