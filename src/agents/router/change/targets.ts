import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {allNamed} from '../names/all-named.ts';
import type {Asking, Question} from './asking.ts';

/** Kinds that run pods from a template that may be changed. */
export const podKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'CronJob'] as const;
export const scalableKinds = ['Deployment', 'StatefulSet', 'Rollout', 'ReplicaSet'] as const;
export const restartableKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'] as const;

export const inNamespace = ({metadata: {namespace}}: KubeObject) => (namespace === undefined ? {} : {namespace});

export const isQuestion = (targets: readonly KubeObject[] | Question): targets is Question => 'kind' in targets;

/** `deployment/web`, as the tools of workloads take it. */
export const workloadText = ({kind, metadata}: KubeObject) => `${kind.toLowerCase()}/${metadata.name}`;

/** The objects of these kinds that a clause names; none where it names none of them. */
export async function targetsIn({clause, world, talk}: Asking, kinds: readonly string[]): Promise<readonly KubeObject[] | Question> {
	const named = await allNamed(clause, world, kinds, talk);
	if (named.found === 'several') return named.question;
	return named.found === 'some' ? named.objects : [];
}
