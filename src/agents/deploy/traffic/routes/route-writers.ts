import type {Json} from '../../../../core/json.ts';
import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {groupOf, type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {RouteObjects} from './route-objects.ts';

/** Kinds of controllers that write routes, as `plural.group`. */
export const writerKinds = ['rollouts.argoproj.io', 'canaries.flagger.app', 'rollouts.rollouts.kruise.io'];

/** Who else writes the weights of a route: the controller that made it, or a rollout that names it. */
export function writersOf(route: KubeObject, {objects}: RouteObjects): readonly string[] {
	const owner = route.metadata.ownerReferences?.find(({controller}) => controller === true);
	const naming = objects.filter(object =>
		namedBy(object).some(({kinds, name, namespace}) => {
			const home = namespace ?? object.metadata.namespace;
			return kinds.includes(route.kind) && name === route.metadata.name && home === route.metadata.namespace;
		}),
	);
	return [...(owner === undefined ? [] : [`${owner.kind} ${owner.name}`]), ...naming.map(object => refText(refOf(object)))];
}

type Named = {readonly kinds: readonly string[]; readonly name: string; readonly namespace?: string | undefined};

const gatewayKinds = ['HTTPRoute', 'GRPCRoute'];

/** The routes that an object of a controller names as its own to write. */
function namedBy(object: KubeObject): readonly Named[] {
	const group = groupOf(object.apiVersion);
	if (group === 'argoproj.io' && object.kind === 'Rollout') return byArgo(object);
	if (group === 'rollouts.kruise.io' && object.kind === 'Rollout') return byKruise(object);
	if (group === 'flagger.app' && object.kind === 'Canary') {
		const name = wordAt(object, 'spec', 'service', 'name') || wordAt(object, 'spec', 'targetRef', 'name');
		return [{kinds: [...gatewayKinds, 'VirtualService'], name}];
	}
	return [];
}

/** @see argo-rollouts, spec.strategy.canary.trafficRouting; its Gateway API plug-in names routes of a namespace of its choice */
function byArgo(rollout: KubeObject): readonly Named[] {
	const routing = objectAt(rollout, 'spec', 'strategy', 'canary', 'trafficRouting');
	const istio = [objectAt(routing, 'istio', 'virtualService'), ...objectsAt(routing, 'istio', 'virtualServices')];
	const plugins = Object.values(objectAt(routing, 'plugins'));
	return [
		...istio.map(({name}) => ({kinds: ['VirtualService'], name: textOf(name)})),
		...plugins.flatMap(plugin => {
			const names = [
				valueAt(plugin, 'httpRoute'),
				valueAt(plugin, 'grpcRoute'),
				...[...objectsAt(plugin, 'httpRoutes'), ...objectsAt(plugin, 'grpcRoutes')].map(({name}) => name),
			];
			const namespace = wordAt(plugin, 'namespace') || undefined;
			return names.map(name => ({kinds: gatewayKinds, name: textOf(name), namespace}));
		}),
	].filter(({name}) => name !== '');
}

/** @see kruise-rollouts, spec.strategy.canary.trafficRoutings and blueGreen */
const byKruise = (rollout: KubeObject): readonly Named[] =>
	['canary', 'blueGreen'].flatMap(strategy =>
		objectsAt(rollout, 'spec', 'strategy', strategy, 'trafficRoutings').flatMap(routing => [
			{kinds: gatewayKinds, name: wordAt(routing, 'gateway', 'httpRouteName')},
			...objectsAt(routing, 'customNetworkRefs').map(({kind, name}) => ({kinds: [textOf(kind)], name: textOf(name)})),
		]),
	);

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');
