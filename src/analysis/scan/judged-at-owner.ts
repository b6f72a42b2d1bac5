import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type OwnerReference, refKey, refOf} from '../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../core/kube/pod-spec.ts';

/** What is judged, and how many objects are judged at what controls them. */
export type Judged = {readonly objects: readonly KubeObject[]; readonly atOwner: number};

/** Kinds that a controller makes of its template. */
const made = new Set(['Pod', 'ReplicaSet', 'Job']);

const controllerOf = ({metadata}: KubeObject): OwnerReference | undefined => metadata.ownerReferences?.find(({controller}) => controller);

const runs = (object: KubeObject) =>
	containersOf(podSpecOf(object))
		.map(each => `${textAt(each, 'name')} ${textAt(each, 'image')}`)
		.sort()
		.join('\n');

/** A sidecar that was put into the pod, or a container for debugging: its template does not tell of it. */
const runsOtherThan = (object: KubeObject, owner: KubeObject) =>
	listAt(object, 'spec', 'ephemeralContainers').length > 0 || runs(object) !== runs(owner);

/**
 * Leaves out what a controller of the same scan made: a fault of a template is one fault, however many pods were made of it. A pod that runs other
 * containers than its template is judged by itself as well.
 */
export function judgedAtOwner(objects: readonly KubeObject[]): Judged {
	const byKey = new Map(objects.map(object => [refKey(refOf(object)), object]));
	const ownerOf = (object: KubeObject) => {
		const owner = controllerOf(object);
		const {namespace} = object.metadata;
		return owner === undefined
			? undefined
			: byKey.get(refKey({apiVersion: owner.apiVersion, kind: owner.kind, namespace, name: owner.name}));
	};
	const isMade = (object: KubeObject): boolean => {
		const owner = made.has(object.kind) ? ownerOf(object) : undefined;
		if (owner === undefined) return false;
		// Old ReplicaSets hold what a Deployment ran once: none of it runs, unless pods say so.
		return object.kind !== 'Pod' || !runsOtherThan(object, owner);
	};
	const judged = objects.filter(object => !isMade(object));
	return {objects: judged, atOwner: objects.length - judged.length};
}
