import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {type Resource, resourcesOf} from '../../create/reading/access/resource-words.ts';
import {verbsOf} from '../../create/reading/access/verb-words.ts';
import type {Intent} from '../../understanding.ts';
import {spoken} from '../../words/spoken.ts';
import type {Asking} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, editTargets} from '../edit-targets.ts';

const removing = 'remove drop take_away take_out revoke strip no_longer lose without 제거 삭제 빼 회수 없애';
const binding = 'bind bound binding user group subject member 바인딩 사용자 그룹';

/** What a clause says of rights: verbs, and resources with their groups. */
type Rights = {readonly verbs: readonly string[]; readonly resources: readonly Pick<Resource, 'group' | 'plural'>[]};

/** Words of an order that are verbs of rights as well: `remove delete from …`, `let it use …`. */
const isOrder = (clause: Clause, at: number) => {
	const {text, raw} = clause.words[at] ?? {text: '', raw: ''};
	return (
		(at === 0 && /^(?:remove|update|delete|change|edit|create|use|let|get|watch|list)$/.test(text)) ||
		text === 'use' ||
		/^(?:remove|removing|changes?|확인|변경|수정|관리|편집|삭제)/.test(raw)
	);
};

function rightsIn(clause: Clause, {metadata}: KubeObject): Rights {
	const words = clause.words
		.map(({raw, quoted}, at) => ({raw: raw.toLowerCase(), at, quoted}))
		.filter(({raw}) => raw !== metadata.name && raw !== metadata.namespace);
	const verbs = words.flatMap(({raw, at}) => (isOrder(clause, at) ? [] : (verbsOf(raw)?.verbs ?? [])));
	const resources = words.flatMap(({raw}) =>
		/^(?:cluster-?)?roles?$|^(?:클러스터)?롤|^역할/.test(raw) || verbsOf(raw) !== undefined ? [] : resourcesOf(raw),
	);
	return {verbs: [...new Set(verbs)], resources};
}

const textsAt = (rule: Json, key: string) => listAt(rule, key).filter(one => typeof one === 'string');
const ruleOf = (group: string, resource: string, verbs: readonly string[]): JsonObject => ({
	apiGroups: [group],
	resources: [resource],
	verbs,
});

/** Verbs that stand already for things of a group, else for anything. */
function verbsOfGroup(rules: readonly Json[], group: string): readonly string[] {
	const same = rules.filter(rule => textsAt(rule, 'apiGroups').includes(group));
	return [...new Set((same.length > 0 ? same : rules).flatMap(rule => textsAt(rule, 'verbs')))];
}

function widened(rules: readonly Json[], {verbs, resources}: Rights): readonly Json[] | undefined {
	if (resources.length > 0) {
		const more = resources.map(({group, plural}) => ruleOf(group, plural, verbs.length > 0 ? verbs : verbsOfGroup(rules, group)));
		return [...rules, ...more];
	}
	const [rule, ...others] = rules;
	if (verbs.length === 0 || !isJsonObject(rule ?? null) || others.length > 0 || !isJsonObject(rule)) return undefined;
	return [{...rule, verbs: [...new Set([...textsAt(rule, 'verbs'), ...verbs])]}];
}

/** The rules without these verbs for these resources; without the resources where no verb is said, of all where none is named. */
function narrowed(rules: readonly Json[], {verbs, resources}: Rights): readonly Json[] | undefined {
	if (verbs.length + resources.length === 0) return undefined;
	const isMeant = (plural: string) => resources.length === 0 || resources.some(one => one.plural === plural);
	return rules.flatMap((rule): readonly Json[] => {
		if (!isJsonObject(rule)) return [rule];
		const [meant, rest] = [textsAt(rule, 'resources').filter(isMeant), textsAt(rule, 'resources').filter(plural => !isMeant(plural))];
		const left = verbs.length === 0 ? [] : textsAt(rule, 'verbs').filter(verb => !verbs.includes(verb));
		if (meant.length === 0) return [rule];
		return [
			...(rest.length === 0 ? [] : [{...rule, resources: rest}]),
			...(left.length === 0 ? [] : [{...rule, resources: meant, verbs: left}]),
		];
	});
}

function edited({clause}: Asking, role: KubeObject): Edit | undefined {
	const rules = listAt(role, 'rules');
	const rights = rightsIn(clause, role);
	const after = spoken(clause, removing) ? narrowed(rules, rights) : widened(rules, rights);
	if (after === undefined || after.length === 0 || JSON.stringify(after) === JSON.stringify(rules)) return undefined;
	const told = after.map(rule => `${textsAt(rule, 'verbs').join('/')} ${textsAt(rule, 'resources').join(', ')}`).join('; ');
	return {after: changeAt(role, ['rules'], () => after), told};
}

/** Widens or narrows what a role that is there allows. Who has it is told by its bindings. */
export const roleIntent: Intent = {
	name: 'role',
	understand: async (clause, world, talk) => {
		if (spoken(clause, binding) || !/\brole\b|clusterrole|롤|역할/i.test(clause.text)) return undefined;
		const asking = {clause, world, talk};
		return editTargets(asking, ['Role', 'ClusterRole'], role => edited(asking, role));
	},
};
