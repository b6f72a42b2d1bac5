import type {Json, JsonObject} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../core/kube/kube-object.ts';
import {type Action, coverOf, namesResource} from '../access/access-rule.ts';
import {type AccessObjects, type Grant, grantsFor, grantsOf, type Holder, holderText} from '../access/grants.ts';
import {allowingGrants} from '../access/who-may.ts';
import type {Cause, Remedy} from './cause.ts';
import {exchange} from './patch-remedy.ts';

/** Somebody who is refused, and what they want to do where. */
export type Refused = {readonly holder: Holder; readonly action: Action; readonly namespace: string};

const has = (list: readonly Json[], value: string) => list.includes('*') || list.includes(value);

const actionText = ({verb, resource, group}: Action) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`;

const ruleText = (rule: Json) =>
	`${listAt(rule, 'verbs').join(', ')} on ${listAt(rule, 'resources').join(', ')}${listAt(rule, 'resourceNames').length === 0 ? '' : ` (only ${listAt(rule, 'resourceNames').join(', ')})`}`;

/** What one rule that speaks of the resource lacks. */
type Lack = {readonly grant: Grant; readonly rule: Json; readonly index: number; readonly what: 'verb' | 'group' | 'name'};

function lackOf(grant: Grant, rule: Json, index: number, action: Action): Lack | undefined {
	if (!namesResource(rule, action.resource)) return undefined;
	if (!has(listAt(rule, 'apiGroups'), action.group)) return {grant, rule, index, what: 'group'};
	if (!has(listAt(rule, 'verbs'), action.verb)) return {grant, rule, index, what: 'verb'};
	return coverOf(rule, action) === 'all' ? undefined : {grant, rule, index, what: 'name'};
}

const words = (list: readonly Json[]) => list.map(String);

function ruleRemedy({rule, index, what, grant}: Lack, role: KubeObject, action: Action): Remedy | undefined {
	if (what === 'name') return undefined;
	const field = what === 'verb' ? 'verbs' : 'apiGroups';
	const before = words(listAt(rule, field));
	const to = what === 'verb' ? [action.verb, ...before] : [...before, action.group];
	const name = refText(grant.role);
	return exchange(role, [{path: ['rules', index, field], from: before, to}], {
		side: 'role',
		sure: true,
		text: {en: `Let ${name} ${actionText(action)}`, ko: `${name}에 ${actionText(action)} 권한을 더합니다`},
	});
}

/** A Role of the namespace that is the holder's alone takes a rule more. */
function newRuleRemedy(role: KubeObject, action: Action, sure: boolean): Remedy {
	const rule: JsonObject = {apiGroups: [action.group], resources: [action.resource], verbs: [action.verb]};
	const rules = listAt(role, 'rules');
	const name = refText({apiVersion: role.apiVersion, kind: role.kind, name: role.metadata.name, namespace: role.metadata.namespace});
	return exchange(role, [{path: ['rules'], from: rules, to: [...rules, rule]}], {
		side: 'role',
		sure,
		text: {en: `Let ${name} ${actionText(action)}`, ko: `${name}에 ${actionText(action)} 권한을 더합니다`},
	});
}

const find = (objects: AccessObjects, {kind, name, namespace}: Ref) =>
	objects.find(object => object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace);

function lackCause(lack: Lack, {holder, action, namespace}: Refused, objects: AccessObjects): Cause {
	const role = find(objects, lack.grant.role);
	const remedy = role === undefined ? undefined : ruleRemedy(lack, role, action);
	const why = {
		verb: {
			en: `allows ${ruleText(lack.rule)}, but not ${action.verb}`,
			ko: `${ruleText(lack.rule)}만 허용하고 ${action.verb}는 허용하지 않습니다`,
		},
		group: {
			en: `speaks of ${action.resource} in API group "${words(listAt(lack.rule, 'apiGroups')).join(', ')}", and they are in "${action.group}"`,
			ko: `API 그룹 "${words(listAt(lack.rule, 'apiGroups')).join(', ')}"의 ${action.resource}를 허용하는데 실제 그룹은 "${action.group}"입니다`,
		},
		name: {en: `allows ${ruleText(lack.rule)} and no others`, ko: `${ruleText(lack.rule)}만 허용합니다`},
	}[lack.what];
	return {
		id: 'right-missing',
		resource: lack.grant.role,
		cause: {
			en: `${holderText(holder)} may not ${actionText(action)} in ${namespace}: ${refText(lack.grant.role)} ${why.en}`,
			ko: `${holderText(holder)}는 ${namespace}에서 ${actionText(action)}을(를) 할 수 없습니다: ${refText(lack.grant.role)}가 ${why.ko}`,
		},
		evidence: [
			{source: refText(lack.grant.binding), detail: `gives ${holderText(holder)} ${refText(lack.grant.role)}`},
			{source: refText(lack.grant.role), detail: `rule ${lack.index}: ${ruleText(lack.rule)}`},
		],
		remedies: remedy === undefined ? [] : [remedy],
	};
}

function nothingCause({holder, action, namespace}: Refused, grants: readonly Grant[], objects: AccessObjects): Cause {
	const here = grants.filter(grant => grant.namespace === namespace && grant.role.kind === 'Role');
	const roles = here.flatMap(({role}) => find(objects, role) ?? []);
	const lost = grants.filter(({rules}) => rules === undefined);
	const told = lost.map(({binding, role}) => `${refText(binding)} names ${refText(role)}, which is not there`);
	return {
		id: 'right-missing',
		resource: here[0]?.role ?? {apiVersion: 'v1', kind: holder.kind, name: holder.name, namespace: holder.namespace},
		cause: {
			en: `${holderText(holder)} may not ${actionText(action)} in ${namespace}: ${told.join('; ') || 'no binding that reaches it allows that'}`,
			ko: `${holderText(holder)}는 ${namespace}에서 ${actionText(action)}을(를) 할 수 없습니다: ${told.join('; ') || '그것을 허용하는 바인딩이 없습니다'}`,
		},
		evidence: grants.slice(0, 6).map(({binding, role}) => ({source: refText(binding), detail: refText(role)})),
		remedies: lost.length > 0 ? [] : roles.map(role => newRuleRemedy(role, action, roles.length === 1)),
	};
}

/** Why somebody is refused; nothing where RBAC allows it. */
export function accessCauses(refused: Refused, objects: AccessObjects): readonly Cause[] {
	const all = grantsOf(objects);
	const grants = grantsFor(refused.holder, all);
	if (allowingGrants(refused.action, refused.namespace, grants).some(({names}) => names.length === 0)) return [];
	const reaching = grants.filter(({namespace}) => namespace === undefined || namespace === refused.namespace);
	const lacks = reaching.flatMap(grant => (grant.rules ?? []).flatMap((rule, index) => lackOf(grant, rule, index, refused.action) ?? []));
	return lacks.length > 0 ? lacks.map(lack => lackCause(lack, refused, objects)) : [nothingCause(refused, reaching, objects)];
}
