import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {cookiePattern, type Dialect} from './dialect.ts';
import {splitShares} from './split-weights.ts';

/**
 * HTTPRoute and GRPCRoute. Which rule wins does not depend on their order: more headers come first.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/ HTTPRouteRule, BackendRef, HTTPRequestMirrorFilter
 */
export const gatewayDialect: Dialect = {
	rules: 'rules',
	matches: 'matches',
	targets: 'backendRefs',
	anchor: 'parentRefs',
	limits: {rules: 16, targets: 16},
	serviceOf(target, route) {
		if ((textAt(target, 'kind') ?? 'Service') !== 'Service' || wordAt(target, 'group') !== '') return undefined;
		return `${textAt(target, 'namespace') ?? route.metadata.namespace ?? ''}/${wordAt(target, 'name')}`;
	},
	weightsOf: targets => targets.map(target => numberAt(target, 'weight') ?? 1),
	split: splitShares,
	twin: (target, service) => ({...target, name: service}),
	withHeader(match, header) {
		const headers = objectsAt(match, 'headers');
		const name = header.kind === 'cookie' ? 'Cookie' : header.name;
		if (headers.some(other => wordAt(other, 'name').toLowerCase() === name.toLowerCase())) return undefined;
		const added =
			header.kind === 'cookie'
				? {type: 'RegularExpression', name, value: cookiePattern(header)}
				: {type: 'Exact', name, value: header.value};
		return {...match, headers: [...headers, added]};
	},
	withMirror(rule, {filters: _filters, weight: _weight, ...backendRef}, percent) {
		const filters = objectsAt(rule, 'filters');
		if (filters.length === 16 || valueAt(rule, 'backendRefs') === undefined) return undefined;
		const requestMirror = {backendRef, ...(percent === 100 ? {} : {percent})};
		return {...rule, filters: [...filters, {type: 'RequestMirror', requestMirror}]};
	},
};
