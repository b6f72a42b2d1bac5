import type {Json} from '../../../../core/json.ts';
import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {containersOf} from '../../../../core/kube/pod-spec.ts';
import type {World} from '../../world.ts';

/** A revision of a workload that the cluster keeps, and the images that it ran. */
export type Revision = {readonly number: number; readonly images: readonly string[]};

const annotation = 'deployment.kubernetes.io/revision';

const isOwned = ({metadata}: KubeObject, owner: KubeObject) =>
	metadata.ownerReferences?.some(({kind, name}) => kind === owner.kind && name === owner.metadata.name) === true;

const imagesOf = (podSpec: Json | undefined) => containersOf(podSpec ?? {}).flatMap(container => textAt(container, 'image') ?? []);

const revisionIn = (object: KubeObject): Revision =>
	object.kind === 'ReplicaSet'
		? {number: Number(object.metadata.annotations?.[annotation] ?? 0), images: imagesOf(valueAt(object, 'spec', 'template', 'spec'))}
		: {number: numberAt(object, 'revision') ?? 0, images: imagesOf(valueAt(object, 'data', 'spec', 'template', 'spec'))};

/** The kept revisions of a workload, newest first: ReplicaSets of a Deployment, ControllerRevisions of the others. */
export async function revisionsOf(world: World, workload: KubeObject): Promise<readonly Revision[]> {
	const kind = workload.kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision';
	const kept = (await world.objects(kind, workload.metadata.namespace)).filter(object => isOwned(object, workload));
	return kept.map(revisionIn).toSorted((left, right) => right.number - left.number);
}
