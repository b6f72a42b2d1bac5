import type {KubeObject} from '../../../../../core/kube/kube-object.ts';
import {isAddress} from '../../../words/values.ts';
import type {SubjectWish} from '../../manifests/access.ts';
import {mentionsIn} from '../mentions.ts';
import {isNameWord} from '../naming.ts';
import type {Spoken} from '../places.ts';
import {plainAt, type Wish} from '../wish.ts';
import {resourcesOf} from './resource-words.ts';
import {verbsOf} from './verb-words.ts';

/** Who is given rights, and which words say it. `places`: indices of the namespaces of service accounts. */
export type SpokenSubjects = {
	readonly subjects: readonly SubjectWish[];
	readonly used: ReadonlySet<number>;
	readonly places: ReadonlySet<number>;
};

type Reading = {
	readonly wish: Wish;
	readonly spoken: readonly Spoken[];
	readonly accounts: readonly KubeObject[];
	/** Names of roles and bindings. */
	readonly isTaken: (at: number) => boolean;
	readonly used: Set<number>;
	readonly places: Set<number>;
};

/** `platform/ci`, `platform:ci`, `system:serviceaccount:platform:ci`. */
const written = /^(?:system:serviceaccount:)?([a-z0-9-]+)[/:]([a-z0-9.-]+)$/;

/** The place of a service account: the only one that has an account of that name, or the one that is named beside it. */
function homeOf(
	name: string,
	at: number,
	{wish, spoken, accounts}: Reading,
): {readonly namespace: string; readonly at: number | undefined} {
	const homes = accounts.filter(({metadata}) => metadata.name === name).map(({metadata}) => metadata.namespace ?? '');
	const near = spoken.filter(each => Math.abs(each.at - at) <= 6 && (homes.length === 0 || homes.includes(each.namespace)));
	const owner = near.find(each => isOwner(wish, each.at, at));
	const any = owner ?? (homes.length > 0 ? near.toSorted((left, right) => Math.abs(left.at - at) - Math.abs(right.at - at))[0] : undefined);
	const [only, ...others] = homes;
	// A place that says both where the account lives and where the rights are is that of the rights as well.
	const isApart = any !== undefined && (spoken.length > 1 || any.weight < 3);
	if (any !== undefined) return {namespace: any.namespace, at: isApart ? any.at : undefined};
	return {namespace: others.length === 0 ? (only ?? '') : '', at: undefined};
}

