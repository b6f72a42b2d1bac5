import {type Json, type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {containersOf} from '../../../../core/kube/pod-spec.ts';
import type {World} from '../../world.ts';

/** A revision of a workload that the cluster keeps: its pod template, and the images that it ran. */
export type Revision = {readonly number: number; readonly images: readonly string[]; readonly template: JsonObject};

const annotation = 'deployment.kubernetes.io/revision';

const isOwned = ({metadata}: KubeObject, owner: KubeObject) =>
	metadata.ownerReferences?.some(({kind, name}) => kind === owner.kind && name === owner.metadata.name) === true;

const imagesOf = (podSpec: Json | undefined) => containersOf(podSpec ?? {}).flatMap(container => textAt(container, 'image') ?? []);

/** Labels that the controller of ReplicaSets adds. */
const added = new Set(['pod-template-hash']);

/** A ReplicaSet carries the template with a label of its own, a ControllerRevision as a patch that replaces. */
function templateIn(object: KubeObject): JsonObject {
	if (object.kind !== 'ReplicaSet') return withoutKeys(objectAt(object, 'data', 'spec', 'template'), new Set(['$patch']));
	const template = objectAt(object, 'spec', 'template');
	const metadata = objectAt(template, 'metadata');
	return {...template, metadata: {...metadata, labels: withoutKeys(objectAt(metadata, 'labels'), added)}};
}

function revisionIn(object: KubeObject): Revision {
	const template = templateIn(object);
	const kept = object.kind === 'ReplicaSet' ? Number(object.metadata.annotations?.[annotation] ?? 0) : numberAt(object, 'revision');
	return {number: kept ?? 0, images: imagesOf(valueAt(template, 'spec')), template};
}

/** The kept revisions of a workload, newest first: ReplicaSets of a Deployment, ControllerRevisions of the others. */
export async function revisionsOf(world: World, workload: KubeObject): Promise<readonly Revision[]> {
	const kind = workload.kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision';
	const kept = (await world.objects(kind, workload.metadata.namespace)).filter(object => isOwned(object, workload));
	return kept.map(revisionIn).toSorted((left, right) => right.number - left.number);
}
