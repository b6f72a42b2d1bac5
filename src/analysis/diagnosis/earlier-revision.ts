import {type Json, withoutKeys} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type Case, ofKind} from './case.ts';

/** A revision before the present one, with the images of its containers by name and its pod template as the workload would hold it. */
export type Earlier = {readonly revision: number; readonly images: ReadonlyMap<string, string>; readonly template: Json};

const revisionAnnotation = 'deployment.kubernetes.io/revision';

function revisionOf(object: KubeObject): number {
	return object.kind === 'ReplicaSet'
		? Number(object.metadata.annotations?.[revisionAnnotation] ?? 0)
		: (numberAt(object, 'revision') ?? 0);
}

/** The pod template that a workload, a ReplicaSet or a ControllerRevision holds, without the label and the directive that only its keeper needs. */
function templateOf(object: KubeObject): Json {
	const template = objectAt(object, ...(object.kind === 'ControllerRevision' ? ['data', 'spec', 'template'] : ['spec', 'template']));
	const metadata = objectAt(template, 'metadata');
	const labels = withoutKeys(objectAt(metadata, 'labels'), new Set(['pod-template-hash']));
	return {...withoutKeys(template, new Set(['$patch'])), metadata: {...metadata, labels}};
}

function imagesOf(object: KubeObject): ReadonlyMap<string, string> {
	const containers = listAt(templateOf(object), 'spec', 'containers');
	return new Map(containers.map(each => [textAt(each, 'name') ?? '', textAt(each, 'image') ?? '']));
}

/** Earlier revisions that the controller keeps, newest first. */
function earlierRevisions({workload, scene}: Case): readonly Earlier[] {
	if (workload === undefined) return [];
	const kept = [...ofKind(scene, 'ReplicaSet'), ...ofKind(scene, 'ControllerRevision')].filter(each =>
		each.metadata.ownerReferences?.some(({kind, name}) => kind === workload.kind && name === workload.metadata.name),
	);
	const current = Math.max(0, ...kept.map(revisionOf));
	return kept
		.map(each => ({revision: revisionOf(each), images: imagesOf(each), template: templateOf(each)}))
		.filter(({revision}) => revision < current)
		.toSorted((a, b) => b.revision - a.revision);
}

/** The newest earlier revision whose images are others than the present ones; undefined where the controller keeps none. */
export function earlierRevision(given: Case): Earlier | undefined {
	const now = given.workload === undefined ? new Map<string, string>() : imagesOf(given.workload);
	return earlierRevisions(given).find(({images}) => [...images].some(([name, image]) => now.get(name) !== image));
}

/** The pod template of the revision before the present one; undefined where the controller keeps none. */
export const templateBefore = (given: Case): Json | undefined => earlierRevisions(given)[0]?.template;

/** `web nginx:1.26` for each container whose image was another. */
export function formerImages({workload}: Case, {images}: Earlier): readonly string[] {
	const now = workload === undefined ? new Map<string, string>() : imagesOf(workload);
	return [...images].filter(([name, image]) => now.get(name) !== image).map(([, image]) => image);
}
