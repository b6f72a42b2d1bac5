import {MkcoaError} from '../../../core/error.ts';
import {groupOf, type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {wordAt} from '../model/fields.ts';
import {podSelectorText} from '../model/label-selector.ts';
import type {Cluster} from '../port.ts';
import {everyObject} from '../read-neighbours.ts';

/** Whether Argo Rollouts replaces the pods of an object, by a time in its spec. */
export const isArgoRollout = ({apiVersion, kind}: KubeObject) => kind === 'Rollout' && groupOf(apiVersion) === 'argoproj.io';

/**
 * Makes Argo Rollouts replace every pod of a Rollout: it evicts pods made before `spec.restartAt`. The second after the newest pod means every
 * pod that is there, and is the same however often it is planned.
 * @throws `not-restartable` for a Rollout without pods
 */
export async function rolloutRestartWrite(cluster: Cluster, rollout: KubeObject): Promise<Write> {
	const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
	const labelSelector = podSelectorText(rollout) ?? wordAt(rollout, 'status', 'selector');
	const pods = labelSelector === '' ? [] : await everyObject(cluster, {type, namespace: rollout.metadata.namespace, labelSelector});
	const madeMs = pods.map(({metadata}) => Date.parse(metadata.creationTimestamp ?? '')).filter(Number.isFinite);
	if (madeMs.length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-restartable',
			what: `${refText(refOf(rollout))} cannot be restarted`,
			why: 'it has no pods',
			next: `See how it is: mkcoa deploy status rollout/${rollout.metadata.name} -n ${rollout.metadata.namespace}`,
		});
	const restartAt = new Date(Math.max(...madeMs) + 1000).toISOString().replace('.000Z', 'Z');
	return {op: 'patch', ref: refOf(rollout), type: 'merge', patch: {spec: {restartAt}}};
}
