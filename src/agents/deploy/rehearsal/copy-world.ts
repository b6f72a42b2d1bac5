import {type KubeObject, refKey, refOf} from '../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';

/** One thing that would happen. `bad` keeps the change from its end or hurts who is there; `mind` is worth knowing. */
export type RehearsalFinding = {
	readonly id: 'unschedulable' | 'quota' | 'refused' | 'broken-reference' | 'selector-overlap' | 'budget' | 'surge';
	readonly level: 'bad' | 'mind' | 'fine';
	readonly text: string;
};

/** Objects of one namespace as they are, by `keyOf`. */
export type World = Map<string, KubeObject>;

export const keyOf = (object: KubeObject) => refKey(refOf(object));

/** `ReplicaSet web-6d4cf56db6` is the Deployment's business: people know `web`. */
export function makerOf(pod: KubeObject): string {
	const owner = controllerOf(pod);
	const hash = textMapAt(pod, 'metadata', 'labels')['pod-template-hash'];
	if (owner === undefined) return pod.metadata.name;
	return hash === undefined ? owner.name : owner.name.replace(new RegExp(`-${hash}$`), '');
}
