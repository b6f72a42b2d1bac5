import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {grantsFor, type Holder, holderText} from '../../../access/grants.ts';
import type {Deed} from '../../../access/kubectl-actions.ts';
import {deniedOf, rightCauses, rulesFor} from '../../../diagnosis/access-causes.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {applied, inOrder} from '../../../diagnosis/writes-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access, Denied} from './denied.ts';
import {otherSubject} from './other-subject.ts';
import {accountOf, deedsOf} from './workload-deeds.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

/** A name that nothing has yet, for what is made for an account. */
const freeName = (kind: string, name: string, namespace: string, survey: Survey) =>
	survey.find(kind, namespace, name) === undefined ? name : `${name}-more`;

const bindingOf = (name: string, role: string, {holder, namespace}: Denied) => ({
	apiVersion: rbac,
	kind: 'RoleBinding',
	metadata: {name, namespace: namespace ?? ''},
	roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role},
	subjects: [{kind: 'ServiceAccount', name: holder.name, namespace: holder.namespace ?? ''}],
});

/** A Role with exactly what is missing, and its binding: where the account has none that could take it. */
function ownRole(denied: Denied, survey: Survey): readonly Remedy[] {
	const {holder, namespace, actions} = denied;
	if (namespace === undefined || holder.name === 'default') return [];
	const [role, binding] = [freeName('Role', holder.name, namespace, survey), freeName('RoleBinding', holder.name, namespace, survey)];
	const manifests = [
		{apiVersion: rbac, kind: 'Role', metadata: {name: role, namespace}, rules: [...rulesFor(actions)]},
		bindingOf(binding, role, denied),
	];
	return [
		inOrder(
			manifests.map(manifest => ({
				op: 'create',
				ref: {apiVersion: rbac, kind: manifest.kind, namespace, name: manifest.metadata.name},
				manifest,
			})),
			{
				side: 'role',
				sure: false,
				text: {
					en: `Create Role ${namespace}/${role} with these rights alone, and bind it to ${holderText(holder)}`,
					ko: `필요한 권한만 가진 Role ${namespace}/${role}을(를) 만들어 ${holderText(holder)}에 연결합니다`,
				},
			},
		),
	];
}

/** A Role that allows all of it and that nothing binds to the account: its binding is gone. */
function unbound(denied: Denied, {objects}: Access, survey: Survey): readonly Cause[] {
	const {holder, namespace, actions, workload} = denied;
	if (namespace === undefined) return [];
	const isBound = (role: KubeObject) =>
		objects.some(
			each =>
				each.kind === 'RoleBinding' && each.metadata.namespace === namespace && textAt(each, 'roleRef', 'name') === role.metadata.name,
		);
	const fitting = survey.all('Role', namespace).filter(role => {
		const grant = {holder, binding: refOf(role), role: refOf(role), namespace, rules: listAt(role, 'rules')};
		return deniedOf(holder, actions, namespace, [grant]).length === 0 && !isBound(role);
	});
	const [role] = fitting.length === 1 ? fitting : fitting.filter(({metadata}) => metadata.name === holder.name);
	if (role === undefined) return [];
	const name = freeName('RoleBinding', role.metadata.name, namespace, survey);
	return [
		{
			id: 'binding-not-there',
			resource: {apiVersion: rbac, kind: 'RoleBinding', namespace, name},
			hurts: [refOf(workload)],
			cause: {
				en: `${refText(refOf(role))} allows what ${refText(refOf(workload))} does, and no RoleBinding gives it to ${holderText(holder)}`,
				ko: `${refText(refOf(role))}이(가) ${refText(refOf(workload))}에 필요한 권한을 갖고 있는데 ${holderText(holder)}에 연결하는 RoleBinding이 없습니다`,
			},
			evidence: [{source: refText(refOf(role)), detail: 'is bound to nobody'}],
			remedies: [
				applied(bindingOf(name, role.metadata.name, denied), {
					side: 'binding',
					sure: role.metadata.name === holder.name,
					text: {
						en: `Bind ${refText(refOf(role))} to ${holderText(holder)}`,
						ko: `${refText(refOf(role))}을(를) ${holderText(holder)}에 연결합니다`,
					},
				}),
			],
		},
	];
}

