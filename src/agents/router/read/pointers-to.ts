import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {type Pointer, pointingAt} from '../../../mcp/kubernetes/model/pointing-at.ts';
import type {World} from '../world.ts';

/** Kinds that may use configuration, a claim, an account or a Service. */
export const users = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod', 'Ingress'] as const;

/** Kinds that point at what runs pods. */
const around = ['Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'NetworkPolicy'] as const;

const isOwn = ({kind, metadata}: KubeObject) => kind !== 'Pod' || (metadata.ownerReferences ?? []).length === 0;

/** All that may point at something, of one namespace. */
export async function usersIn(world: World, namespace: string | undefined): Promise<readonly KubeObject[]> {
	return (await Promise.all(users.map(kind => world.objects(kind, namespace)))).flat().filter(isOwn);
}

/** The claims that a StatefulSet's templates made: `data-db-0`. */
const madeClaims = (set: KubeObject) =>
	set.kind === 'StatefulSet'
		? listAt(set, 'spec', 'volumeClaimTemplates').map(template => `${textAt(template, 'metadata', 'name')}-${set.metadata.name}-`)
		: [];

const isMadeBy = (claim: KubeObject) => (set: KubeObject) =>
	set.metadata.namespace === claim.metadata.namespace &&
	madeClaims(set).some(start => claim.metadata.name.startsWith(start) && /^\d+$/.test(claim.metadata.name.slice(start.length)));

export function pointersTo(object: KubeObject, others: readonly KubeObject[]): readonly Pointer[] {
	const made = object.kind === 'PersistentVolumeClaim' ? others.filter(isMadeBy(object)) : [];
	const direct = pointingAt(object, others);
	const pulled =
		object.kind === 'ServiceAccount'
			? others.filter(other => accountOf(other) === object.metadata.name && other.metadata.namespace === object.metadata.namespace)
			: [];
	const all = [
		...direct,
		...made.map(set => ({ref: refTo(set), how: 'its template made the claim'})),
		...pulled.map(each => ({ref: refTo(each), how: 'runs as it'})),
	];
	return [...new Map(all.map(pointer => [`${pointer.ref.kind} ${pointer.ref.name}`, pointer])).values()];
}

const refTo = ({apiVersion, kind, metadata}: KubeObject) => ({apiVersion, kind, namespace: metadata.namespace, name: metadata.name});

const accountOf = (object: KubeObject) => podNeeds(podSpecOf(object)).find(({kind}) => kind === 'ServiceAccount')?.name;

/** All that would miss an object if it were gone. */
export async function dependents(object: KubeObject, world: World): Promise<readonly Pointer[]> {
	const {namespace} = object.metadata;
	const others = await Promise.all(around.map(kind => world.objects(kind, namespace)));
	return pointersTo(object, [...(await usersIn(world, namespace)), ...others.flat()]).filter(
		({ref}) => !(ref.kind === object.kind && ref.name === object.metadata.name),
	);
}
