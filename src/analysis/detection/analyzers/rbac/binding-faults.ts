import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {accountOfUser, grantsFor, type Holder} from '../../../access/grants.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {inOrder, madeAnew} from '../../../diagnosis/writes-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access} from './denied.ts';
import {isMissing} from './missing-account.ts';
import {namespaceSubjects} from './namespace-subjects.ts';
import {turnedAway} from './other-subject.ts';
import {subjectRemedy} from './subject-remedy.ts';
import {otherKinds} from './void-rules.ts';
import {accountOf} from './workload-deeds.ts';

const isSystem = ({metadata}: KubeObject) =>
	metadata.name.startsWith('system:') || metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined;

/** Workloads that sign in as an account. */
const usersOf = (holder: Holder, survey: Survey) =>
	survey.workloads(holder.namespace).filter(workload => accountOf(workload) === holder.name);

/** `isUser`: the account is named as the user that it signs in as. */
type Bound = {readonly index: number; readonly holder: Holder; readonly isUser?: true};

const accountsIn = (binding: KubeObject): readonly Bound[] =>
	listAt(binding, 'subjects').flatMap((subject, index): readonly Bound[] => {
		const [kind, name] = [textAt(subject, 'kind'), textAt(subject, 'name')];
		const account = kind === 'User' ? accountOfUser(name ?? '') : undefined;
		if (account !== undefined) return [{index, holder: {kind: 'ServiceAccount', ...account}, isUser: true}];
		if (kind !== 'ServiceAccount' || name === undefined) return [];
		return [
			{index, holder: {kind: 'ServiceAccount' as const, name, namespace: textAt(subject, 'namespace') ?? binding.metadata.namespace}},
		];
	});

/**
 * The role that nothing binds any more, called as the binding or as who is bound; where no role is called so, the only one that is left, and then a person
 * chooses. Of the cluster's there are many that nobody binds.
 */
function leftRole(binding: KubeObject, survey: Survey): {readonly name: string; readonly sure: boolean} | undefined {
	const kind = textAt(binding, 'roleRef', 'kind') ?? '';
	const namespace = kind === 'Role' ? binding.metadata.namespace : undefined;
	if (!survey.isRead('RoleBinding', namespace)) return undefined;
	if (kind === 'ClusterRole' && !survey.isRead('ClusterRoleBinding')) return undefined;
	const bindings = [...survey.all('RoleBinding', namespace), ...(kind === 'ClusterRole' ? survey.all('ClusterRoleBinding') : [])];
	const bound = new Set(bindings.map(each => textAt(each, 'roleRef', 'name')));
	const left = survey
		.all(kind, namespace)
		.filter(role => !isSystem(role) && !bound.has(role.metadata.name))
		.map(({metadata}) => metadata.name);
	const called = [binding.metadata.name, ...accountsIn(binding).map(({holder}) => holder.name)];
	const alone = kind === 'Role' && left.length === 1 ? left[0] : undefined;
	const name = left.find(each => called.includes(each)) ?? alone;
	return name === undefined ? undefined : {name, sure: called.includes(name)};
}

/** A binding whose role is not there gives nothing; which role it binds never changes, so it is made anew. */
function roleCauses(binding: KubeObject, survey: Survey): readonly Cause[] {
	const [kind, name] = [textAt(binding, 'roleRef', 'kind') ?? '', textAt(binding, 'roleRef', 'name') ?? ''];
	const namespace = kind === 'Role' ? binding.metadata.namespace : undefined;
	if (!survey.isRead(kind, namespace) || survey.find(kind, namespace, name) !== undefined) return [];
	const near = meantName(
		name,
		survey.all(kind, namespace).map(({metadata}) => metadata.name),
	);
	const otherKind = kind === 'Role' ? 'ClusterRole' : 'Role';
	const isOtherKind =
		near === undefined && survey.find(otherKind, otherKind === 'Role' ? binding.metadata.namespace : undefined, name) !== undefined;
	const users = accountsIn(binding).flatMap(({holder}) => usersOf(holder, survey));
	const who = refText(refOf(binding));
	const left = near === undefined && !isOtherKind ? leftRole(binding, survey) : undefined;
	const role = {apiGroup: 'rbac.authorization.k8s.io', kind: isOtherKind ? otherKind : kind, name: near ?? left?.name ?? name};
	const canName = near !== undefined || left !== undefined || (isOtherKind && binding.kind === 'RoleBinding');
	const remedies: readonly Remedy[] = canName
		? [
				inOrder(madeAnew(binding, {roleRef: role}), {
					side: 'binding',
					sure: left?.sure ?? true,
					text: {
						en: `Make ${who} anew for ${role.kind} ${role.name}`,
						ko: `${role.kind} ${role.name}을(를) 가리키도록 ${who}을(를) 다시 만듭니다`,
					},
				}),
			]
		: [];
	return [
		{
			id: 'role-not-there',
			resource: refOf(binding),
			path: isOtherKind ? 'roleRef.kind' : 'roleRef.name',
			severity: users.length > 0 ? 'medium' : 'low',
			hurts: users.map(refOf),
			cause: {
				en: `${who} binds ${kind} ${name}, which is not there: it gives nothing`,
				ko: `${who}이(가) 가리키는 ${kind} ${name}이(가) 없어 아무 권한도 주지 않습니다`,
			},
			evidence: [
				{source: who, detail: `roleRef ${kind} ${name}`},
				...(left === undefined ? [] : [{source: `${kind} ${left.name}`, detail: 'is bound to nobody'}]),
				...changeEvidence(binding),
			],
			remedies,
		},
	];
}

