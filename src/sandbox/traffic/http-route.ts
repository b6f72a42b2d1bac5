import type {Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Backend, Copy, RouteRule} from './route-rule.ts';

const group = 'gateway.networking.k8s.io';

export const isHttpRoute = ({apiVersion, kind}: KubeObject) => kind === 'HTTPRoute' && apiVersion.startsWith(`${group}/`);

/** The rules of an HTTPRoute. Which of them a request takes does not depend on their order. */
export const httpRules = (route: KubeObject): readonly RouteRule[] =>
	listAt(route, 'spec', 'rules').map(rule => {
		const redirect = listAt(rule, 'filters').find(filter => textAt(filter, 'type') === 'RequestRedirect');
		return {
			isNarrow: isNarrow(rule),
			answer: redirect === undefined ? undefined : String(numberAt(redirect, 'requestRedirect', 'statusCode') ?? 302),
			backends: listAt(rule, 'backendRefs').map(
				(reference): Backend => ({
					service: serviceOf(reference, route),
					weight: numberAt(reference, 'weight') ?? 1,
					copies: copiesOf(reference, route),
				}),
			),
			copies: copiesOf(rule, route),
		};
	});

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

/** What the mirror filters of a rule, or of one of its backends, send a second time. */
function copiesOf(rule: Json, route: KubeObject): readonly Copy[] {
	const mirrors = listAt(rule, 'filters').filter(filter => textAt(filter, 'type') === 'RequestMirror');
	return mirrors.flatMap(filter => {
		const mirror = objectAt(filter, 'requestMirror');
		const service = serviceOf(mirror.backendRef, route);
		const fraction = (numberAt(mirror, 'fraction', 'numerator') ?? 1) / (numberAt(mirror, 'fraction', 'denominator') ?? 100);
		const ratio = valueAt(mirror, 'fraction') === undefined ? (numberAt(mirror, 'percent') ?? 100) / 100 : fraction;
		return service === undefined ? [] : [{service, ratio}];
	});
}
