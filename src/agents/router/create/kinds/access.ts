import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {lacking, type Made, objects} from '../made.ts';
import {bindingOf, type RuleWish, roleOf, type SubjectWish} from '../manifests/access.ts';
import {rulesIn} from '../reading/access-words.ts';
import {mentionsIn} from '../reading/mentions.ts';
import {isNameWord, nameBeside, statedNames} from '../reading/naming.ts';
import {clearest} from '../reading/places.ts';
import {type SpokenSubjects, subjectsIn} from '../reading/subjects.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, type Scene} from '../scene.ts';

const clusterWide =
	/cluster[- ]?wide|(?:across|in|over|of) the (?:whole |entire )?cluster|\ball namespaces\b|every namespace|클러스터 ?전체|모든 ?네임 ?스페이스|전체 ?네임 ?스페이스/i;

const clusterRole = /\bcluster ?roles?\b|클러스터 ?롤/i;

/** The names that a wish gives to a role and to its binding. */
function namesIn(
	wish: Wish,
	{used}: SpokenSubjects,
	isPlace: (at: number) => boolean,
): {readonly role: number | undefined; readonly binding: number | undefined} {
	const mentions = mentionsIn(wish);
	const taken = (at: number) => used.has(at) || isPlace(at);
	const besides = (kind: 'Role' | 'RoleBinding') =>
		mentions
			.filter(each => each.kind === kind)
			.map(each => nameBeside(wish, each, taken))
			.find(at => at !== undefined);
	const bound = wish.words.findIndex(
		(_, at) =>
			plainAt(wish, at) === 'as' &&
			isNameWord(wish, at + 1) &&
			!taken(at + 1) &&
			wish.words.slice(0, at).some(({text}) => /^(?:bind|binding|bound|grant|give)$/.test(text)),
	);
	const stated = statedNames(wish).filter(at => !taken(at));
	const afterBinding = stated.find(
		at =>
			wish.words.slice(Math.max(0, at - 4), at).some(({raw}) => /^bindings?$|^(?:롤)?바인딩/i.test(raw)) &&
			!wish.words.slice(Math.max(0, at - 4), at).some(({raw}) => /^(?:role|roles)$/i.test(raw)),
	);
	const role = besides('Role') ?? stated.find(at => at !== afterBinding);
	return {role, binding: afterBinding ?? (bound < 0 ? undefined : bound + 1) ?? besides('RoleBinding')};
}

/** A role that is there and that the wish names, in place of rights of its own: `view`, `edit`, a ClusterRole of the cluster. */
async function liveRole(scene: Scene, namespace: string | undefined, skipped: (at: number) => boolean): Promise<Role | undefined> {
	const {wish} = scene;
	const named = (roles: readonly KubeObject[], at: number) => roles.find(({metadata}) => metadata.name === wish.words[at]?.raw);
	const [cluster, local] = await Promise.all([
		objectsOf(scene, 'ClusterRole'),
		namespace === undefined ? [] : objectsOf(scene, 'Role', namespace),
	]);
	for (const [at, {raw}] of wish.words.entries()) {
		if (skipped(at)) continue;
		const role = named(local, at);
		if (role !== undefined) return {kind: 'Role', name: role.metadata.name};
		const isBuiltIn = /^(?:view|edit|admin|cluster-admin)$/.test(raw);
		if (named(cluster, at) !== undefined || isBuiltIn) return {kind: 'ClusterRole', name: raw};
		const spokenOf = /^(view|edit)(?:er|or)s?$/.exec(raw)?.[1];
		if (spokenOf !== undefined) return {kind: 'ClusterRole', name: spokenOf};
	}
	return undefined;
}

const plainName = (text: string) =>
	text
		.toLowerCase()
		.replace(/@.*$/, '')
		.replaceAll(/[^a-z0-9.-]/g, '-');

type Role = {readonly kind: 'Role' | 'ClusterRole'; readonly name: string};

