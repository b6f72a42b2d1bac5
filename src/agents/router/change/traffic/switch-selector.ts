import {isDeepStrictEqual} from 'node:util';
import type {JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {containersIn} from '../containers.ts';

const podLabels = (workload: KubeObject) => objectAt(workload, 'spec', 'template', 'metadata', 'labels');

/** The words that tell a workload from its siblings: the values of its pods' labels, its name, what that ends in, and the version that it runs. */
const marksOf = (workload: KubeObject): readonly unknown[] => [
	...Object.values(podLabels(workload)),
	workload.metadata.name,
	workload.metadata.name.split('-').at(-1),
	...containersIn(workload).map(({image}) => /:([^:/@]+)$/.exec(image)?.[1]),
];

/** The same keys with the values that the workload's pods carry; undefined where they lack one. */
function selectorFor(selector: JsonObject, workload: KubeObject): JsonObject | undefined {
	const labels = podLabels(workload);
	const keys = Object.keys(selector);
	return keys.every(key => typeof labels[key] === 'string') ? Object.fromEntries(keys.map(key => [key, labels[key]])) : undefined;
}

/** Where a Service may be switched to: the sibling's selector. */
export type Switch = {readonly workload: KubeObject; readonly selector: JsonObject; readonly isThere: boolean};

/**
 * The workloads that a Service may be switched between: siblings share a label of the selector with the pods that the Service has now, and differ in another.
 * None where one workload stands alone.
 * @param workloads of the Service's namespace
 */
export function siblingsBehind(service: KubeObject, workloads: readonly KubeObject[]): readonly Switch[] {
	const selector = objectAt(service, 'spec', 'selector');
	const siblings = workloads.flatMap(workload => {
		const next = selectorFor(selector, workload);
		const isSibling = next !== undefined && Object.keys(selector).some(key => selector[key] === next[key]);
		return isSibling ? [{workload, selector: next, isThere: isDeepStrictEqual(next, selector)}] : [];
	});
	return siblings.every(({isThere}) => isThere) ? [] : siblings;
}

/** The siblings that a word such as `green`, `v2` or the version that one runs names; a word that fits all of them names none. */
export function switchesTo(service: KubeObject, siblings: readonly Switch[], words: readonly string[]): readonly Switch[] {
	const marks = siblings.map(({workload}) => marksOf(workload));
	const isShared = (mark: unknown) => siblings.length > 1 && marks.every(each => each.includes(mark));
	const names = (mark: unknown) => typeof mark === 'string' && mark !== service.metadata.name && !isShared(mark) && words.includes(mark);
	return siblings.filter((_, at) => marks[at]?.some(names));
}
