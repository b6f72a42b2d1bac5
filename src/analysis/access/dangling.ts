import type {Finding} from '../../core/finding.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {type AccessObjects, grantsOf, holderText} from './grants.ts';

/** Accounts are looked for only where all of them could be read. */
export type DanglingChoice = {readonly accounts: readonly KubeObject[] | undefined};

const isBinding = ({kind}: KubeObject) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding';

/** Bindings that name what is not there: they give nothing today, and whoever makes the missing part decides what they give tomorrow. */
export function danglingBindings(objects: AccessObjects, {accounts}: DanglingChoice): readonly Finding[] {
	const present = accounts && new Set(accounts.map(({metadata}) => `${metadata.namespace}/${metadata.name}`));
	const grants = Map.groupBy(grantsOf(objects), ({binding}) => refText(binding));
	return objects.filter(isBinding).flatMap(binding => {
		const ref = refOf(binding);
		const own = grants.get(refText(ref)) ?? [];
		const common = {status: 'fail', resource: ref} as const;
		const role = `${textAt(binding, 'roleRef', 'kind')} ${textAt(binding, 'roleRef', 'name')}`;
		const lost = own.some(({rules}) => rules === undefined)
			? [
					{
						...common,
						id: 'binding-without-role',
						severity: 'medium' as const,
						path: 'roleRef',
						cause: `${refText(ref)} gives ${role}, which is not there: whoever creates a role of that name decides what its holders may do`,
						evidence: own.map(({holder}) => ({source: refText(ref), detail: `names ${holderText(holder)}`})),
					},
				]
			: [];
		const gone = own.flatMap(({holder}, index) =>
			holder.kind !== 'ServiceAccount' || present === undefined || present.has(`${holder.namespace}/${holder.name}`)
				? []
				: [
						{
							...common,
							id: 'binding-without-account',
							severity: 'medium' as const,
							path: `subjects[${index}]`,
							cause: `${refText(ref)} gives ${role} to ${holderText(holder)}, which is not there: whoever may create that account gets the role`,
							evidence: [{source: refText(ref), detail: `subjects[${index}] names ${holderText(holder)}`}],
						},
					],
		);
		const nobody =
			listAt(binding, 'subjects').length > 0
				? []
				: [
						{
							...common,
							id: 'binding-without-subjects',
							severity: 'low' as const,
							path: 'subjects',
							cause: `${refText(ref)} gives ${role} to nobody`,
							evidence: [],
						},
					];
		return [...lost, ...gone, ...nobody];
	});
}
