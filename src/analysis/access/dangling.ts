import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../core/kube/kube-object.ts';
import {type AccessObjects, grantsOf, type Holder, holderText} from './grants.ts';

export const danglingIds = ['binding-without-role', 'binding-without-account', 'binding-without-subjects'] as const;

/** A binding that names what is not there, with the field that does. */
export type Dangling = {
	readonly id: (typeof danglingIds)[number];
	readonly severity: 'low' | 'medium';
	readonly object: Ref;
	readonly path: string;
	readonly cause: string;
};

/** What is looked for: only what could all be read is missing where it is not found. */
export type Known = {readonly accounts: readonly KubeObject[] | undefined; readonly hasAll: (kind: string) => boolean};

const isBinding = ({kind}: KubeObject) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding';

/** Bindings that name what is not there: they give nothing today, and whoever makes the missing part decides what they give tomorrow. */
export function danglingBindings(objects: AccessObjects, {accounts, hasAll}: Known): readonly Dangling[] {
	const present = accounts && new Set(accounts.map(({metadata}) => `${metadata.namespace}/${metadata.name}`));
	const grants = Map.groupBy(grantsOf(objects), ({binding}) => refText(binding));
	return objects.filter(isBinding).flatMap((binding): readonly Dangling[] => {
		const object = refOf(binding);
		const own = grants.get(refText(object)) ?? [];
		const gives = `${refText(object)} gives ${textAt(binding, 'roleRef', 'kind')} ${textAt(binding, 'roleRef', 'name')}`;
		if (listAt(binding, 'subjects').length === 0)
			return [{id: 'binding-without-subjects', severity: 'low', object, path: 'subjects', cause: `${gives} to nobody`}];
		const lost = own.some(({rules, role}) => rules === undefined && hasAll(role.kind))
			? [
					{
						...{id: 'binding-without-role' as const, severity: 'medium' as const, object, path: 'roleRef'},
						cause: `${gives}, which is not there: whoever creates a role of that name decides what ${own.map(({holder}) => holderText(holder)).join(', ')} may do`,
					},
				]
			: [];
		const gone = own.filter(({holder}) => holder.kind === 'ServiceAccount' && present?.has(`${holder.namespace}/${holder.name}`) === false);
		return [
			...lost,
			...gone.map(({holder}) => ({
				...{id: 'binding-without-account' as const, severity: 'medium' as const, object, path: `subjects[${subjectAt(binding, holder)}]`},
				cause: `${gives} to ${holderText(holder)}, which is not there: whoever may create that account gets the role`,
			})),
		];
	});
}

const subjectAt = (binding: KubeObject, {name}: Holder) =>
	listAt(binding, 'subjects').findIndex(each => textAt(each, 'kind') === 'ServiceAccount' && textAt(each, 'name') === name);
