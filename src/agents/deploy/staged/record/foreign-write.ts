import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Act, Script, Wait} from '../act.ts';

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
		const isNear = write.ref.namespace === namespace;
		if (routes.has(kind)) return write.op !== 'patch' && write.op !== 'replace' && !isNear;
		if (!isNear) return !isFarRight(write, namespace);
		if (!kinds.has(kind)) return true;
		return kind === 'RoleBinding' && 'manifest' in write && wordAt(write.manifest, 'roleRef', 'kind') !== 'Role';
	});
	return strange === undefined ? undefined : `it would ${strange.op} ${refText(strange.ref)}`;
}

/** The rights of a guardian where a route lies elsewhere: to patch named routes, for an account of this namespace. */
function isFarRight(write: Write, namespace: string): boolean {
	const {kind, name} = write.ref;
	if ((kind !== 'Role' && kind !== 'RoleBinding') || !name.startsWith('mkcoa-guardian-')) return false;
	if (write.op === 'delete') return true;
	if (write.op !== 'create') return false;
	return kind === 'Role' ? patchesRoutesAlone(write.manifest) : bindsOwnAccounts(write.manifest, name, namespace);
}

const routeResources = ['httproutes', 'grpcroutes', 'virtualservices'];

const patchesRoutesAlone = (role: KubeObject) =>
	listAt(role, 'rules').every(rule => {
		const isOf = (key: string, known: readonly string[]) => listAt(rule, key).every(each => known.includes(String(each)));
		return isOf('resources', routeResources) && isOf('verbs', ['patch']) && listAt(rule, 'resourceNames').length > 0;
	});

const bindsOwnAccounts = (binding: KubeObject, name: string, namespace: string) =>
	wordAt(binding, 'roleRef', 'kind') === 'Role' &&
	wordAt(binding, 'roleRef', 'name') === name &&
	listAt(binding, 'subjects').every(each => textAt(each, 'kind') === 'ServiceAccount' && textAt(each, 'namespace') === namespace);

function strangeWait({wait, standIn}: Act, namespace: string): string | undefined {
	const along = wait !== undefined && 'along' in wait ? wait.along : undefined;
	const asked: readonly Ref[] = [
		...(wait !== undefined && 'ref' in wait ? [wait.ref] : []),
		...(wait !== undefined && 'service' in wait ? [wait.service] : []),
		...(standIn === undefined ? [] : [standIn.copy, standIn.of ?? standIn.copy]),
		...(along === undefined ? [] : [along.of]),
	];
	const far = asked.find(ref => ref.namespace !== namespace);
	if (far !== undefined) return `it would look at ${refText(far)}`;
	const upkeep = [...(along?.scalers ?? []).map(ofKind('HorizontalPodAutoscaler')), ...freed(wait).map(ofKind('Pod'))];
	const strange = upkeep.find(({ref, isUsual}) => !isUsual || ref.namespace !== namespace);
	return strange === undefined ? undefined : `it would change ${refText(strange.ref)}`;
}

const ofKind = (kind: string) => (ref: Ref) => ({ref, isUsual: ref.kind === kind});

/** Pods that a wait deletes. */
const freed = (wait: Wait | undefined): readonly Ref[] => (wait?.kind === 'ready' ? (wait.frees ?? []) : []);
