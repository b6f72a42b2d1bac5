import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {Access} from './denied.ts';
import {actionsOf, lacking, words} from './rule-holders.ts';
import {wideRules} from './wide-rules.ts';
import {accountOf} from './workload-deeds.ts';

/**
 * What is to be made has no name yet when it is asked whether it may: a rule for names never allows it.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
function namedCreates(role: KubeObject, users: readonly KubeObject[], access: Access): readonly Cause[] {
	return listAt(role, 'rules').flatMap((rule, index): readonly Cause[] => {
		const resources = words(rule, 'resources').filter(each => !each.includes('/'));
		if (listAt(rule, 'resourceNames').length === 0 || !words(rule, 'verbs').includes('create') || resources.length === 0) return [];
		const hurt = lacking(users, actionsOf(rule, resources, ['create']), role.metadata.namespace, access);
		if (hurt.length === 0) return [];
		const who = refText(refOf(role));
		const rules = listAt(role, 'rules');
		const added = {apiGroups: words(rule, 'apiGroups'), resources, verbs: ['create']};
		return [
			{
				id: 'rule-names-what-is-made',
				resource: refOf(role),
				path: `rules[${index}].resourceNames`,
				hurts: hurt.map(refOf),
				cause: {
					en: `A rule of ${who} allows to create ${resources.join(', ')} by name alone, which it never does: what is to be made has no name yet when that is asked`,
					ko: `${who}의 규칙이 이름을 지정해 ${resources.join(', ')} create를 허용하는데, 만들 때는 이름으로 판단하지 않아 허용되지 않습니다`,
				},
				evidence: [
					{
						source: who,
						detail: `rules[${index}].resourceNames ${words(rule, 'resourceNames').join(', ')}, verbs ${words(rule, 'verbs').join(', ')}`,
					},
					...changeEvidence(role),
				],
				remedies: [
					exchange(role, [{path: ['rules'], from: rules, to: [...rules, added]}], {
						side: 'role',
						// It is more than the names that somebody listed.
						sure: false,
						text: {
							en: `Let ${who} create ${resources.join(', ')} by a rule without names`,
							ko: `${who}에 이름 없는 규칙을 더해 ${resources.join(', ')} create를 허용합니다`,
						},
					}),
				],
			},
		];
	});
}

/** A subject of another kind than the account of its name, which workloads sign in as and nothing gives rights to. */
export function otherKinds(binding: KubeObject, {grants}: Access, survey: Survey): readonly Cause[] {
	const {namespace} = binding.metadata;
	if (namespace === undefined || !survey.isRead('ServiceAccount', namespace)) return [];
	return listAt(binding, 'subjects').flatMap((subject, index): readonly Cause[] => {
		const [kind, name = ''] = [textAt(subject, 'kind'), textAt(subject, 'name')];
		const account = kind === 'ServiceAccount' ? undefined : survey.find('ServiceAccount', namespace, name);
		const users = account === undefined ? [] : survey.workloads(namespace).filter(each => accountOf(each) === name);
		const isBare = !grants.some(({holder}) => holder.kind === 'ServiceAccount' && holder.name === name && holder.namespace === namespace);
		if (users.length === 0 || !isBare || name === 'default') return [];
		const who = refText(refOf(binding));
		return [
			{
				id: 'subject-not-there',
				resource: refOf(binding),
				path: `subjects[${name}].kind`,
				severity: 'medium',
				hurts: users.map(refOf),
				cause: {
					en: `${who} gives its rights to a ${kind} ${name}, and ${users.map(each => refText(refOf(each))).join(', ')} sign in as the ServiceAccount of that name, which has none`,
					ko: `${who}이(가) ${kind} ${name}에 권한을 주는데 ${users.map(each => refText(refOf(each))).join(', ')}는 같은 이름의 ServiceAccount를 쓰고 거기에는 권한이 없습니다`,
				},
				evidence: [{source: who, detail: `subjects[${index}].kind ${kind}`}, ...changeEvidence(binding)],
				remedies: [
					exchange(binding, [{path: ['subjects', index], from: subject, to: {kind: 'ServiceAccount', name, namespace}}], {
						side: 'binding',
						sure: false,
						text: {en: `Make ${who} name the ServiceAccount ${name}`, ko: `${who}이(가) ServiceAccount ${name}을(를) 가리키게 합니다`},
					}),
				],
			},
		];
	});
}

/** Rules of Roles that can give nothing, whatever is in the cluster. */
export function voidRules(access: Access, survey: Survey): readonly Cause[] {
	return survey.all('Role').flatMap(role => {
		const own = access.usersOf(role);
		return [...wideRules(role, own, access), ...namedCreates(role, own, access)];
	});
}
