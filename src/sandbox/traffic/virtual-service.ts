import type {Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Backend, Copy, RouteRule} from './route-rule.ts';

const group = 'networking.istio.io';

export const isVirtualService = ({apiVersion, kind}: KubeObject) => kind === 'VirtualService' && apiVersion.startsWith(`${group}/`);

/** The http routes of a VirtualService. A request takes the first that matches, so those behind one that takes everything get none. */
export function virtualRules(route: KubeObject): readonly RouteRule[] {
	const rules = listAt(route, 'spec', 'http');
	const last = rules.findIndex(rule => listAt(rule, 'match').length === 0);
	return rules.slice(0, last < 0 ? rules.length : last + 1).map(rule => ({
		isNarrow: isNarrow(rule),
		answer: ownAnswer(rule),
		backends: backendsOf(rule, route),
		copies: copiesOf(rule, route),
	}));
}

function ownAnswer(rule: Json): string | undefined {
	if (valueAt(rule, 'redirect') !== undefined) return String(numberAt(rule, 'redirect', 'redirectCode') ?? 301);
	const direct = numberAt(rule, 'directResponse', 'status');
	return direct === undefined ? undefined : String(direct);
}

function isNarrow(rule: Json): boolean {
	const matches = listAt(rule, 'match');
	const fields = ['headers', 'queryParams', 'method'] as const;
	return matches.length > 0 && matches.every(match => fields.some(field => valueAt(match, field) !== undefined));
}

function backendsOf(rule: Json, route: KubeObject): readonly Backend[] {
	const targets = listAt(rule, 'route');
	// One destination gets everything; of several, one without a weight gets nothing.
	const weightOf = (target: Json) => (targets.length === 1 ? 1 : (numberAt(target, 'weight') ?? 0));
	return targets.map(target => ({service: serviceOf(objectAt(target, 'destination'), route), weight: weightOf(target), copies: []}));
}

/** The Service of a host that is one, `web` or `web.shop.svc.cluster.local`; undefined for others. A subset of it is taken for all of it. */
function serviceOf(destination: Json, route: KubeObject): string | undefined {
	const host = textAt(destination, 'host') ?? '';
	if (!host.includes('.')) return `${route.metadata.namespace ?? ''}/${host}`;
	const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc\./.exec(host) ?? [];
	return name === undefined ? undefined : `${namespace}/${name}`;
}

function copiesOf(rule: Json, route: KubeObject): readonly Copy[] {
	const one = valueAt(rule, 'mirror');
	const mirrors = [
		...(one === undefined ? [] : [{destination: one, percent: numberAt(rule, 'mirrorPercentage', 'value')}]),
		...listAt(rule, 'mirrors').map(mirror => ({
			destination: objectAt(mirror, 'destination'),
			percent: numberAt(mirror, 'percentage', 'value'),
		})),
	];
	return mirrors.flatMap(({destination, percent = 100}) => {
		const service = serviceOf(destination, route);
		return service === undefined ? [] : [{service, ratio: percent / 100}];
	});
}
