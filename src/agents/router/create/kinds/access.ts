import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {lacking, type Made, objects} from '../made.ts';
import {bindingOf, type RuleWish, roleOf, type SubjectWish} from '../manifests/access.ts';
import {serviceAccountOf} from '../manifests/limits.ts';
import {nameAlone} from '../name-in.ts';
import {type AccessNames, accessNames} from '../reading/access/access-names.ts';
import {isClusterScoped} from '../reading/access/resource-words.ts';
import {rulesIn} from '../reading/access/rules.ts';
import {type SpokenSubjects, subjectsIn} from '../reading/access/subjects.ts';
import {mentionsIn} from '../reading/mentions.ts';
import {newlyNamed} from '../reading/new-name.ts';
import {clearest, type Spoken} from '../reading/places.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, type Scene} from '../scene.ts';
import {settingsOf} from './account.ts';

const clusterWide =
	/cluster[- ]?wide|(?:across|in|over|of|for|throughout) the (?:whole |entire )?cluster|\ball namespaces\b|every namespace|클러스터 ?전체|모든 ?네임 ?스페이스|전체 ?네임 ?스페이스/i;

const clusterRole = /\bcluster ?roles?\b|클러스터 ?(?:롤|역할)/i;

type Role = {readonly kind: 'Role' | 'ClusterRole'; readonly name: string};

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

/** What was read of a wish for rights. */
type Reading = {
	readonly names: AccessNames;
	readonly people: SpokenSubjects;
	/** Places that are not those of an account. */
	readonly places: readonly Spoken[];
	readonly isOther: (at: number) => boolean;
};

async function read(scene: Scene): Promise<Reading> {
	const {wish, spoken} = scene;
	const accounts = await objectsOf(scene, 'ServiceAccount');
	const isPlace = (at: number) => spoken.some(each => each.at === at);
	// Who it is for is told by words of its own; what is called a role or a binding is nobody.
	const first = subjectsIn(wish, spoken, accounts, () => false);
	const names = accessNames(wish, at => isPlace(at) || (first.used.has(at) && isSubject(first, wish, at)));
	const isName = (at: number) => at === names.role || at === names.binding;
	const people = subjectsIn(wish, spoken, accounts, isName);
	const places = spoken.filter(({at}) => !people.places.has(at) && !isName(at));
	return {names, people, places, isOther: at => people.used.has(at) || isPlace(at) || isName(at)};
}

/** A word that was read as somebody's name, and not by that name alone. */
const isSubject = ({subjects}: SpokenSubjects, wish: Wish, at: number) =>
	subjects.some(({name}) => (wish.words[at]?.raw ?? '').endsWith(name)) &&
	!/^(?:roles?|bindings?|롤|역할|바인딩)/.test(plainAt(wish, at - 1));

/** The namespaces in which rights are wanted: the clearest one, and those joined to it; none for rights in the whole cluster. */
function placesOf({wish, earlier, world}: Scene, {places, people}: Reading, rules: readonly RuleWish[]): readonly (string | undefined)[] {
	const said = clearest(places);
	const isWide =
		says(wish, clusterWide) ||
		(said === undefined &&
			says(wish, clusterRole) &&
			!(earlier !== undefined && says(wish, /\b(?:in|inside) (?:it|there|that namespace)\b|거기|그 ?안/i)));
	// What stands in no namespace is given to nobody by a Role of one.
	const isUnbound = rules.length > 0 && rules.every(({resources}) => resources.every(isClusterScoped));
	if (isWide || isUnbound) return [undefined];
	if (said !== undefined) {
		const joined = places.filter(({at}) => at > said.at && isJoined(wish, said.at, at, places));
		return [...new Set([said, ...joined].map(({namespace}) => namespace))];
	}
	// Rights of a service account are wanted where it lives, unless another place is named.
	const home = people.subjects.map(subject => (subject.kind === 'ServiceAccount' ? subject.namespace : '')).find(Boolean);
	return [earlier ?? home ?? world.namespace];
}

/** `in shop and oven`, `shop, oven에`: nothing but places and joints between. */
const isJoined = (wish: Wish, from: number, to: number, places: readonly Spoken[]) =>
	wish.words
		.slice(from + 1, to)
		.every(
			(_, step) =>
				/^(?:and|in|the|와|과|및|네임스페이스)$/.test(plainAt(wish, from + 1 + step)) || places.some(({at}) => at === from + 1 + step),
		) &&
	(to > from + 1 ||
		wish.words[from]?.stop === ',' ||
		/^[와과]/.test(wish.text.slice(wish.text.indexOf(wish.words[from]?.raw ?? '') + (wish.words[from]?.raw.length ?? 0))));

/** An account that the wish makes itself. */
const newAccount =
	/\b(?:create|make|add|new|need|set up)\b(?:(?!\bbound\b|\bbind\b)[^.;]){0,30}\b(?:service ?accounts?|sa)\b|서비스 ?(?:어카운트|계정)[^.;]{0,30}(?:만들|생성|추가|새로)|(?:새|신규) ?서비스 ?(?:어카운트|계정)/i;

