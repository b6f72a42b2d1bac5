import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {podsOf} from '../../deploy/rollout/pod-health.ts';
import {namesLately} from '../../series/lately.ts';

/** Which object numbers are asked of. */
export const subjectInput = z.object({
	target: checkedText(317, /^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'expected NAME or KIND/NAME')
		.optional()
		.describe('Deployment, or KIND/NAME such as statefulset/db, pod/web-1 or node/a; the nodes if left out')
		.meta({completes: 'workloads'}),
	namespace: deploymentInput.shape.namespace,
});

/** Whose numbers are asked for. */
export type Subject =
	/** `names` of pods, those before the present ones too, as `podPattern` takes them; `service` by which gateways count. */
	| {
			readonly kind: 'pods';
			readonly ref: Ref;
			readonly namespace: string;
			readonly pods: readonly KubeObject[];
			readonly names: readonly string[];
			readonly service?: string;
	  }
	/** All nodes where none is named. */
	| {readonly kind: 'nodes'; readonly ref?: Ref};

async function podsBehind(cluster: Cluster, object: KubeObject, namespace: string): Promise<readonly KubeObject[]> {
	if (object.kind === 'Pod') return [object];
	if (object.kind !== 'Service') return podsOf(cluster, object);
	const labels = Object.entries(objectAt(object, 'spec', 'selector'));
	if (labels.length === 0) return [];
	const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
	return everyObject(cluster, {type, namespace, labelSelector: labels.map(([key, value]) => `${key}=${value}`).join(',')});
}

/**
 * The object that a person named, and its pods.
 * @throws MkcoaError `not-found`, `unknown-kind`, and `no-pods` for what has no pods of its own
 */
export async function readSubject(
	cluster: Cluster,
	{target, namespace = cluster.namespace}: z.output<typeof subjectInput>,
): Promise<Subject> {
	if (target === undefined) return {kind: 'nodes'};
	const [name = '', word = 'deployments'] = target.split('/').toReversed();
	const type = await cluster.typeOf(word);
	const ref: Ref = {apiVersion: type.apiVersion, kind: type.kind, ...(type.namespaced ? {namespace} : {}), name};
	const object = await cluster.get(ref);
	if (object === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-found',
			what: `${refText(ref)} does not exist`,
			next: `See what is there with: mkcoa k8s list ${type.plural}${type.namespaced ? ` -n ${namespace}; other kinds are named as KIND/NAME` : ''}`,
		});
	if (ref.kind === 'Node') return {kind: 'nodes', ref};
	const pods = await podsBehind(cluster, object, namespace);
	if (pods.length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-pods',
			what: `${refText(ref)} has no pods that could be measured`,
			next: `Look at it with: mkcoa k8s describe ${type.singular} ${name}${type.namespaced ? ` -n ${namespace}` : ''}`,
		});
	return {
		...{kind: 'pods', ref: refOf(object), namespace, pods, names: ref.kind === 'Pod' ? [name] : namesLately(pods)},
		...(ref.kind === 'Service' ? {service: name} : {}),
	};
}
