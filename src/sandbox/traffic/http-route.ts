import type {Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {requestsPerSecond} from './rate-annotation.ts';

/** Of a route's requests, the share of each rule that asks for a header, a query parameter or a method. */
const narrowShare = 0.02;

/** Where a part of a route's requests goes. A copy is answered too, and nobody waits for the answer. `answer` is the gateway's own. */
export type RoutePart =
	| {readonly kind: 'forward' | 'copy'; readonly service: string; readonly share: number}
	| {readonly kind: 'answer'; readonly code: string; readonly share: number};

/** The requests of a route: their mean rate, what makes their noise, and shares of them, which add up to 1 but for copies. */
export type RouteTraffic = {readonly perSecond: number; readonly seed: string; readonly parts: readonly RoutePart[]};

const group = 'gateway.networking.k8s.io';

export const isHttpRoute = ({apiVersion, kind}: KubeObject) => kind === 'HTTPRoute' && apiVersion.startsWith(`${group}/`);

/** `namespace/name` of objects, as the ledger keys them. */
export const placeOf = ({metadata: {namespace, name}}: KubeObject) => `${namespace ?? ''}/${name}`;

const rulesOf = (route: KubeObject) => listAt(route, 'spec', 'rules');

function isNarrow(rule: Json): boolean {
	const matches = listAt(rule, 'matches');
	const asks = (match: Json) =>
		listAt(match, 'headers').length + listAt(match, 'queryParams').length > 0 || valueAt(match, 'method') !== undefined;
	return matches.length > 0 && matches.every(asks);
}

/** The Service that a reference means; undefined for other kinds. */
function serviceOf(reference: Json | undefined, route: KubeObject): string | undefined {
	if ((textAt(reference, 'kind') ?? 'Service') !== 'Service' || (textAt(reference, 'group') ?? '') !== '') return undefined;
	return `${textAt(reference, 'namespace') ?? route.metadata.namespace ?? ''}/${textAt(reference, 'name') ?? ''}`;
}

/** The Service whose requests come by a rule: the first of its backends that has a rate. */
const frontOf = (rule: Json, route: KubeObject, rateOf: (service: string) => number): string | undefined =>
	listAt(rule, 'backendRefs')
		.flatMap(reference => serviceOf(reference, route) ?? [])
		.find(service => rateOf(service) > 0);

/** The Services that a route stands in front of, by its plain rules. With a rate of its own it stands in front of none, and brings its requests besides. */
export function frontedServices(route: KubeObject, rateOf: (service: string) => number): readonly string[] {
	if (requestsPerSecond(route) > 0) return [];
	const plain = rulesOf(route).filter(rule => !isNarrow(rule));
	return plain.flatMap(rule => frontOf(rule, route, rateOf) ?? []);
}

/**
 * What a route does with its requests. Its rate is the annotation's, shared evenly by the rules; without one it carries the requests of
 * the Services it stands in front of, each by its own rules. A narrow rule gets 2 % of all, or its part of them where no rule is plain.
 * @param rateOf rate of a Service that this route may take over, 0 otherwise
 */
export function routeTraffic(route: KubeObject, rateOf: (service: string) => number): RouteTraffic {
	const rules = rulesOf(route);
	const narrow = rules.filter(isNarrow).length;
	const own = requestsPerSecond(route);
	const fronted = frontedServices(route, rateOf);
	const services = [...new Set(fronted)];
	const perSecond = own > 0 ? own : services.reduce((sum, service) => sum + rateOf(service), 0);
	const forNarrow = narrow === rules.length ? 1 / rules.length : narrowShare;
	const forPlain = 1 - forNarrow * narrow;
	const shareOf = (rule: Json) => {
		if (isNarrow(rule)) return forNarrow;
		if (own > 0) return forPlain / (rules.length - narrow);
		const front = frontOf(rule, route, rateOf);
		return front === undefined ? 0 : (forPlain * rateOf(front)) / perSecond / fronted.filter(service => service === front).length;
	};
	// The noise of the only Service in front stays what it was before the route came.
	const seed = own === 0 && services.length === 1 ? services.join('') : `route ${placeOf(route)}`;
	return {perSecond, seed, parts: perSecond === 0 ? [] : rules.flatMap(rule => partsOf(rule, route, shareOf(rule)))};
}

function partsOf(rule: Json, route: KubeObject, share: number): readonly RoutePart[] {
	if (share === 0) return [];
	const redirect = listAt(rule, 'filters').find(filter => textAt(filter, 'type') === 'RequestRedirect');
	if (redirect !== undefined) return [{kind: 'answer', code: String(numberAt(redirect, 'requestRedirect', 'statusCode') ?? 302), share}];
	const backends = listAt(rule, 'backendRefs').map(reference => ({reference, weight: numberAt(reference, 'weight') ?? 1}));
	const total = backends.reduce((sum, {weight}) => sum + weight, 0);
	if (total === 0) return [{kind: 'answer', code: '500', share}, ...copiesOf(rule, route, share)];
	const forwards = backends
		.filter(({weight}) => weight > 0)
		.flatMap(({reference, weight}): readonly RoutePart[] => {
			const service = serviceOf(reference, route);
			const part = (share * weight) / total;
			const forward: RoutePart =
				service === undefined ? {kind: 'answer', code: '500', share: part} : {kind: 'forward', service, share: part};
			return [forward, ...copiesOf(reference, route, part)];
		});
	return [...forwards, ...copiesOf(rule, route, share)];
}

/** What the mirror filters of a rule, or of one of its backends, send a second time. */
function copiesOf(rule: Json, route: KubeObject, share: number): readonly RoutePart[] {
	const mirrors = listAt(rule, 'filters').filter(filter => textAt(filter, 'type') === 'RequestMirror');
	return mirrors.flatMap(filter => {
		const mirror = objectAt(filter, 'requestMirror');
		const service = serviceOf(mirror.backendRef, route);
		const fraction = (numberAt(mirror, 'fraction', 'numerator') ?? 1) / (numberAt(mirror, 'fraction', 'denominator') ?? 100);
		const copied = valueAt(mirror, 'fraction') === undefined ? (numberAt(mirror, 'percent') ?? 100) / 100 : fraction;
		return service === undefined ? [] : [{kind: 'copy' as const, service, share: share * copied}];
	});
}
