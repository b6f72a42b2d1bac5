import {listAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type Causes, invalidValue, required} from './causes.ts';

/** Rules of Roles and ClusterRoles, as the server's ValidatePolicyRule checks them. */
const ruleCauses =
	(isNamespaced: boolean) =>
	(role: KubeObject): Causes =>
		listAt(role, 'rules').flatMap((rule, index) => {
			const at = (field: string) => `rules[${index}].${field}`;
			const [verbs, groups, resources, urls] = ['verbs', 'apiGroups', 'resources', 'nonResourceURLs'].map(key => listAt(rule, key));
			const noVerbs = verbs?.length === 0 ? [required(at('verbs'), 'verbs must contain at least one value')] : [];
			if (urls !== undefined && urls.length > 0) {
				const misplaced = isNamespaced
					? [invalidValue(at('nonResourceURLs'), urls, 'namespaced rules cannot apply to non-resource URLs')]
					: [];
				return [...noVerbs, ...misplaced];
			}
			return [
				...noVerbs,
				...(groups?.length === 0 ? [required(at('apiGroups'), 'resource rules must supply at least one api group')] : []),
				...(resources?.length === 0 ? [required(at('resources'), 'resource rules must supply at least one resource')] : []),
			];
		});

export const roleChecks: {readonly [kind: string]: (object: KubeObject) => Causes} = {
	Role: ruleCauses(true),
	ClusterRole: ruleCauses(false),
};
