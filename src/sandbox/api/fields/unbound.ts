import {objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';

/**
 * A pod as it was before its node was chosen: binding is a write of the server's own, which nobody owns and no generation counts.
 * Other objects, and pods that keep their node, come back as they are.
 */
export function unbound(before: KubeObject, after: KubeObject): KubeObject {
	if (after.kind !== 'Pod' || valueAt(before, 'spec', 'nodeName') !== undefined || valueAt(after, 'spec', 'nodeName') === undefined)
		return after;
	const {nodeName: _node, ...spec} = objectAt(after, 'spec');
	return {...after, spec};
}
