import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Draft} from '../../../core/plan.ts';

/** What the journal cannot bring back, because more goes than the object itself. */
const lost: {readonly [kind: string]: string} = {
	Namespace: 'Everything in the namespace is deleted with it, and only the namespace itself could be made again',
	PersistentVolumeClaim: 'The volume and its data may be deleted with the claim',
	PersistentVolume: 'The volume and its data may be deleted with it',
	CustomResourceDefinition: 'Every object of the kind is deleted with it',
	Node: 'A node joins by itself, or not at all',
};

/** How a deletion can be taken back: the object is made again from the journal, under a new uid, and what it owned by its controller. */
export function undoOfDeletion(object: KubeObject): Draft['undo'] {
	const why = lost[object.kind];
	if (why !== undefined) return {possible: false, how: why};
	if (object.kind === 'StatefulSet' && valueAt(object, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete')
		return {possible: false, how: 'Its claims are deleted with it, and the data of its volumes may go'};
	if (object.kind === 'Pod')
		return {possible: true, how: 'Makes the pod again if nothing else does; what it held in memory and on its own disk is gone'};
	if (object.kind === 'Job') return {possible: true, how: 'Makes the job again, which runs it from the start'};
	return {possible: true, how: 'Makes the object again from the journal, under a new uid'};
}