async function accountsToMake(scene: Scene, subjects: readonly SubjectWish[]): Promise<readonly KubeObject[]> {
	if (!says(scene.wish, newAccount)) return [];
	const live = await objectsOf(scene, 'ServiceAccount');
	return subjects.flatMap(subject =>
		subject.kind === 'ServiceAccount' &&
		!live.some(({metadata}) => metadata.name === subject.name && metadata.namespace === subject.namespace)
			? [serviceAccountOf({name: subject.name, namespace: subject.namespace}, settingsOf(scene.wish, subject.name))]
			: [],
	);
}

/** Those who are named, else the account that the same request makes before. */
function subjectsFor({planned}: Scene, {subjects}: SpokenSubjects, place: string): readonly SubjectWish[] {
	const last = planned.at(-1);
	const before: readonly SubjectWish[] =
		subjects.length === 0 && last?.kind === 'ServiceAccount'
			? [{kind: 'ServiceAccount', name: last.metadata.name, namespace: last.metadata.namespace ?? place}]
			: subjects;
	return before.map(subject => (subject.kind === 'ServiceAccount' && subject.namespace === '' ? {...subject, namespace: place} : subject));
}

const namesOf = (all: readonly KubeObject[], namespace: string | undefined) =>
	new Set(all.flatMap(({metadata}) => (namespace === undefined || metadata.namespace === namespace ? [metadata.name] : [])));

/** Rules, with the names of live objects of the place where they hold. */
async function rulesOf(scene: Scene, {isOther}: Reading, namespace: string | undefined): Promise<readonly RuleWish[]> {
	const kinds = ['ConfigMap', 'Secret', 'Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'PersistentVolumeClaim', 'CronJob', 'Ingress'];
	const live = new Map(await Promise.all(kinds.map(async kind => [kind, namesOf(await objectsOf(scene, kind), namespace)] as const)));
	return rulesIn(scene.wish, {isOther, live: kind => live.get(kind) ?? new Set()});
}

/** `a role only: web-viewer in shop, which may …`: what is announced behind the word for it. */
const announcedName = ({wish, live}: Scene, {isOther}: Reading): number | undefined =>
	newlyNamed(wish, {mentions: mentionsIn(wish).filter(({kind}) => kind === 'Role' || kind === 'RoleBinding'), isOther, live})[0]?.at;

/** Rights for users, groups and service accounts: a role of its own with its binding, or a binding to a role that is there. */
export async function makeAccess(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const reading = await read(scene);
	const textAt = (at: number | undefined) => (at === undefined ? undefined : wish.words[at]?.raw);
	// `role: shop, ingress-viewer, …`: a name that stands alone in a list of details.
	const alone =
		reading.names.role === undefined && reading.names.binding === undefined
			? (nameAlone(scene) ?? announcedName(scene, reading))
			: undefined;
	const named = alone === undefined || reading.isOther(alone) ? reading.names.role : alone;
	const [role, binding] = [textAt(named), textAt(reading.names.binding)];
	const [first] = placesOf(scene, reading, []);
	const rules = await rulesOf(scene, reading, first);
	const made: KubeObject[] = [];
	for (const namespace of placesOf(scene, reading, rules)) {
		const grant: Grant = {namespace, subjects: subjectsFor(scene, reading.people, namespace ?? scene.world.namespace), role, binding};
		const one = await makeIn(scene, grant, rules, reading);
		if (one.kind !== 'objects') return one;
		made.push(...(made.length === 0 ? await accountsToMake(scene, grant.subjects) : []), ...one.objects);
	}
	return objects(...made);
}

async function makeIn(scene: Scene, grant: Grant, rules: readonly RuleWish[], {people, names, places}: Reading): Promise<Made> {
	const live = await liveRole(
		scene,
		grant.namespace,
		at => people.used.has(at) || at === names.binding || places.some(each => each.at === at),
	);
	// Where verbs and things are named, a whole role of the cluster would give more than was asked for.
	if (live !== undefined && (rules.length === 0 || live.name === grant.role)) return bindLive(scene, grant, live);
	if (rules.length > 0) return makeOwn(scene, grant, rules);
	const elsewhere = (await objectsOf(scene, 'Role')).filter(({metadata}) => scene.wish.words.some(({raw}) => raw === metadata.name));
	const list = elsewhere.map(({metadata}) => `${metadata.name} (${metadata.namespace})`).join(', ');
	if (list !== '')
		return lacking(
			scene.wish,
			`In which namespace? The roles of that name: ${list}.`,
			`어느 네임스페이스의 롤인가요? 그 이름의 롤: ${list}.`,
		);
	return lacking(
		scene.wish,
		'Which verbs on which resources should it allow, and in which namespace?',
		'어느 네임스페이스에서 어떤 리소스에 무엇을 할 수 있게 할까요?',
	);
}
