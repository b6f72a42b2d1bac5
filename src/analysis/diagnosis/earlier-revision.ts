import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type Case, ofKind} from './case.ts';

/** A revision before the present one, with the images of its containers by name. */
export type Earlier = {readonly revision: number; readonly images: ReadonlyMap<string, string>};

const revisionAnnotation = 'deployment.kubernetes.io/revision';

function revisionOf(object: KubeObject): number {
	return object.kind === 'ReplicaSet'
		? Number(object.metadata.annotations?.[revisionAnnotation] ?? 0)
		: (numberAt(object, 'revision') ?? 0);
}

function imagesOf(object: KubeObject): ReadonlyMap<string, string> {
	const template = valueAt(object, 'spec', 'template') ?? valueAt(object, 'data', 'spec', 'template');
	return new Map(listAt(template, 'spec', 'containers').map(each => [textAt(each, 'name') ?? '', textAt(each, 'image') ?? '']));
}

/** The newest earlier revision whose images are others than the present ones; undefined where the controller keeps none. */
export function earlierRevision({workload, scene}: Case): Earlier | undefined {
	if (workload === undefined) return undefined;
	const now = imagesOf(workload);
	const kept = [...ofKind(scene, 'ReplicaSet'), ...ofKind(scene, 'ControllerRevision')].filter(each =>
		each.metadata.ownerReferences?.some(({kind, name}) => kind === workload.kind && name === workload.metadata.name),
	);
	const current = Math.max(0, ...kept.map(revisionOf));
	return kept
		.map(each => ({revision: revisionOf(each), images: imagesOf(each)}))
		.filter(({revision, images}) => revision < current && [...images].some(([name, image]) => now.get(name) !== image))
		.toSorted((a, b) => b.revision - a.revision)[0];
}

/** `web nginx:1.26` for each container whose image was another. */
export function formerImages({workload}: Case, {images}: Earlier): readonly string[] {
	const now = workload === undefined ? new Map<string, string>() : imagesOf(workload);
	return [...images].filter(([name, image]) => now.get(name) !== image).map(([, image]) => image);
}
