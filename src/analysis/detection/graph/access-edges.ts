import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import type {Survey} from '../survey.ts';
import {type Edge, type EdgeFamily, leaning, refTo} from './edge.ts';

/** ServiceAccounts that a binding names, one by one or as all of a namespace. Groups of everybody are told by nobody's name. */
function boundAccounts(binding: KubeObject, survey: Survey): readonly Ref[] {
	return listAt(binding, 'subjects').flatMap((subject): readonly Ref[] => {
		const name = textAt(subject, 'name') ?? '';
		if (textAt(subject, 'kind') === 'ServiceAccount')
			return [refTo(survey, 'ServiceAccount', textAt(subject, 'namespace') ?? binding.metadata.namespace, name)];
		const namespace = /^system:serviceaccounts:(.+)$/.exec(name)?.[1];
		return namespace === undefined ? [] : survey.all('ServiceAccount', namespace).map(refOf);
	});
}

function bindingEdges(binding: KubeObject, survey: Survey): readonly Edge[] {
	const kind = textAt(binding, 'roleRef', 'kind') ?? 'Role';
	const role = refTo(survey, kind, kind === 'Role' ? binding.metadata.namespace : undefined, textAt(binding, 'roleRef', 'name') ?? '');
	return [
		...leaning(binding, [[role, 'grants what it allows']]),
		...boundAccounts(binding, survey).map((from): Edge => ({from, to: refOf(binding), how: 'has rights by it'})),
	];
}

const accountEdges = (account: KubeObject, survey: Survey): readonly Edge[] =>
	leaning(
		account,
		listAt(account, 'imagePullSecrets').flatMap(each => {
			const name = textAt(each, 'name');
			return name === undefined ? [] : [[refTo(survey, 'Secret', account.metadata.namespace, name), 'pulls images with it'] as const];
		}),
	);

/** Who may do what by which binding. */
export const accessEdges = (survey: Survey): EdgeFamily => ({
	edges: () => [
		...['RoleBinding', 'ClusterRoleBinding'].flatMap(kind => survey.all(kind).flatMap(binding => bindingEdges(binding, survey))),
		...survey.all('ServiceAccount').flatMap(account => accountEdges(account, survey)),
	],
});
