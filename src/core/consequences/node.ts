import type {Json} from '../json.ts';
import {listAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {count} from '../text/count.ts';
import {type ChangeQuestion, isFinished, type Rule, say, touches} from './question.ts';

/** Pods on a node that the node itself does not keep: DaemonSets and static pods stay when it is drained. */
export const movablePods = ({pods}: ChangeQuestion['surroundings'], node: string) =>
	pods?.filter(
		pod =>
			textAt(pod, 'spec', 'nodeName') === node &&
			pod.metadata.ownerReferences?.every(({kind}) => kind !== 'DaemonSet' && kind !== 'Node') !== false &&
			!isFinished(pod),
	);

const taintKey = (taint: Json) => `${textAt(taint, 'key')}=${textAt(taint, 'value') ?? ''}:${textAt(taint, 'effect')}`;

function tolerates(pod: KubeObject, taint: Json): boolean {
	return listAt(pod, 'spec', 'tolerations').some(toleration => {
		const [key, effect] = [textAt(toleration, 'key'), textAt(toleration, 'effect')];
		if (effect !== undefined && effect !== textAt(taint, 'effect')) return false;
		if (textAt(toleration, 'operator') === 'Exists') return key === undefined || key === textAt(taint, 'key');
		return key === textAt(taint, 'key') && (textAt(toleration, 'value') ?? '') === (textAt(taint, 'value') ?? '');
	});
}

/** Cordon, uncordon and taints: where pods may run and which have to leave. */
export const nodeRule: Rule = ({before, after, fields, ref, surroundings}) => {
	if (before === null || after === null || after.kind !== 'Node') return [];
	const pods = movablePods(surroundings, ref.name);
	const stay =
		pods === undefined ? 'those that run there stay' : `its ${count(pods.length, 'pod')} ${pods.length === 1 ? 'stays' : 'stay'}`;
	const closed = valueAt(after, 'spec', 'unschedulable') === true;
	const old = new Set(listAt(before, 'spec', 'taints').map(taintKey));
	const evicting = listAt(after, 'spec', 'taints').filter(taint => textAt(taint, 'effect') === 'NoExecute' && !old.has(taintKey(taint)));
	return [
		...(touches(fields, 'spec', 'unschedulable')
			? [say('scheduling', 'info', closed ? `No new pod is placed on it; ${stay}` : 'New pods may be placed on it again', ref)]
			: []),
		...evicting.map(taint => {
			const leaving = pods?.filter(pod => !tolerates(pod, taint)).length;
			return say(
				'pods-evicted',
				'danger',
				`${leaving === undefined ? 'Pods that do' : count(leaving, 'pod')}${leaving === undefined ? ' ' : leaving === 1 ? ' does ' : ' do '}not tolerate ${taintKey(taint)} and must leave`,
				ref,
			);
		}),
	];
};
