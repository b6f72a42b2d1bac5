import type {Json} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {type Action, coverOf, namesResource} from '../access/access-rule.ts';
import type {Grant} from '../access/grants.ts';
import {knownResources, resourceCalled} from '../access/resource-groups.ts';

const has = (list: readonly Json[], value: string) => list.includes('*') || list.includes(value);

export const words = (list: readonly Json[]) => list.map(String);

/** What one rule lacks of an action, where it is one thing only or what it names is the resource itself. */
export type Lack = {
	readonly grant: Grant;
	readonly rule: Json;
	readonly index: number;
	readonly action: Action;
	/** `spelling`: it calls the resource otherwise; `subresource`: it allows the whole, and not this part of it. */
	readonly what: 'verb' | 'group' | 'name' | 'spelling' | 'subresource';
	/** What the list of the rule should hold. */
	readonly to: readonly string[];
	/** How many things are wrong: the rule that lacks least was meant. */
	readonly misses: number;
};

/** The field of a rule that lacks something. */
export const fieldOf = ({what}: Pick<Lack, 'what'>) =>
	({verb: 'verbs', group: 'apiGroups', name: 'resourceNames', spelling: 'resources', subresource: 'resources'})[what];

/** A word in a rule that is no resource, and was meant as this one: `deployment`, `Pods`, `deploymnets`. */
function misspelled(rule: Json, resource: string): string | undefined {
	const [base = '', part] = resource.split('/');
	return words(listAt(rule, 'resources')).find(word => {
		const [own = '', ownPart] = word.split('/');
		if (knownResources.includes(own) || own === '*' || ownPart !== part) return false;
		return resourceCalled(own) === base || nearestNames(own, [base]).length > 0;
	});
}

/** What a rule lacks of an action; undefined where it has nothing to do with it, or lacks nothing. */
export function lackOf(grant: Grant, rule: Json, index: number, action: Action): Lack | undefined {
	if (coverOf(rule, action) === 'all') return undefined;
	const [groups, verbs, names] = ['apiGroups', 'verbs', 'resourceNames'].map(field => listAt(rule, field));
	if (groups === undefined || verbs === undefined || names === undefined) return undefined;
	const [hasGroup, hasVerb] = [has(groups, action.group), has(verbs, action.verb)];
	const hasName = names.length === 0 || (action.name !== undefined && names.includes(action.name));
	const common = {grant, rule, index, action};
	const misses = [hasGroup, hasVerb, hasName].filter(held => !held).length;
	if (!namesResource(rule, action.resource)) {
		const resources = words(listAt(rule, 'resources'));
		const wrong = misspelled(rule, action.resource);
		if (wrong !== undefined)
			return {...common, what: 'spelling', to: resources.map(word => (word === wrong ? action.resource : word)), misses: misses + 1};
		const [whole = '', part] = action.resource.split('/');
		if (part === undefined || !namesResource(rule, whole) || misses > 0) return undefined;
		// A rule that speaks of this part itself comes first.
		return {...common, what: 'subresource', to: [...resources, action.resource], misses: 1.5};
	}
	if (!hasGroup) return {...common, what: 'group', to: [...words(groups), action.group], misses};
	if (!hasVerb) return {...common, what: 'verb', to: [action.verb, ...words(verbs)], misses};
	return {...common, what: 'name', to: action.name === undefined ? [] : [...words(names), action.name], misses};
}
