import {canonicalJson, type Json, withoutKeys} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import {type Case, ofKind} from './case.ts';

/** A revision before the present one, with the images of its containers by name and its pod template as the workload would hold it. */
export type Earlier = {
	readonly revision: number;
	readonly images: ReadonlyMap<string, string>;
	readonly template: Json;
	/** Of its pods, those that are ready now; of a run, those that succeeded. */
	readonly ready: number;
	/** When the controller first kept it, ISO 8601. */
	readonly since: string;
};

const revisionAnnotation = 'deployment.kubernetes.io/revision';

export function revisionOf(object: KubeObject): number {
	if (object.kind === 'Job') return Date.parse(object.metadata.creationTimestamp ?? '') || 0;
	return object.kind === 'ReplicaSet'
		? Number(object.metadata.annotations?.[revisionAnnotation] ?? 0)
		: (numberAt(object, 'revision') ?? 0);
}

const templatePlaces: {readonly [kind: string]: readonly string[]} = {
	ControllerRevision: ['data', 'spec', 'template'],
	CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** Labels that controllers put on the templates that they keep. */
const keepersLabels = new Set([
	'pod-template-hash',
	'controller-uid',
	'job-name',
	'batch.kubernetes.io/controller-uid',
	'batch.kubernetes.io/job-name',
]);

/** The pod template that a workload, a ReplicaSet or a ControllerRevision holds, without the label and the directive that only its keeper needs. */
export function templateOf(object: KubeObject): Json {
	const template = objectAt(object, ...(templatePlaces[object.kind] ?? ['spec', 'template']));
	const metadata = objectAt(template, 'metadata');
	const labels = withoutKeys(objectAt(metadata, 'labels'), keepersLabels);
	return {...withoutKeys(template, new Set(['$patch'])), metadata: {...metadata, labels}};
}

function imagesOf(object: KubeObject): ReadonlyMap<string, string> {
	const template = templateOf(object);
	const containers = [...listAt(template, 'spec', 'containers'), ...listAt(template, 'spec', 'initContainers')];
	return new Map(containers.map(each => [textAt(each, 'name') ?? '', textAt(each, 'image') ?? '']));
}

/** What a workload's controller keeps of its revisions, the newest first. */
function kept({workload, scene}: Case): readonly KubeObject[] {
	// Of a CronJob the runs are kept, each with the template of its time.
	const kinds = workload?.kind === 'CronJob' ? ['Job'] : ['ReplicaSet', 'ControllerRevision'];
	return kinds
		.flatMap(kind => ofKind(scene, kind))
		.filter(each => each.metadata.ownerReferences?.some(({kind, name}) => kind === workload?.kind && name === workload.metadata.name))
		.toSorted((a, b) => revisionOf(b) - revisionOf(a));
}

const earlierOf = (object: KubeObject): Earlier => ({
	revision: revisionOf(object),
	images: imagesOf(object),
	template: templateOf(object),
	ready: numberAt(object, 'status', object.kind === 'Job' ? 'succeeded' : 'readyReplicas') ?? 0,
	since: object.metadata.creationTimestamp ?? '',
});

/** What of an object's template makes its pods others: what they run, and the labels by which they are found. */
const meant = oncePerObject((object: KubeObject) => {
	const template = templateOf(object);
	return canonicalJson({spec: objectAt(template, 'spec'), labels: objectAt(template, 'metadata', 'labels')});
});

/** Whether a run of a CronJob was made by the template that the CronJob has now: what one of before shows may be mended already. */
export const isPresentRun = (run: KubeObject, cronJob: KubeObject): boolean => meant(run) === meant(cronJob);

/** Revisions whose pods run otherwise than the present template says, the newest first. */
export const earlierRevisions = oncePerObject((given: Case): readonly Earlier[] => {
	if (given.workload === undefined) return [];
	const now = meant(given.workload);
	return kept(given)
		.filter(each => meant(each) !== now)
		.map(earlierOf);
});

/** When the controller first kept the present template, in milliseconds; undefined where it keeps none. A template that came back is as old as it was at first. */
export function presentSince(given: Case): number | undefined {
	if (given.workload === undefined) return undefined;
	const now = meant(given.workload);
	const present = kept(given).find(each => meant(each) === now);
	return present === undefined ? undefined : Date.parse(present.metadata.creationTimestamp ?? '') || undefined;
}

/** The pod template of the revision before the present one; undefined where the controller keeps none. */
export const templateBefore = (given: Case): Json | undefined => earlierRevisions(given)[0]?.template;

/** Whether other images ran then than now. */
export const ranOtherImages = ({workload}: Case, {images}: Earlier): boolean => {
	const now = workload === undefined ? new Map<string, string>() : imagesOf(workload);
	return [...images].some(([name, image]) => now.get(name) !== image);
};

/** The pod templates before the present one, newest first; none where the controller keeps none. */
export const earlierTemplates = (given: Case): readonly Json[] => earlierRevisions(given).map(({template}) => template);

/** `web nginx:1.26` for each container whose image was another. */
export function formerImages({workload}: Case, {images}: Earlier): readonly string[] {
	const now = workload === undefined ? new Map<string, string>() : imagesOf(workload);
	return [...images].filter(([name, image]) => now.get(name) !== image).map(([, image]) => image);
}
