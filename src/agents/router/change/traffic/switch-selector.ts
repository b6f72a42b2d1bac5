import {isDeepStrictEqual} from 'node:util';
import type {JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';

const podLabels = (workload: KubeObject) => objectAt(workload, 'spec', 'template', 'metadata', 'labels');

/** The words that tell a workload from its siblings: the values of its pods' labels, its name and what that ends in. */
const marksOf = (workload: KubeObject): readonly unknown[] => [
	...Object.values(podLabels(workload)),
	workload.metadata.name,
	workload.metadata.name.split('-').at(-1),
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
 * The siblings behind a Service that a word such as `green` or `v2` names. Siblings share a label of the selector with the pods that the
 * Service has now, and differ in another; a Service with one workload alone has none.
 * @param workloads of the Service's namespace
 */
export function switchesTo(service: KubeObject, workloads: readonly KubeObject[], words: readonly string[]): readonly Switch[] {
	const selector = objectAt(service, 'spec', 'selector');
	const siblings = workloads.flatMap(workload => {
		const next = selectorFor(selector, workload);
		const isSibling = next !== undefined && Object.keys(selector).some(key => selector[key] === next[key]);
		return isSibling ? [{workload, selector: next, isThere: isDeepStrictEqual(next, selector)}] : [];
	});
	if (siblings.every(({isThere}) => isThere)) return [];
	return siblings.filter(({workload}) =>
		marksOf(workload).some(mark => typeof mark === 'string' && mark !== service.metadata.name && words.includes(mark)),
	);
}
