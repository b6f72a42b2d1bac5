import {objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {judgeOf} from './judge.ts';
import {examplePod} from './proof.ts';
import {isWithin, type Scope} from './scope.ts';

/** Somebody who runs, and whom a policy would refuse if it came anew. */
export type Blocked = {readonly object: KubeObject; readonly says: string};

/** Kinds whose objects policies look at themselves; of others, only their pods. */
const lookedAt = new Set(['Pod', 'ReplicationController', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);

const asPod = (object: KubeObject): KubeObject =>
	examplePod(
		{spec: podSpecOf(object), annotations: objectAt(object, ...(templatePath(object) ?? []), 'metadata', 'annotations')},
		object.metadata.name,
	);

/** What came to its end comes no more. */
export const isOver = (object: KubeObject) =>
	object.kind === 'Pod' && ['Succeeded', 'Failed'].includes(textAt(object, 'status', 'phase') ?? '');

/**
 * Whom of those who run a policy would refuse: judged by the very object that would be installed, as if each were made anew.
 * @param running workloads, each once: what another one owns is judged by its owner
 */
export function blockedBy(policy: KubeObject, running: readonly KubeObject[], scope: Scope): readonly Blocked[] {
	const judge = judgeOf(policy);
	return running
		.filter(({metadata}) => isWithin(scope, metadata.namespace ?? ''))
		.flatMap(object => {
			const ruling = judge({operation: 'CREATE', object: lookedAt.has(object.kind) ? object : asPod(object)});
			return ruling.verdict === 'refused' ? [{object, says: ruling.message}] : [];
		});
}