/** Who gets rights where, and what the role and its binding are to be called. */
type Grant = {
	readonly namespace: string | undefined;
	readonly subjects: readonly SubjectWish[];
	readonly role: string | undefined;
	readonly binding: string | undefined;
};

const bindingKind = ({namespace}: Grant) => (namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding');

/** A binding to a role that is there. */
async function bindLive(scene: Scene, grant: Grant, live: Role): Promise<Made> {
	const {namespace, subjects, role, binding} = grant;
	const [who] = subjects;
	if (who === undefined) return lacking(scene.wish, `Who should have ${live.name}?`, `${live.name} 권한을 누구에게 줄까요?`);
	const name = binding ?? (role === live.name ? undefined : role) ?? `${plainName(who.name)}-${live.name}`;
	const there = await alreadyThere(scene, bindingKind(grant), name, namespace);
	return there ?? objects(bindingOf({name, namespace}, live, subjects));
}

/** A role of its own, and its binding where somebody is named. */
async function makeOwn(scene: Scene, grant: Grant, rules: readonly RuleWish[]): Promise<Made> {
	const {namespace, subjects, binding = grant.role} = grant;
	const [who] = subjects;
	const thing = (rules[0]?.resources[0] ?? 'access').replaceAll('/', '-');
	const name = grant.role ?? binding ?? `${plainName(who?.name ?? 'role')}-${thing}`;
	const kind = namespace === undefined ? 'ClusterRole' : 'Role';
	const there = await alreadyThere(scene, kind, name, namespace);
	if (there !== undefined) return there;
	const role = roleOf({name, namespace}, rules);
	if (who === undefined) return objects(role);
	const bound = await alreadyThere(scene, bindingKind(grant), binding ?? name, namespace);
	return bound ?? objects(role, bindingOf({name: binding ?? name, namespace}, {kind, name}, subjects));
}

/** Rights for users, groups and service accounts: a role of its own with its binding, or a binding to a role that is there. */
export async function makeAccess(scene: Scene): Promise<Made> {
	const {wish, spoken, world, earlier} = scene;
	const people = subjectsIn(wish, spoken, await objectsOf(scene, 'ServiceAccount'));
	const isPlace = (at: number) => spoken.some(each => each.at === at);
	const names = namesIn(wish, people, isPlace);
	const said = clearest(spoken.filter(({at}) => at !== people.place))?.namespace ?? earlier;
	// Rights of a service account are wanted where it lives, unless another place is named.
	const home = people.subjects.map(subject => (subject.kind === 'ServiceAccount' ? subject.namespace : '')).find(Boolean);
	const place = said ?? home ?? world.namespace;
	const namespace = says(wish, clusterWide) || (said === undefined && says(wish, clusterRole)) ? undefined : place;
	const subjects = people.subjects.map(
		(subject): SubjectWish => (subject.kind === 'ServiceAccount' && subject.namespace === '' ? {...subject, namespace: place} : subject),
	);
	const textAt = (at: number | undefined) => (at === undefined ? undefined : wish.words[at]?.raw);
	const grant: Grant = {namespace, subjects, role: textAt(names.role), binding: textAt(names.binding)};
	const isTaken = (at: number) => people.used.has(at) || isPlace(at) || at === names.binding;
	const rules = rulesIn(wish, at => isTaken(at) || at === names.role);
	const live = await liveRole(scene, namespace, isTaken);
	// Where verbs and things are named, a whole role of the cluster would give more than was asked for.
	if (live !== undefined && (rules.length === 0 || live.name === grant.role)) return bindLive(scene, grant, live);
	if (rules.length > 0) return makeOwn(scene, grant, rules);
	return lacking(
		wish,
		'Which verbs on which resources should it allow, and in which namespace?',
		'어느 네임스페이스에서 어떤 리소스에 무엇을 할 수 있게 할까요?',
	);
}
