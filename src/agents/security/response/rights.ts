import {type Holder, holderText, isSystemHolder} from '../../../analysis/access/grants.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import {podsText} from './isolate.ts';
import type {NotTaken, Taken} from './measure.ts';
import type {ResponseSubject} from './subject.ts';

const bindingKinds = ['rolebindings.rbac.authorization.k8s.io', 'clusterrolebindings.rbac.authorization.k8s.io'];

const userOf = ({namespace, name}: Holder) => `system:serviceaccount:${namespace}:${name}`;

/** Where a binding names a holder, also an account by the user that it signs in as. */
const placesIn = (binding: KubeObject, holder: Holder): readonly number[] =>
	listAt(binding, 'subjects').flatMap((subject, index) => {
		const [kind, name] = [textAt(subject, 'kind'), textAt(subject, 'name')];
		const isAccount =
			holder.kind === 'ServiceAccount' &&
			((kind === 'ServiceAccount' &&
				name === holder.name &&
				(textAt(subject, 'namespace') ?? binding.metadata.namespace) === holder.namespace) ||
				(kind === 'User' && name === userOf(holder)));
		return isAccount || (kind === holder.kind && holder.kind !== 'ServiceAccount' && name === holder.name) ? [index] : [];
	});

/** The last place first: those before it keep their numbers. Each is tested to be what was read. */
const withoutSubjects = (binding: KubeObject, places: readonly number[]): Write => ({
	op: 'patch',
	ref: refOf(binding),
	type: 'json',
	patch: places.toReversed().flatMap(index => [
		{op: 'test', path: `/subjects/${index}`, value: listAt(binding, 'subjects')[index] ?? null},
		{op: 'remove', path: `/subjects/${index}`},
	]),
});

/** Takes a holder out of the bindings that name it. Rights of its groups, and those that the cloud gives, stay and are told. */
export async function revokeRights(cluster: Cluster, {text, holder}: ResponseSubject): Promise<Taken | NotTaken> {
	const measure = 'revoke-rights';
	if (holder === undefined) return {measure, why: `no account is known of ${text}`};
	if (isSystemHolder(holder)) return {measure, why: `${holderText(holder)} is of the control plane: the cluster would stop working`};
	const {objects, notChecked} = await readNeighbours(cluster, undefined, bindingKinds);
	const naming = objects.map(binding => ({binding, places: placesIn(binding, holder)})).filter(({places}) => places.length > 0);
	const unread: readonly Consequence[] = notChecked.map(each => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${each}`}));
	if (naming.length === 0) return {measure, why: [`no binding names ${holderText(holder)}`, ...notChecked].join('; ')};
	return {
		measure,
		title: `Take ${holderText(holder)} out of ${naming.length === 1 ? '1 binding' : `${naming.length} bindings`}`,
		writes: naming.map(({binding, places}) => withoutSubjects(binding, places)),
		consequences: [
			{
				id: 'groups-stay',
				severity: 'warning',
				text: `What ${holderText(holder)} may do by its groups, or by what a cloud grants, stays`,
			},
			...unread,
		],
	};
}

/** Fields that the server gives an object, and would not take from a manifest. */
function manifestOf(account: KubeObject): KubeObject {
	const {name, namespace, labels, annotations} = account.metadata;
	const metadata = {
		name,
		...(namespace === undefined ? {} : {namespace}),
		...(labels === undefined ? {} : {labels}),
		...(annotations === undefined ? {} : {annotations}),
	};
	const {status: _, secrets: __, ...rest} = account;
	return {...rest, apiVersion: account.apiVersion, kind: account.kind, metadata};
}

/**
 * Makes an account anew: the server takes no token of the old one, which carries its uid. Legacy tokens in Secrets go with it.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens
 */
export async function revokeTokens(cluster: Cluster, {text, holder, pods}: ResponseSubject): Promise<Taken | NotTaken> {
	const measure = 'revoke-tokens';
	if (holder?.kind !== 'ServiceAccount') return {measure, why: `${text} signs in by what no cluster can revoke: do it where it signs in`};
	if (isSystemHolder(holder)) return {measure, why: `${holderText(holder)} is of the control plane: the cluster would stop working`};
	const ref: Ref = {apiVersion: 'v1', kind: 'ServiceAccount', namespace: holder.namespace, name: holder.name};
	const account = await cluster.get(ref);
	if (account === undefined) return {measure, why: `${refText(ref)} does not exist`};
	if (holder.name === 'default')
		return {measure, why: `${refText(ref)} is made anew by the server itself: give the workload an account of its own first`};
	return {
		measure,
		title: `Make ${refText(ref)} anew, so that no token of it is worth anything`,
		writes: [
			{op: 'delete', ref},
			{op: 'create', ref, manifest: manifestOf(account)},
		],
		consequences: [
			{
				id: 'tokens-end',
				severity: 'danger',
				text: `Pods that run as it are refused by the API server until they are restarted${pods.length === 0 ? '' : `, ${podsText(pods)} among them`}`,
				ref,
			},
		],
		lasting: 'Tokens that were given out stay worthless',
	};
}
