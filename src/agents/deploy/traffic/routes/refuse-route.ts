import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {HeaderMatch} from '../dialects/dialect.ts';
import {isCopyService, placeOf, placesBehind, type RouteObjects} from './route-objects.ts';
import {isRefused, routeStatus} from './route-status.ts';
import {writersOf} from './route-writers.ts';
import type {Extras, ReachingRoute} from './route-writes.ts';

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/** @throws where a canary by this route cannot work or would fight with somebody, with what to do instead */
export function refuseRoute(reaching: ReachingRoute, workload: KubeObject, objects: RouteObjects, extras: Extras): void {
	refuseWriters(reaching, objects);
	refuseSplit(reaching, workload, objects);
	refuseUnaccepted(reaching, workload);
	refuseForeignNamespace(reaching, workload, objects);
	refuseCrowded(reaching, extras);
	if (extras.header !== undefined) refuseHeader(reaching, extras.header);
	if (extras.mirror !== undefined) refuseMirror(reaching, extras.mirror);
}

function refuseWriters({route}: ReachingRoute, objects: RouteObjects): void {
	const [writer] = writersOf(route, objects);
	if (writer === undefined) return;
	throw refusal(
		'two-writers',
		`${writer} writes the weights of ${refText(refOf(route))}`,
		'two writers would set them back and forth',
		`Let it do the rollout, or split by pods with --traffic replicas`,
	);
}

/** The list of a rule's targets is one value: two canaries on one route would undo each other's weights. */
function refuseSplit({route, rules}: ReachingRoute, workload: KubeObject, {objects}: RouteObjects): void {
	const {name, namespace} = workload.metadata;
	const own = new Set(rules.flatMap(({canaries}) => [...canaries.values()].map(service => `${namespace}/${service}`)));
	const copies = new Set(objects.filter(isCopyService).map(placeOf));
	const places = placesBehind(route);
	const mine = places.find(place => own.has(place));
	if (mine !== undefined)
		throw refusal(
			'weights-split',
			`${refText(refOf(route))} sends requests to Service ${mine} already`,
			'an earlier canary was not finished, or is under way',
			`See mkcoa deploy status ${name} -n ${namespace}; end it with mkcoa deploy abort ${name} -n ${namespace}, or take that Service out of the route`,
		);
	const others = places.find(place => copies.has(place));
	if (others === undefined) return;
	throw refusal(
		'two-writers',
		`Another canary works on ${refText(refOf(route))}`,
		`it sends requests to Service ${others}`,
		'Wait until that one has ended',
	);
}

function refuseUnaccepted({route}: ReachingRoute, workload: KubeObject): void {
	const status = routeStatus(route);
	if (!isRefused(status)) return;
	throw refusal(
		'route-not-accepted',
		`No gateway takes ${refText(refOf(route))}, so ${workload.metadata.name} gets no requests by it`,
		someOf(status.refused, 2),
		`Mend the route first; see mkcoa k8s describe ${route.kind.toLowerCase()} ${route.metadata.name} -n ${route.metadata.namespace}`,
	);
}

/** A grant for some Services by name does not cover the canary's: the gateway would answer its part of the requests with 500. */
function refuseForeignNamespace({route, dialect, rules}: ReachingRoute, workload: KubeObject, {objects}: RouteObjects): void {
	const {namespace} = workload.metadata;
	if (dialect.anchor !== 'parentRefs' || route.metadata.namespace === namespace) return;
	const grants = objects.filter(({kind, metadata}) => kind === 'ReferenceGrant' && metadata.namespace === namespace);
	const canaries = [...new Set(rules.flatMap(rule => [...rule.canaries.values()]))];
	const isGranted = (service: string) => grants.some(grant => isGrantFor(grant, route) && namesService(grant, service));
	const missing = canaries.find(service => !isGranted(service));
	// Without any grant at hand nothing is known: it may be that they could not be read.
	if (missing === undefined || grants.length === 0) return;
	throw refusal(
		'no-grant',
		`${refText(refOf(route))} may not send requests to Service ${namespace}/${missing}`,
		`it is of another namespace, and no ReferenceGrant in ${namespace} covers the canary's Service`,
		`Let a ReferenceGrant in ${namespace} cover Service ${missing} too`,
	);
}

const isGrantFor = (grant: KubeObject, route: KubeObject) =>
	objectsAt(grant, 'spec', 'from').some(from => from.kind === route.kind && from.namespace === route.metadata.namespace);

const namesService = (grant: KubeObject, service: string) =>
	objectsAt(grant, 'spec', 'to').some(to => to.kind === 'Service' && (wordAt(to, 'name') === '' || to.name === service));

function refuseCrowded({route, dialect, rules}: ReachingRoute, {header}: Extras): void {
	const all = objectsAt(route, 'spec', dialect.rules);
	const full = (what: string, most: number) =>
		refusal(
			'route-full',
			`${refText(refOf(route))} has no room for the canary`,
			`it may have ${most} ${what}`,
			'Take some away, choose one rule with --route NAME:RULE, or split by pods with --traffic replicas',
		);
	if (header !== undefined && all.length + rules.length > dialect.limits.rules) throw full('rules', dialect.limits.rules);
	const most = Math.max(...rules.map(({index, canaries}) => objectsAt(all[index] ?? {}, dialect.targets).length + canaries.size));
	if (most > dialect.limits.targets) throw full('backends in a rule', dialect.limits.targets);
}

function refuseHeader({route, dialect, rules}: ReachingRoute, header: HeaderMatch): void {
	const all = objectsAt(route, 'spec', dialect.rules);
	const taken = rules.find(({index}) =>
		objectsAt(all[index] ?? {}, dialect.matches).some(match => dialect.withHeader(match, header) === undefined),
	);
	if (taken === undefined) return;
	throw refusal(
		'header-in-use',
		`Rule ${taken.index + 1} of ${refText(refOf(route))} decides by the ${header.kind === 'cookie' ? 'header Cookie' : `header ${header.name}`} already`,
		'one rule cannot ask for two values of it',
		'Use another header, or choose another rule with --route NAME:RULE',
	);
}

function refuseMirror({route, dialect, rules}: ReachingRoute, percent: number): void {
	const all = objectsAt(route, 'spec', dialect.rules);
	const taken = rules.find(({index}) => dialect.withMirror(all[index] ?? {}, {}, percent) === undefined);
	if (taken === undefined) return;
	throw refusal(
		'mirror-in-use',
		`Rule ${taken.index + 1} of ${refText(refOf(route))} has no room for a mirror`,
		'its requests are copied to somewhere already',
		'Leave --mirror away, or choose another rule with --route NAME:RULE',
	);
}
