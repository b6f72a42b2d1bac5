import {canonicalJson, type JsonObject} from '../../../../core/json.ts';
import {listAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {objectsAt, textsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {type Exposure, placeText} from './exposure.ts';
import {fitsHost, gatewayFit} from './listener-fit.ts';

const note = (id: string, severity: Consequence['severity'], text: string): Consequence => ({id, severity, text});

/** What an HTTPRoute meets at its Gateway: a listener that may not take it, and routes that answer the same place already. */
export function routeMeets(
	exposure: Exposure,
	gateway: KubeObject,
	routes: readonly KubeObject[],
	own: KubeObject,
): readonly Consequence[] {
	const {unsure} = gatewayFit(gateway, exposure.namespace, exposure.host);
	const isAttached = (route: KubeObject) =>
		objectsAt(route, 'spec', 'parentRefs').some(
			parent =>
				parent.name === gateway.metadata.name && (wordAt(parent, 'namespace') || route.metadata.namespace) === gateway.metadata.namespace,
		);
	const hosts = (route: KubeObject) => textsAt(route, 'spec', 'hostnames');
	const isForHost = (route: KubeObject) => hosts(route).length === 0 || hosts(route).some(host => fitsHost(host, exposure.host));
	const place = canonicalJson({path: {type: exposure.exact ? 'Exact' : 'PathPrefix', value: exposure.path}});
	const isForPath = (route: KubeObject) =>
		objectsAt(route, 'spec', 'rules').some(rule => listAt(rule, 'matches').some(match => canonicalJson(match) === place));
	const rivals = routes.filter(
		route =>
			route.kind === 'HTTPRoute' &&
			refKey(refOf(route)) !== refKey(refOf(own)) &&
			isAttached(route) &&
			isForHost(route) &&
			isForPath(route),
	);
	return [
		...(unsure
			? [
					note(
						'gateway-unsure',
						'warning',
						`${refText(refOf(gateway))} takes routes of namespaces by their labels: whether of this one is not known`,
					),
				]
			: []),
		...rivals.map(route =>
			note(
				'same-place',
				'danger',
				`${refText(refOf(route))} answers ${placeText(exposure)} at this Gateway too: the older of the two wins`,
			),
		),
	];
}

/** What an Ingress meets: a controller that nobody mends any more, and Ingresses that answer the same place already. */
export function ingressMeets(
	exposure: Exposure,
	ingressClass: KubeObject,
	ingresses: readonly KubeObject[],
	own: KubeObject,
): readonly Consequence[] {
	const {host, path} = exposure;
	const isForPlace = (ingress: KubeObject) =>
		objectsAt(ingress, 'spec', 'rules').some(
			rule => wordAt(rule, 'host') === (host ?? '') && objectsAt(rule, 'http', 'paths').some(each => each.path === path),
		);
	const rivals = ingresses.filter(
		ingress =>
			ingress.kind === 'Ingress' &&
			refKey(refOf(ingress)) !== refKey(refOf(own)) &&
			(wordAt(ingress, 'spec', 'ingressClassName') || ingressClass.metadata.name) === ingressClass.metadata.name &&
			isForPlace(ingress),
	);
	const isRetired = wordAt(ingressClass, 'spec', 'controller') === 'k8s.io/ingress-nginx';
	return [
		...(isRetired
			? [
					note(
						'retired-controller',
						'warning',
						`IngressClass ${ingressClass.metadata.name} is served by ingress-nginx, which gets no mends since March 2026: a Gateway API route lasts longer`,
					),
				]
			: []),
		...rivals.map(ingress =>
			note(
				'same-place',
				'danger',
				`${refText(refOf(ingress))} answers ${placeText(exposure)} too: which of the two wins is up to the controller`,
			),
		),
		...(exposure.tls === undefined && host !== undefined && !hasCertificate(own, host)
			? [
					note(
						'plain-http',
						'info',
						`Requests for ${host} are not encrypted on the way in, unless the controller has a certificate of its own`,
					),
				]
			: []),
	];
}

const hasCertificate = (ingress: KubeObject, host: string) =>
	objectsAt(ingress, 'spec', 'tls').some((each: JsonObject) => textsAt(each, 'hosts').some(name => fitsHost(name, host)));

/** What a live object loses: another Service was behind the same place. */
export function takenOver(exposure: Exposure, live: KubeObject | undefined, after: KubeObject): readonly Consequence[] {
	if (live === undefined) return [];
	const backends = (object: KubeObject) =>
		new Set(
			objectsAt(object, 'spec', 'rules').flatMap(rule => [
				...objectsAt(rule, 'backendRefs').map(backend => wordAt(backend, 'name')),
				...objectsAt(rule, 'http', 'paths').map(path => wordAt(path, 'backend', 'service', 'name')),
			]),
		);
	const now = backends(after);
	const gone = [...backends(live)].filter(name => !now.has(name));
	const moved = canonicalJson(valueAt(live, 'spec', 'rules') ?? null) !== canonicalJson(valueAt(after, 'spec', 'rules') ?? null);
	return moved && gone.length > 0
		? [
				note(
					'traffic-moves',
					'warning',
					`Requests for ${placeText(exposure)} go to Service ${exposure.service} instead of ${gone.join(', ')}`,
				),
			]
		: [];
}
