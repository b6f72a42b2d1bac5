import {type Ref, refText} from '../../../../core/kube/kube-object.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Act, Script} from '../act.ts';

/** What a rollout may write beside its workload. */
const kinds = new Set([
	...['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
	...['ConfigMap', 'Secret', 'Service', 'Ingress', 'DestinationRule', 'BackendTLSPolicy'],
	...['Job', 'ServiceAccount', 'Role', 'RoleBinding'],
]);

/** Routes may lie elsewhere, and are there before: they are changed, never made. */
const routes = new Set(['HTTPRoute', 'GRPCRoute', 'VirtualService']);

/**
 * The first thing of a script that no rollout in this namespace does. A script lies in a Secret, so whoever may write Secrets there could otherwise
 * have an operator with more rights write, or ask, anything anywhere.
 * @returns a sentence, or undefined where there is none
 */
export function foreignWrite({acts, wayBack}: Script, namespace: string): string | undefined {
	for (const act of [...acts, ...wayBack]) {
		const strange = strangeWrite(act, namespace) ?? strangeWait(act, namespace);
		if (strange !== undefined) return strange;
	}
	return undefined;
}

function strangeWrite({writes}: Act, namespace: string): string | undefined {
	const strange = writes.find(write => {
		const {kind} = write.ref;
		if (routes.has(kind)) return write.op !== 'patch' && write.op !== 'replace' && write.ref.namespace !== namespace;
		if (!kinds.has(kind) || write.ref.namespace !== namespace) return true;
		return kind === 'RoleBinding' && 'manifest' in write && wordAt(write.manifest, 'roleRef', 'kind') !== 'Role';
	});
	return strange === undefined ? undefined : `it would ${strange.op} ${refText(strange.ref)}`;
}

function strangeWait({wait}: Act, namespace: string): string | undefined {
	const asked: readonly Ref[] = wait === undefined ? [] : 'ref' in wait ? [wait.ref] : 'service' in wait ? [wait.service] : [];
	const strange = asked.find(ref => ref.namespace !== namespace);
	return strange === undefined ? undefined : `it would look at ${refText(strange)}`;
}
