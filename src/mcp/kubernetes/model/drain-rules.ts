import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from './fields.ts';
import {controllerOf} from './owner-chain.ts';

/** What a drain does with a pod. `needs` names the flag without which the drain is refused. */
export type DrainVerdict =
	| {readonly kind: 'evict'; readonly loses: string}
	| {readonly kind: 'stays'; readonly why: string}
	| {readonly kind: 'needs'; readonly flag: 'deleteEmptyDirData' | 'includeUnmanaged'; readonly why: string};

const hasEmptyDir = (pod: KubeObject) => objectsAt(pod, 'spec', 'volumes').some(volume => valueAt(volume, 'emptyDir') !== undefined);

/**
 * The filters of kubectl drain (kubectl pkg/drain/filters.go): mirror pods and pods of DaemonSets stay, pods without an owner and
 * pods with local data want a flag. Pods that ended are taken without a question.
 */
export function drainVerdict(
	pod: KubeObject,
	flags: {readonly deleteEmptyDirData: boolean; readonly includeUnmanaged: boolean},
): DrainVerdict {
	const owner = controllerOf(pod);
	if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined)
		return {kind: 'stays', why: 'a static pod of the node itself'};
	if (owner?.kind === 'DaemonSet') return {kind: 'stays', why: `DaemonSet ${owner.name} keeps one on every node`};
	if (pod.metadata.deletionTimestamp !== undefined) return {kind: 'stays', why: 'it is ending already'};
	if (['Succeeded', 'Failed'].includes(wordAt(pod, 'status', 'phase'))) return {kind: 'evict', loses: ''};
	if (owner === undefined && !flags.includeUnmanaged) return {kind: 'needs', flag: 'includeUnmanaged', why: 'nothing makes it again'};
	if (hasEmptyDir(pod) && !flags.deleteEmptyDirData)
		return {kind: 'needs', flag: 'deleteEmptyDirData', why: 'it keeps data in an emptyDir'};
	const losses = [
		...(owner === undefined ? ['nothing makes it again'] : []),
		...(hasEmptyDir(pod) ? ['the data of its emptyDir is lost'] : []),
	];
	return {kind: 'evict', loses: losses.join(', ')};
}
