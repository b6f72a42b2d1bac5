import type {Json} from '../../../core/json.ts';
import {listAt} from '../../../core/kube/json-at.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Hold} from './holds.ts';

/** Something that rules may give: any of the verbs on any of the resources. */
export type Right = {
	readonly verbs: readonly string[];
	/** By API group, the core group empty. */
	readonly resources: {readonly [group: string]: readonly string[]};
	/** The only object that matters: a rule for other names gives nothing of it. */
	readonly only?: {readonly namespace: string; readonly name: string};
};

/**
 * Words of a rule that give a right, by their paths in the rule; none where it does not. A rule for objects by name gives a right only where the
 * right is about that object. Rules are read as they are written: whether a binding reaches as far as the resource does, as with a RoleBinding to
 * PersistentVolumes, may be otherwise tomorrow.
 */
function givingWords(rule: Json, {verbs, resources, only}: Right): readonly string[] {
	const names = listAt(rule, 'resourceNames');
	if (names.length > 0 && (only === undefined || !names.includes(only.name))) return [];
	const groups = listAt(rule, 'apiGroups').map(String);
	const words = listAt(rule, 'resources').map(String);
	const gives = (group: string, word: string) =>
		Object.entries(resources).some(
			([wanted, list]) => (group === '*' || group === wanted) && (word === '*' || list.some(each => fitsResource(word, each))),
		);
	const found = {
		resources: placesOf(words, word => groups.some(group => gives(group, word))),
		verbs: placesOf(listAt(rule, 'verbs').map(String), verb => verb === '*' || verbs.includes(verb)),
		apiGroups: placesOf(groups, group => words.some(word => gives(group, word))),
	};
	const lists = Object.entries(found);
	return lists.some(([, list]) => list.length === 0) ? [] : lists.flatMap(([field, list]) => list.map(index => `${field}[${index}]`));
}

/** A star before the slash stands for every resource. */
const fitsResource = (word: string, wanted: string) =>
	word === wanted || (wanted.includes('/') && word === `*${wanted.slice(wanted.indexOf('/'))}`);

const placesOf = (words: readonly string[], fits: (word: string) => boolean) => words.flatMap((word, index) => (fits(word) ? [index] : []));

/** Thousands of bindings give one role: its rules are read once for each right. */
const givingIn = oncePerObject((right: Right) =>
	oncePerObject((rules: Hold['rules']): readonly (readonly string[])[] =>
		rules.flatMap(({rule, path}) => {
			const words = givingWords(rule, right);
			return words.length === 0 ? [] : [path === undefined ? [] : words.map(word => `${path}.${word}`)];
		}),
	),
);

/** What of a binding gives a right: for each rule that does, the words in the role. A gathered rule does so without a place. */
export function givingRules({binding, rules}: Hold, right: Right): readonly (readonly string[])[] {
	const {only} = right;
	if (only !== undefined && ![undefined, only.namespace].includes(binding.metadata.namespace)) return [];
	return givingIn(right)(rules);
}