/** An account that is not there, where one that is used and has no rights is spelled nearly so, or stands in another namespace. */
function subjectCauses(binding: KubeObject, access: Access, survey: Survey): readonly Cause[] {
	return accountsIn(binding).flatMap(({index, holder, isUser}): readonly Cause[] => {
		if (!isMissing(holder, survey)) return [];
		const isBare = (account: KubeObject) => {
			const own: Holder = {kind: 'ServiceAccount', name: account.metadata.name, namespace: account.metadata.namespace};
			const users = usersOf(own, survey);
			const granted = grantsFor(own, access.grants).some(grant => grant.holder.kind === 'ServiceAccount');
			return users.length > 0 && !granted;
		};
		const elsewhere = survey.all('ServiceAccount').filter(account => account.metadata.name === holder.name && isBare(account));
		const here = survey.all('ServiceAccount', holder.namespace).filter(isBare);
		const near = nearestNames(
			holder.name,
			here.map(({metadata}) => metadata.name),
		);
		const [account] = elsewhere.length === 1 ? elsewhere : here.filter(({metadata}) => near.length === 1 && metadata.name === near[0]);
		if (account === undefined) return [];
		const field = elsewhere.length === 1 && isUser !== true ? 'namespace' : 'name';
		const own: Holder = {kind: 'ServiceAccount', name: account.metadata.name, namespace: account.metadata.namespace};
		const user = `system:serviceaccount:${own.namespace}:${own.name}`;
		const to = isUser === true ? user : field === 'namespace' ? (own.namespace ?? '') : own.name;
		const who = refText(refOf(binding));
		return [
			{
				id: 'subject-not-there',
				resource: refOf(binding),
				path: `subjects[${isUser === true ? textAt(listAt(binding, 'subjects')[index], 'name') : holder.name}].${field}`,
				severity: 'medium',
				hurts: usersOf(own, survey).map(refOf),
				cause: {
					en: `${who} gives its rights to ServiceAccount ${holder.namespace}/${holder.name}, which is not there; ${refText(refOf(account))} has none`,
					ko: `${who}이(가) 없는 ServiceAccount ${holder.namespace}/${holder.name}에 권한을 줍니다. ${refText(refOf(account))}에는 권한이 없습니다`,
				},
				evidence: [
					{source: who, detail: `subject ServiceAccount ${holder.namespace}/${holder.name}`},
					{
						source: refText(refOf(account)),
						detail: `used by ${usersOf(own, survey)
							.map(each => refText(refOf(each)))
							.join(', ')}, and bound to nothing`,
					},
					...changeEvidence(binding),
				],
				// Whatever says nothing of an account signs in as this one.
				remedies: [{...subjectRemedy(binding, index, field, to), sure: account.metadata.name !== 'default'}],
			},
		];
	});
}

/** Bindings that give nothing to anybody. */
export const bindingFaults = (access: Access, survey: Survey): readonly Cause[] =>
	['RoleBinding', 'ClusterRoleBinding']
		.flatMap(kind => survey.all(kind))
		.filter(binding => !isSystem(binding))
		.flatMap(binding => [
			...roleCauses(binding, survey),
			...subjectCauses(binding, access, survey),
			...namespaceSubjects(binding, survey),
			...otherKinds(binding, access, survey),
			...turnedAway(binding, access, survey),
		]);