/** Another account of the namespace that may do all of it and that no workload signs in as. */
function betterAccount({workload, holder, actions, namespace}: Denied, {grants}: Access, survey: Survey): readonly Cause[] {
	if (holder.name !== 'default' || holder.namespace === undefined) return [];
	const used = new Set(survey.workloads(holder.namespace).map(accountOf));
	const fitting = survey.all('ServiceAccount', holder.namespace).filter(({metadata}) => {
		const other: Holder = {kind: 'ServiceAccount', namespace: holder.namespace, name: metadata.name};
		return metadata.name !== 'default' && !used.has(metadata.name) && deniedOf(other, actions, namespace, grants).length === 0;
	});
	const [account] = fitting.length === 1 ? fitting : fitting.filter(({metadata}) => metadata.name === workload.metadata.name);
	if (account === undefined) return [];
	const place = [...podSpecPlace(workload), 'serviceAccountName'];
	const name = refText(refOf(workload));
	return [
		{
			id: 'account-fell-back',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			cause: {
				en: `${name} signs in as ServiceAccount default, which may not do what it does, and ${refText(refOf(account))} may`,
				ko: `${name}이(가) 권한 없는 ServiceAccount default를 쓰고 있고, 권한은 ${refText(refOf(account))}에 있습니다`,
			},
			evidence: [
				{source: name, detail: `serviceAccountName ${textAt(podSpecOf(workload), 'serviceAccountName') ?? '(none)'}`},
				{source: refText(refOf(account)), detail: 'has the rights, and nothing signs in as it'},
				...changeEvidence(workload, place),
			],
			remedies: [
				exchange(
					workload,
					['serviceAccountName', ...(textAt(podSpecOf(workload), 'serviceAccount') === undefined ? [] : ['serviceAccount'])].map(field => ({
						path: [...podSpecPlace(workload), field],
						from: textAt(podSpecOf(workload), field),
						to: account.metadata.name,
					})),
					{
						side: 'workload',
						sure: true,
						text: {en: `Let ${name} sign in as ${account.metadata.name}`, ko: `${name}이(가) ${account.metadata.name}을(를) 쓰게 합니다`},
					},
				),
			],
		},
	];
}

/** Why a workload may not do what it does: the object that should be changed, not the one that is refused. */
export function deniedCauses(denied: Denied, access: Access, survey: Survey): readonly Cause[] {
	const better = betterAccount(denied, access, survey);
	if (better.length > 0) return better;
	const has = grantsFor(denied.holder, access.grants).some(({namespace, role}) => namespace === denied.namespace && role.kind === 'Role');
	const bindable = has ? [] : [...unbound(denied, access, survey), ...otherSubject(denied, access, survey)].slice(0, 1);
	if (bindable.length > 0) return bindable;
	const hurt = refOf(denied.workload);
	return rightCauses(denied, access.objects, access.grants).map(cause => ({
		...cause,
		hurts: [...(cause.hurts ?? []), hurt],
		remedies: cause.remedies.length > 0 || cause.resource.kind !== 'ServiceAccount' ? cause.remedies : ownRole(denied, survey),
	}));
}

/** What a workload may not do of what it is known to want, place by place. */
export function deniedOfWorkload(workload: KubeObject, {grants}: Access): readonly Denied[] {
	const {told, usual, election} = deedsOf(workload);
	if (told.length + usual.length + election.length === 0) return [];
	const holder: Holder = {kind: 'ServiceAccount', namespace: workload.metadata.namespace, name: accountOf(workload)};
	// What is only known of such programs counts where somebody gave the account rights at all.
	const isGiven = grants.some(
		grant => grant.holder.kind === 'ServiceAccount' && grant.holder.name === holder.name && grant.holder.namespace === holder.namespace,
	);
	const deeds: readonly Deed[] = [...told, ...(isGiven ? [...usual, ...election] : [])];
	return [...Map.groupBy(deeds, ({namespace}) => namespace ?? '').values()].flatMap((list): readonly Denied[] => {
		const namespace = list[0]?.namespace;
		const actions = [...new Map(list.map(({action}) => [JSON.stringify(action), action])).values()];
		const denied = deniedOf(holder, actions, namespace, grants);
		return denied.length === 0 ? [] : [{workload, holder, namespace, actions: denied}];
	});
}
