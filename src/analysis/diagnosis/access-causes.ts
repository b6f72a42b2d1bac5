import type {JsonObject} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refKey, refText} from '../../core/kube/kube-object.ts';
import type {Action} from '../access/access-rule.ts';
import {type AccessObjects, type Grant, grantsFor, grantsOf, type Holder, holderText} from '../access/grants.ts';
import {ruleText} from '../access/rule-text.ts';
import {allowingGrants} from '../access/who-may.ts';
import {fieldOf, type Lack, lackOf, words} from './access-lack.ts';
import type {Cause, Remedy} from './cause.ts';
import {exchange} from './patch-remedy.ts';

/** Somebody who is refused, and what they want to do where; undefined is everywhere at once. */
export type Refused = {readonly holder: Holder; readonly action: Action; readonly namespace: string | undefined};

const actionText = ({verb, resource, group}: Action) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`;

const actionsText = (lacks: readonly Lack[]) => [...new Set(lacks.map(({action}) => actionText(action)))].join(', ');

const placeText = (namespace: string | undefined) =>
	namespace === undefined ? {en: 'in all namespaces', ko: '모든 네임스페이스에서'} : {en: `in ${namespace}`, ko: `${namespace}에서`};

const find = (objects: AccessObjects, {kind, name, namespace}: Ref) =>
	objects.find(object => object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace);

/** What is new in a list comes with what several actions lack of it. */
function joined(lacks: readonly Lack[], before: readonly string[]): readonly string[] {
	const [first] = lacks;
	if (first === undefined) return before;
	if (first.what === 'spelling') return first.to;
	const added = [...new Set(lacks.flatMap(({to}) => to.filter(word => !before.includes(word))))];
	return first.what === 'verb' ? [...added, ...before] : [...before, ...added];
}

/** The least rules that allow some actions: one for each resource. */
export const rulesFor = (actions: readonly Action[]): readonly JsonObject[] =>
	[...Map.groupBy(actions, ({group, resource}) => `${group} ${resource}`).values()].flatMap(([first, ...others]) =>
		first === undefined
			? []
			: [{apiGroups: [first.group], resources: [first.resource], verbs: [...new Set([first, ...others].map(({verb}) => verb))]}],
	);

/** A role takes a rule more. */
function newRuleRemedy(role: KubeObject, actions: readonly Action[], sure: boolean): Remedy {
	const rules = listAt(role, 'rules');
	const name = refText({apiVersion: role.apiVersion, kind: role.kind, name: role.metadata.name, namespace: role.metadata.namespace});
	const told = actions.map(actionText).join(', ');
	return exchange(role, [{path: ['rules'], from: rules, to: [...rules, ...rulesFor(actions)]}], {
		side: 'role',
		sure,
		text: {en: `Let ${name} ${told}`, ko: `${name}에 ${told} 권한을 더합니다`},
	});
}

function ruleRemedy(lacks: readonly [Lack, ...Lack[]], role: KubeObject): Remedy | undefined {
	const [{rule, index, grant}] = lacks;
	const actions = lacks.map(({action}) => action);
	// What is to be made has no name yet when it is asked whether it may: no list of names allows it, and a rule of its own is more than those names.
	if (lacks.some(({to}) => to.length === 0)) return newRuleRemedy(role, actions, false);
	const field = fieldOf(lacks[0]);
	const before = words(listAt(rule, field));
	const name = refText(grant.role);
	return exchange(role, [{path: ['rules', index, field], from: before, to: joined(lacks, before)}], {
		side: 'role',
		sure: true,
		text: {en: `Let ${name} ${actionsText(lacks)}`, ko: `${name}에 ${actionsText(lacks)} 권한을 더합니다`},
	});
}

function whyNot({what, rule, action}: Lack, lacks: readonly Lack[]): {readonly en: string; readonly ko: string} {
	const verbs = [...new Set(lacks.map(each => each.action.verb))].join(', ');
	const groups = words(listAt(rule, 'apiGroups')).join(', ');
	switch (what) {
		case 'verb':
			return {en: `allows ${ruleText(rule)}, but not ${verbs}`, ko: `${ruleText(rule)}만 허용하고 ${verbs}는 허용하지 않습니다`};
		case 'group':
			return {
				en: `speaks of ${action.resource} in API group "${groups}", and they are in "${action.group}"`,
				ko: `API 그룹 "${groups}"의 ${action.resource}를 허용하는데 실제 그룹은 "${action.group}"입니다`,
			};
		case 'spelling':
			return {
				en: `speaks of ${listAt(rule, 'resources').join(', ')}, and the resource is called ${action.resource}`,
				ko: `${listAt(rule, 'resources').join(', ')}을(를) 허용하는데 리소스의 이름은 ${action.resource}입니다`,
			};
		case 'subresource':
			return {
				en: `allows ${ruleText(rule)}, which does not hold for ${action.resource}`,
				ko: `${ruleText(rule)}만 허용하고 ${action.resource}는 허용하지 않습니다`,
			};
		default:
			return {en: `allows ${ruleText(rule)} and no others`, ko: `${ruleText(rule)}만 허용합니다`};
	}
}

function lackCause(
	lacks: readonly [Lack, ...Lack[]],
	{holder, namespace}: Pick<Refused, 'holder' | 'namespace'>,
	objects: AccessObjects,
): Cause {
	const [lack] = lacks;
	const role = find(objects, lack.grant.role);
	const remedy = role === undefined ? undefined : ruleRemedy(lacks, role);
	const [why, place] = [whyNot(lack, lacks), placeText(namespace)];
	return {
		id: 'right-missing',
		resource: lack.grant.role,
		path: `rules[${lack.index}].${fieldOf(lack)}`,
		cause: {
			en: `${holderText(holder)} may not ${actionsText(lacks)} ${place.en}: ${refText(lack.grant.role)} ${why.en}`,
			ko: `${holderText(holder)}는 ${place.ko} ${actionsText(lacks)}을(를) 할 수 없습니다: ${refText(lack.grant.role)}가 ${why.ko}`,
		},
		evidence: [
			{source: refText(lack.grant.binding), detail: `gives ${holderText(holder)} ${refText(lack.grant.role)}`},
			{source: refText(lack.grant.role), detail: `rule ${lack.index}: ${ruleText(lack.rule)}`},
		],
		remedies: remedy === undefined ? [] : [remedy],
	};
}

type Nothing = {readonly holder: Holder; readonly actions: readonly Action[]; readonly namespace: string | undefined};

function nothingCause({holder, actions, namespace}: Nothing, grants: readonly Grant[], objects: AccessObjects): Cause {
	const here = grants.filter(grant => grant.namespace === namespace && grant.role.kind === 'Role');
	const roles = [...new Set(here.flatMap(({role}) => find(objects, role) ?? []))];
	const lost = grants.filter(({rules}) => rules === undefined);
	const told = lost.map(({binding, role}) => `${refText(binding)} names ${refText(role)}, which is not there`);
	const what = actions.map(actionText).join(', ');
	const place = placeText(namespace);
	const [own] = here;
	return {
		id: 'right-missing',
		resource: own?.role ?? {apiVersion: 'v1', kind: holder.kind, name: holder.name, namespace: holder.namespace},
		path: own === undefined ? undefined : 'rules',
		cause: {
			en: `${holderText(holder)} may not ${what} ${place.en}: ${told.join('; ') || 'no binding that reaches it allows that'}`,
			ko: `${holderText(holder)}는 ${place.ko} ${what}을(를) 할 수 없습니다: ${told.join('; ') || '그것을 허용하는 바인딩이 없습니다'}`,
		},
		evidence: grants.slice(0, 6).map(({binding, role}) => ({source: refText(binding), detail: refText(role)})),
		remedies: lost.length > 0 ? [] : roles.map(role => newRuleRemedy(role, actions, roles.length === 1)),
	};
}

/** Which of some actions a holder may not carry out. */
export const deniedOf = (
	holder: Holder,
	actions: readonly Action[],
	namespace: string | undefined,
	grants: readonly Grant[],
): readonly Action[] => {
	const own = grantsFor(holder, grants);
	return actions.filter(action => !allowingGrants(action, namespace, own).some(({names}) => names.length === 0));
};

/** ClusterRoles that come with every cluster: nobody widens them for one holder. */
export const isShared = (clusterRole: string) =>
	['view', 'edit', 'admin', 'cluster-admin'].includes(clusterRole) || clusterRole.startsWith('system:');

/** The rules that come nearest to allowing an action. */
function nearest(action: Action, grants: readonly Grant[]): readonly Lack[] {
	const own = grants.filter(({role}) => role.kind !== 'ClusterRole' || !isShared(role.name));
	const all = own.flatMap(grant => (grant.rules ?? []).flatMap((rule, index) => lackOf(grant, rule, index, action) ?? []));
	const least = Math.min(...all.map(({misses}) => misses));
	return all.filter(({misses}) => misses === least);
}

/** Why somebody is refused several things in one place: one cause for each list of a rule that lacks some of them. */
export function rightCauses({holder, actions, namespace}: Nothing, objects: AccessObjects, grants = grantsOf(objects)): readonly Cause[] {
	const denied = deniedOf(holder, actions, namespace, grants);
	const reaching = grantsFor(holder, grants).filter(grant => grant.namespace === undefined || grant.namespace === namespace);
	const lacking = denied.map(action => ({action, lacks: nearest(action, reaching)}));
	const lacks = lacking.flatMap(each => each.lacks);
	const lost = lacking.filter(each => each.lacks.length === 0).map(({action}) => action);
	const groups = Map.groupBy(lacks, lack => `${refKey(lack.grant.role)} ${lack.index} ${fieldOf(lack)}`);
	return [
		...[...groups.values()].flatMap(([first, ...others]) =>
			first === undefined ? [] : [lackCause([first, ...others], {holder, namespace}, objects)],
		),
		...(lost.length === 0 ? [] : [nothingCause({holder, actions: lost, namespace}, reaching, objects)]),
	];
}

/** Why somebody is refused; nothing where RBAC allows it. */
export const accessCauses = ({holder, action, namespace}: Refused, objects: AccessObjects): readonly Cause[] =>
	rightCauses({holder, actions: [action], namespace}, objects);
