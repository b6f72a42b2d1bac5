import {groupOf, refKey} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {objectsAt, wordAt} from '../../model/fields.ts';

/**
 * The writes whose rights must be there now. A plan may itself bring about those to a namespace that it creates, and those after a role or
 * a binding that may be for the one who asks: the server judges them when they are sent.
 * @param isAbsent whether the plan takes the object of a write for absent
 */
export function askableWrites(writes: readonly Write[], isAbsent: (write: Write) => boolean): readonly Write[] {
	const created = new Set(writes.filter(write => isNewNamespace(write, isAbsent(write))).map(({ref}) => ref.name));
	const isForOthers = givesToNewAccounts(writes, isAbsent);
	const grant = writes.findIndex(write => isOfRoles(write) && !isForOthers(write));
	return writes
		.slice(0, grant === -1 ? undefined : grant + 1)
		.filter(({ref: {namespace}}) => namespace === undefined || !created.has(namespace));
}

const isNewNamespace = ({op, ref: {apiVersion, kind}}: Write, isAbsent: boolean) =>
	apiVersion === 'v1' && kind === 'Namespace' && (op === 'create' || (op === 'apply' && isAbsent));

const isOfRoles = ({op, ref}: Write) => op !== 'delete' && groupOf(ref.apiVersion) === 'rbac.authorization.k8s.io';

/** Nobody asks as an account that is made only now. So a binding to such ones alone, and a new role that is bound to them alone, are for others. */
function givesToNewAccounts(writes: readonly Write[], isAbsent: (write: Write) => boolean): (write: Write) => boolean {
	const accounts = new Set(
		writes.filter(write => write.ref.kind === 'ServiceAccount' && isAbsent(write)).map(({ref}) => `${ref.namespace}/${ref.name}`),
	);
	const isBinding = (write: Write) => isOfRoles(write) && write.ref.kind.endsWith('Binding');
	const bindsAccounts = (write: Write) => {
		const subjects = 'manifest' in write ? objectsAt(write.manifest, 'subjects') : [];
		const isNew = (subject: (typeof subjects)[number]) =>
			wordAt(subject, 'kind') === 'ServiceAccount' && accounts.has(`${wordAt(subject, 'namespace')}/${wordAt(subject, 'name')}`);
		return subjects.length > 0 && subjects.every(isNew);
	};
	return write => {
		if (isBinding(write)) return bindsAccounts(write);
		const bound = writes.filter(other => isBinding(other) && refKey(roleOf(other)) === refKey(write.ref));
		return isAbsent(write) && bound.length > 0 && bound.every(bindsAccounts);
	};
}

/** The role that a binding gives, a Role of its own namespace. */
const roleOf = (write: Write) => {
	const named = 'manifest' in write ? write.manifest : {};
	const kind = wordAt(named, 'roleRef', 'kind');
	return {...write.ref, kind, namespace: kind === 'Role' ? write.ref.namespace : undefined, name: wordAt(named, 'roleRef', 'name')};
};