/** `ci from platform`, `ci (platform)`, `platform's account ci`, `platform의 ci`. */
function isOwner(wish: Wish, place: number, at: number): boolean {
	if (place > at) return /^(?:from|of|in)$/.test(plainAt(wish, place - 1)) || place - at <= 3;
	return (
		/^['’]s\b|^의/.test(wish.text.slice(wish.text.indexOf(wish.words[place]?.raw ?? '')).slice(wish.words[place]?.raw.length ?? 0)) ||
		at - place <= 2
	);
}

/** The index of a name and those joined to it: `groups dev and qa`, `dev, qa 그룹`. */
function joinedTo(reading: Reading, first: number, step: 1 | -1): readonly number[] {
	const {wish} = reading;
	const names = [first];
	for (let at = first + step; at >= 0 && at < wish.words.length; at += step) {
		const joint = step === 1 ? at - 1 : at;
		const isJoint = /^(?:and|와|과|및|랑)$/.test(plainAt(wish, at));
		if (isJoint) continue;
		const isJoined = /^(?:and|와|과|및|랑)$/.test(plainAt(wish, at - step)) || wish.words[joint]?.stop === ',';
		const isRight = verbsOf(wish.words[at]?.raw ?? '') !== undefined || resourcesOf(plainAt(wish, at)).length > 0;
		if (!isJoined || isRight || !isFree(reading, at) || /^(?:groups?|users?|그룹|사용자)/.test(plainAt(wish, at + 1))) break;
		names.push(at);
	}
	return step === 1 ? names : names.toReversed();
}

const isFree = ({wish, spoken, isTaken, used}: Reading, at: number) =>
	isNameWord(wish, at) &&
	!isTaken(at) &&
	!used.has(at) &&
	resourcesOf(plainAt(wish, at)).length === 0 &&
	!spoken.some(each => each.at === at);

function account(reading: Reading, at: number): SubjectWish {
	const raw = reading.wish.words[at]?.raw ?? '';
	const [, namespace, name = raw] = written.exec(raw) ?? [];
	const home = homeOf(name, at, reading);
	if (namespace === undefined && home.at !== undefined) reading.places.add(home.at);
	reading.used.add(at);
	return {kind: 'ServiceAccount', name, namespace: namespace ?? home.namespace};
}

/** Accounts that are called so: `service account ci`, `the ci account`, `sa platform/ci`, `ci 서비스 계정`. */
function accountsIn(reading: Reading): readonly SubjectWish[] {
	const {wish, isTaken, used} = reading;
	const plain = wish.words.flatMap((_, at) => (/^accounts?$|^계정/.test(plainAt(wish, at)) ? [{first: at, last: at}] : []));
	const mentions = [...mentionsIn(wish).filter(({kind}) => kind === 'ServiceAccount'), ...plain];
	return mentions.flatMap(({first, last}): readonly SubjectWish[] => {
		// `ana@example.com 계정에`: a user, by the address.
		if (used.has(last) || [first - 1, last + 1].some(at => isAddress(wish.words[at] ?? {raw: ''}))) return [];
		const isName = (at: number) => (isFree(reading, at) || written.test(wish.words[at]?.raw ?? '')) && !isTaken(at) && !used.has(at);
		const order = wish.language === 'ko' ? [first - 1, last + 1, last + 2] : [last + 1, first - 1, last + 2];
		const isCut = (at: number) => (at > last ? wish.words[last]?.stop !== undefined : wish.words[at]?.stop !== undefined);
		const at = order.find(index => isName(index) && (!isCut(index) || written.test(wish.words[index]?.raw ?? '')));
		if (at === undefined) return [];
		const names = at > last ? joinedTo(reading, at, 1) : joinedTo(reading, at, -1);
		for (const index of [first, last]) used.add(index);
		return names.map(index => account(reading, index));
	});
}

const userWord = /^(?:users?|사용자[가-힣]{0,3}|유저[가-힣]{0,3})$/;
const groupWord = /^(?:groups?|그룹[가-힣]{0,3}|팀(?:이|에|은|에게|의|도|한테)?)$/;

const grammar =
	/^(?:gets?|of|that|which|who|whose|with|may|can|could|should|must|shall|is|are|has|have|in|on|at|for|from|to|into|and|or|by|as|called|named|it|them|read|only|also|access|rights?|needs?|wants?|the|an?|there|here|binding|role|rolebinding|subject)$/;

/** `group storage gets …`: whatever the word means elsewhere. */
const isBareName = (wish: Wish, at: number) => {
	const {raw = '', quoted = false} = wish.words[at] ?? {};
	return !quoted && /^[a-z][a-z-]{2,}$/.test(raw) && !grammar.test(raw) && resourcesOf(raw).length === 0 && verbsOf(raw) === undefined;
};

/** `The on-call group may …; group name oncall`: the group is told before, and called so. */
function calledGroup(reading: Reading): number | undefined {
	const {wish} = reading;
	const groups = wish.words.flatMap((_, at) => (groupWord.test(plainAt(wish, at)) ? [at] : []));
	const [at, ...others] = groups.filter(
		each => /^(?:names?|이름[은이을]?)$/.test(plainAt(wish, each + 1)) && wish.words[each]?.stop === undefined,
	);
	if (at === undefined || others.length > 0 || groups.length > 2) return undefined;
	const name = /^(?:is|be|:|shall|should|to)$/.test(plainAt(wish, at + 2)) ? at + 3 : at + 2;
	return isFree(reading, name) || isBareName(wish, name) ? name : undefined;
}

/** Users and groups, by the words for them or by an address. */
function peopleIn(reading: Reading): readonly SubjectWish[] {
	const {wish, used, isTaken} = reading;
	const called = calledGroup(reading);
	return wish.words.flatMap((word, at): readonly SubjectWish[] => {
		if (used.has(at)) return [];
		if (called !== undefined && groupWord.test(plainAt(wish, at))) {
			for (const each of [at - 1, at, at + 1]) if (each === at || !isTaken(each)) used.add(each);
			used.add(called);
			return at < called && called - at < 4 ? [{kind: 'Group', name: wish.words[called]?.raw ?? ''}] : [];
		}
		if (isAddress(word)) {
			used.add(at);
			return [{kind: 'User', name: word.raw}];
		}
		if (/^system:(?!serviceaccount:)[\w:.-]+$/.test(word.raw)) {
			used.add(at);
			return [{kind: /^system:(?:kube|node|admin|anonymous)/.test(word.raw) ? 'User' : 'Group', name: word.raw}];
		}
		const kind = userWord.test(plainAt(wish, at)) ? 'User' : groupWord.test(plainAt(wish, at)) ? 'Group' : undefined;
		if (kind === undefined) return [];
		const [behind, before] = [at + 1, at - 1];
		const order = wish.language === 'ko' && /[가-힣]/.test(word.raw) ? [before, behind] : [behind, before];
		const isNoun = (index: number) => index === order[0] && isBareName(wish, index) && !isTaken(index) && !used.has(index);
		const found = order.find(index => (isFree(reading, index) || isNoun(index)) && wish.words[Math.min(index, at)]?.stop === undefined);
		if (found === undefined) return [];
		const names = joinedTo(reading, found, found > at ? 1 : -1);
		for (const index of [at, ...names]) used.add(index);
		return names.map(index => ({kind, name: wish.words[index]?.raw ?? ''}));
	});
}

/** A live account by its name alone: `give it to ci from platform`, where nobody else is named. */
function bareAccounts(reading: Reading): readonly SubjectWish[] {
	const names = new Set(
		reading.accounts.flatMap(({metadata: {name, namespace = ''}}) => [
			name,
			`${namespace}/${name}`,
			`system:serviceaccount:${namespace}:${name}`,
		]),
	);
	const at = reading.wish.words.findIndex(
		({raw}, index) => (names.has(raw) || raw.startsWith('system:serviceaccount:')) && !reading.isTaken(index),
	);
	return at < 0 ? [] : [account(reading, at)];
}

/**
 * Who is to have rights.
 * @param isTaken words that are the name of a role or of a binding
 */
export function subjectsIn(
	wish: Wish,
	spoken: readonly Spoken[],
	accounts: readonly KubeObject[],
	isTaken: (at: number) => boolean,
): SpokenSubjects {
	const reading: Reading = {wish, spoken, accounts, isTaken, used: new Set(), places: new Set()};
	const called = [...accountsIn(reading), ...peopleIn(reading)];
	const subjects = called.length > 0 ? called : bareAccounts(reading);
	return {subjects, used: reading.used, places: reading.places};
}
