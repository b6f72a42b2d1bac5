import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject, Ref} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import {chooseClass} from './choose-class.ts';
import {chooseGateway} from './choose-gateway.ts';
import type {Exposure} from './exposure.ts';
import {ingressMeets, routeMeets, takenOver} from './exposure-notes.ts';
import {httpRouteFor} from './http-route-for.ts';
import {ingressFor} from './ingress-for.ts';
import {tlsNotes} from './tls-secret.ts';
import {isServed} from './wait-for-acceptance.ts';

type Via = 'auto' | 'ingress' | 'httproute';

/** The object that brings requests to the Service, what it was, and what is to be told of it. */
export type PlannedExposure = {
	readonly manifest: KubeObject;
	readonly live: KubeObject | undefined;
	readonly notes: readonly Consequence[];
	/** Whether a controller will say that it takes the route. */
	readonly answers: boolean;
};

type Wanted = {readonly via: Via; readonly gateway: string | undefined; readonly className: string | undefined};

const notChecked = (texts: readonly string[]): readonly Consequence[] =>
	texts.map(text => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${text}`}));

/** Plans the route by a Gateway where there is one, else an Ingress, or what a person chose. Only reads. */
export async function planExposure(cluster: Cluster, exposure: Exposure, {via, gateway, className}: Wanted): Promise<PlannedExposure> {
	const gateways = await readNeighbours(cluster, undefined, ['gateways.gateway.networking.k8s.io']);
	const byRoute =
		via === 'httproute' || gateway !== undefined || (via === 'auto' && className === undefined && gateways.objects.length > 0);
	if (!byRoute) return byIngress(cluster, exposure, className);
	if (className !== undefined || exposure.tls !== undefined) throw notForRoutes(className === undefined ? '--tls' : '--class');
	const chosen = chooseGateway(gateways.objects, {namespace: exposure.namespace, host: exposure.host, named: gateway});
	const ref: Ref = {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace: exposure.namespace, name: exposure.name};
	const [live, routes] = await Promise.all([
		cluster.get(ref),
		readNeighbours(cluster, undefined, ['httproutes.gateway.networking.k8s.io']),
	]);
	const manifest = httpRouteFor(exposure, chosen, live);
	const notes = [
		...notChecked([...gateways.notChecked, ...routes.notChecked]),
		...routeMeets(exposure, chosen, routes.objects, manifest),
		...takenOver(exposure, live, manifest),
	];
	return {manifest, live, notes, answers: isServed(chosen)};
}

async function byIngress(cluster: Cluster, exposure: Exposure, className: string | undefined): Promise<PlannedExposure> {
	const ref: Ref = {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: exposure.namespace, name: exposure.name};
	const [live, classes, ingresses] = await Promise.all([
		cluster.get(ref),
		readNeighbours(cluster, undefined, ['ingressclasses.networking.k8s.io']),
		readNeighbours(cluster, undefined, ['ingresses.networking.k8s.io']),
	]);
	// Who may not read classes may still name one.
	const known = classes.notChecked.length === 0;
	const ingressClass = known || className === undefined ? chooseClass(classes.objects, className) : unread(className);
	const manifest = ingressFor(exposure, live === undefined ? ingressClass.metadata.name : className, live);
	const notes = [
		...notChecked([...classes.notChecked, ...ingresses.notChecked]),
		...(exposure.tls === undefined ? [] : await tlsNotes(cluster, exposure.namespace, exposure.tls)),
		...ingressMeets(exposure, ingressClass, ingresses.objects, manifest),
		...takenOver(exposure, live, manifest),
	];
	return {manifest, live, notes, answers: false};
}

const unread = (name: string): KubeObject => ({apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: {name}});

const notForRoutes = (flag: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-for-routes',
		what: `${flag} is for Ingresses`,
		why: 'an HTTPRoute is served by its Gateway, whose listeners hold the certificates',
		next: 'Leave it away, or make an Ingress with --via ingress',
	});
