import {isJsonObject, withoutKeys} from '../../../../core/json.ts';
import {numberAt, objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {cookiePattern, type Dialect} from './dialect.ts';
import {splitShares, splitWhole} from './split-weights.ts';

/** `web`, or `web.shop.svc.cluster.local`: a name with a dot is taken as it is, so `web.shop` means something else. */
const fullHost = /^([^.]+)\.([^.]+)(\.svc\.[^.].*)$/;

/**
 * VirtualService, its http routes. The first that matches wins.
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export const istioDialect: Dialect = {
	rules: 'http',
	matches: 'match',
	targets: 'route',
	anchor: 'hosts',
	limits: {rules: Number.POSITIVE_INFINITY, targets: Number.POSITIVE_INFINITY},
	serviceOf(target, route) {
		const host = wordAt(target, 'destination', 'host');
		if (host === '') return undefined;
		if (!host.includes('.')) return `${route.metadata.namespace ?? ''}/${host}`;
		const [, name, namespace] = fullHost.exec(host) ?? [];
		return name === undefined ? undefined : `${namespace}/${name}`;
	},
	// One destination gets everything, whatever is written on it; among several, none written is none.
	weightsOf: targets => (targets.length === 1 ? [100] : targets.map(target => numberAt(target, 'weight') ?? 0)),
	// Older Istio refuses weights that do not add up to 100; where they do not, this one takes shares.
	split: (backends, percent) => (backends.reduce((sum, {weight}) => sum + weight, 0) === 100 ? splitWhole : splitShares)(backends, percent),
	twin(target, service) {
		const destination = objectAt(target, 'destination');
		const host = wordAt(destination, 'host').replace(/^[^.]+/, service);
		return {...target, destination: {...withoutKeys(destination, new Set(['subset'])), host}};
	},
	withHeader(match, header) {
		const headers = objectAt(match, 'headers');
		// Istio writes the names of headers in lower case.
		const name = header.kind === 'cookie' ? 'cookie' : header.name.toLowerCase();
		if (Object.keys(headers).some(other => other.toLowerCase() === name)) return undefined;
		const condition = header.kind === 'cookie' ? {regex: cookiePattern(header)} : {exact: header.value};
		return {...match, headers: {...headers, [name]: condition}};
	},
	withMirror(rule, target, percent) {
		const destination = objectAt(target, 'destination');
		if (isJsonObject(valueAt(rule, 'mirror'))) return undefined;
		const others = objectsAt(rule, 'mirrors');
		if (others.length > 0) return {...rule, mirrors: [...others, {destination, percentage: {value: percent}}]};
		return {...rule, mirror: destination, mirrorPercentage: {value: percent}};
	},
};
