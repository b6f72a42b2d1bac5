import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {StoreEvent} from './history.ts';

export type OwnerIndex = ReturnType<typeof createOwnerIndex>;

/** Who owns whom, by uid, kept up with every write. */
export function createOwnerIndex() {
	const objects = new Map<string, KubeObject>();
	const dependents = new Map<string, Set<string>>();
	const uidsOfOwners = (object: KubeObject | undefined) => (object?.metadata.ownerReferences ?? []).map(({uid}) => uid);

	return {
		note(type: StoreEvent['type'], object: KubeObject): void {
			const uid = object.metadata.uid ?? '';
			for (const owner of uidsOfOwners(objects.get(uid))) dependents.get(owner)?.delete(uid);
			if (type === 'DELETED') {
				objects.delete(uid);
				return;
			}
			objects.set(uid, object);
			for (const owner of uidsOfOwners(object)) dependents.set(owner, (dependents.get(owner) ?? new Set()).add(uid));
		},
		find: (uid: string) => objects.get(uid),
		isAlive: (uid: string) => objects.has(uid),
		dependents: (uid: string | undefined): readonly KubeObject[] =>
			[...(dependents.get(uid ?? '') ?? [])].flatMap(dependent => objects.get(dependent) ?? []),
	};
}
