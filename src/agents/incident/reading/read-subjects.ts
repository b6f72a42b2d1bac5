import {accountOfUser} from '../../../analysis/access/grants.ts';
import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readObjects} from './read-objects.ts';
import {mostNamespaces} from './read-peers.ts';

type Where = {readonly namespace: string; readonly namespaces: readonly KubeObject[]; readonly signal: AbortSignal};

/** What was read of accounts elsewhere, and in which namespaces it is all of them. */
type Subjects = {readonly objects: readonly KubeObject[]; readonly unread: readonly Unread[]; readonly places: readonly string[]};

/** Other namespaces whose accounts bindings name by the name of one that is here, or nearly so: one of both may be meant. */
function placesOf(bindings: readonly KubeObject[], accounts: readonly string[], here: string): readonly string[] {
	const named = bindings.flatMap(binding =>
		listAt(binding, 'subjects').flatMap(subject => {
			const [given = '', kind] = [textAt(subject, 'name'), textAt(subject, 'kind')];
			// An account may be named as the user that it signs in as, too.
			const user = kind === 'User' ? accountOfUser(given) : undefined;
			const [name, place = here] = kind === 'User' ? [user?.name, user?.namespace] : [given, textAt(subject, 'namespace')];
			const isAccount = name !== undefined && (kind === 'User' || kind === 'ServiceAccount');
			return isAccount && place !== here && nearestNames(name, accounts).length > 0 ? [place] : [];
		}),
	);
	return [...new Set(named)];
}

/** Accounts of the few other namespaces that bindings name as they would those of one namespace: only there it is told whether these exist. */
export async function readSubjects(cluster: Cluster, objects: readonly KubeObject[], where: Where): Promise<Subjects> {
	const {namespace, namespaces, signal} = where;
	const accounts = objects.filter(({kind}) => kind === 'ServiceAccount').map(({metadata}) => metadata.name);
	const bindings = objects.filter(({kind}) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
	const there = new Set(namespaces.map(({metadata}) => metadata.name));
	// Of a namespace that is not there nothing needs to be asked.
	const all = placesOf(bindings, accounts, namespace).filter(place => there.size === 0 || there.has(place));
	const few = all.slice(0, mostNamespaces);
	const lists = await Promise.all(few.map(place => readObjects(cluster, ['ServiceAccount'], {namespace: place, signal})));
	const why = 'bindings name accounts of more namespaces than were looked into';
	return {
		objects: lists.flatMap(list => list.objects),
		unread: [
			...lists.flatMap(({unread}) => unread),
			...all.slice(few.length).map(place => ({kind: 'ServiceAccount', why, namespace: place})),
		],
		places: few.filter((_, index) => lists[index]?.unread.length === 0),
	};
}
