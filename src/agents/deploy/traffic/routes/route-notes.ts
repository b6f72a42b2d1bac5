import {listAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {someOf} from '../../../../core/text/count.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {routeOwnerNotes} from './owner-of-route.ts';
import {destinationRulesOf} from './reaching-routes.ts';
import {placeOf, type RouteObjects, servicesOf} from './route-objects.ts';
import {routeStatus} from './route-status.ts';
import type {Extras, ReachingRoute} from './route-writes.ts';

type Told = {
	readonly routes: readonly ReachingRoute[];
	readonly workload: KubeObject;
	readonly objects: RouteObjects;
	readonly extras: Extras;
};

const note = (id: string, severity: Consequence['severity'], text: string): Consequence => ({id, severity, text});

/** What a canary by these routes does not do as well as it sounds, told before anybody says yes. */
export const routeNotes = (told: Told): readonly Consequence[] => [
	...ofOtherWays(told),
	...told.routes.flatMap(reaching => [
		...ofStatus(reaching),
		...routeOwnerNotes(reaching.route, told.objects),
		...ofGrants(reaching, told),
		...ofOtherProtocols(reaching, told),
	]),
	...ofDestinationRules(told),
	...ofMirror(told),
];

/** Only what comes by the route is shared. */
function ofOtherWays({routes, workload, objects}: Told): readonly Consequence[] {
	const names = someOf(routes.map(({route}) => refText(refOf(route))));
	const services = new Set(servicesOf(workload, objects).map(({metadata}) => metadata.name));
	const ingresses = objects.objects.filter(
		object => object.kind === 'Ingress' && object.metadata.namespace === workload.metadata.namespace && leadsTo(object, services),
	);
	return [
		note('other-ways', 'info', `Requests that do not come by ${names}, such as direct calls of its Services, stay with the stable version`),
		...ingresses.map(({metadata: {name}}) => note('other-ways', 'warning', `Ingress ${name} sends all its requests to the stable version`)),
	];
}

const leadsTo = (ingress: KubeObject, services: ReadonlySet<string>) =>
	[
		wordAt(ingress, 'spec', 'defaultBackend', 'service', 'name'),
		...objectsAt(ingress, 'spec', 'rules').flatMap(rule =>
			objectsAt(rule, 'http', 'paths').map(path => wordAt(path, 'backend', 'service', 'name')),
		),
	].some(name => services.has(name));

function ofStatus({route, dialect}: ReachingRoute): readonly Consequence[] {
	if (dialect.anchor !== 'parentRefs') return [];
	const {parents, refused, unresolved, isBehind} = routeStatus(route);
	const name = refText(refOf(route));
	if (parents === 0)
		return [note('route-unseen', 'warning', `No gateway has said that it takes ${name}: whether requests come by it is not known`)];
	return [
		...refused.map(text => note('route-refused', 'warning', `One gateway does not take ${name}: ${text}`)),
		...unresolved.map(text => note('route-unresolved', 'warning', `A backend of ${name} is not found: ${text}`)),
		...(isBehind ? [note('route-behind', 'info', `The gateway has not taken over the newest version of ${name} yet`)] : []),
	];
}

function ofGrants({route, dialect}: ReachingRoute, {workload, objects}: Told): readonly Consequence[] {
	const {namespace} = workload.metadata;
	if (dialect.anchor !== 'parentRefs' || route.metadata.namespace === namespace) return [];
	const isKnown = objects.objects.some(({kind, metadata}) => kind === 'ReferenceGrant' && metadata.namespace === namespace);
	return [
		isKnown
			? note('cross-namespace', 'info', `${refText(refOf(route))} is of another namespace; a ReferenceGrant in ${namespace} allows it`)
			: note(
					'cross-namespace',
					'danger',
					`${refText(refOf(route))} is of another namespace, and no ReferenceGrant in ${namespace} is known: the canary's part may be answered with 500`,
				),
	];
}

function ofOtherProtocols({route}: ReachingRoute, {workload, objects}: Told): readonly Consequence[] {
	const services = new Set(servicesOf(workload, objects).map(placeOf));
	const isTo = (protocol: string) =>
		objectsAt(route, 'spec', protocol).some(rule =>
			objectsAt(rule, 'route').some(target =>
				services.has(`${route.metadata.namespace}/${wordAt(target, 'destination', 'host').split('.')[0]}`),
			),
		);
	return ['tcp', 'tls']
		.filter(isTo)
		.map(protocol => note('other-ways', 'warning', `The ${protocol} routes of ${refText(refOf(route))} stay with the stable version`));
}

/** A DestinationRule speaks of one host, and the canary has a host of its own. */
function ofDestinationRules({routes, workload, objects}: Told): readonly Consequence[] {
	if (routes.every(({dialect}) => dialect.anchor === 'parentRefs')) return [];
	const isAway = (rule: KubeObject) => rule.metadata.namespace !== workload.metadata.namespace;
	return servicesOf(workload, objects).flatMap(service =>
		destinationRulesOf(objects.objects, placeOf(service)).flatMap(rule => {
			const name = refText(refOf(rule));
			const hasPolicy = valueAt(rule, 'spec', 'trafficPolicy') !== undefined;
			return [
				...(hasPolicy && isAway(rule)
					? [note('destination-rule', 'warning', `${name} is of another namespace: its traffic policy does not hold for the canary`)]
					: []),
				...(listAt(rule, 'spec', 'subsets').length > 0
					? [note('destination-rule', 'info', `${name} has subsets: the canary is reached by a Service of its own, not by one of them`)]
					: []),
			];
		}),
	);
}

const ofMirror = ({extras: {mirror}}: Told): readonly Consequence[] =>
	mirror === undefined
		? []
		: [
				note(
					'mirrored',
					'warning',
					`The canary gets a copy of ${mirror} % of the requests first: what they write is written twice, unless the program tells copies apart`,
				),
			];
