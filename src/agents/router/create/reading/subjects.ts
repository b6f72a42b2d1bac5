import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {isAddress} from '../../words/values.ts';
import type {SubjectWish} from '../manifests/access.ts';
import {mentionsIn} from './mentions.ts';
import {isNameWord} from './naming.ts';
import type {Spoken} from './places.ts';
import {plainAt, type Wish} from './wish.ts';

/** Who is given rights, and which words say it. `place`: index of the namespace of a service account. */
export type SpokenSubjects = {
	readonly subjects: readonly SubjectWish[];
	readonly used: ReadonlySet<number>;
	readonly place: number | undefined;
};

/** The place of a service account: named right behind it (`ci from platform`), or the only one that has an account of that name. */
function homeOf(
	name: string,
	at: number,
	spoken: readonly Spoken[],
	accounts: readonly KubeObject[],
	wish: Wish,
): {readonly namespace: string | undefined; readonly at: number | undefined} {
	const homes = accounts.filter(({metadata}) => metadata.name === name).map(({metadata}) => metadata.namespace ?? '');
	const beside = spoken.find(
		each =>
			Math.abs(each.at - at) <= 5 &&
			/^(?:from|of|in)$/.test(plainAt(wish, each.at - 1)) &&
			each.at > at &&
			(homes.length === 0 || homes.includes(each.namespace)),
	);
	const any = spoken.find(({namespace}) => homes.includes(namespace));
	const [only, ...others] = homes;
	if (beside !== undefined) return {namespace: beside.namespace, at: spoken.length > 1 || beside.weight < 4 ? beside.at : undefined};
	if (any !== undefined && (homes.length > 1 || spoken.length > 1))
		return {namespace: any.namespace, at: spoken.length > 1 ? any.at : undefined};
	return {namespace: others.length === 0 ? only : undefined, at: undefined};
}

export function subjectsIn(wish: Wish, spoken: readonly Spoken[], accounts: readonly KubeObject[]): SpokenSubjects {
	const used = new Set<number>();
	const subjects: SubjectWish[] = [];
	let place: number | undefined;
	for (const {first, last} of mentionsIn(wish).filter(({kind}) => kind === 'ServiceAccount')) {
		const at = [last + 1, first - 1, last + 2].find(
			index =>
				(isNameWord(wish, index) || /^[a-z0-9-]+[/:][a-z0-9-]+$/.test(wish.words[index]?.raw ?? '')) &&
				wish.words[Math.min(index, first)]?.stop === undefined &&
				!spoken.some(each => each.at === index),
		);
		if (at === undefined) continue;
		const [, written, name = ''] = /^(?:([a-z0-9-]+)[/:])?([a-z0-9.-]+)$/.exec(wish.words[at]?.raw ?? '') ?? [];
		const home = homeOf(name, at, spoken, accounts, wish);
		place = written === undefined ? (home.at ?? place) : place;
		for (const index of [first, last, at]) used.add(index);
		subjects.push({kind: 'ServiceAccount', name, namespace: written ?? home.namespace ?? ''});
	}
	for (const [at, word] of wish.words.entries()) {
		if (used.has(at)) continue;
		const user = isAddress(word)
			? at
			: /^(?:users?|사용자|유저)(?:은|는|에게|를)?$/.test(plainAt(wish, at))
				? [at + 1, at - 1].find(index => isNameWord(wish, index) && !used.has(index) && !spoken.some(each => each.at === index))
				: undefined;
		const group = /^(?:groups?|그룹(?:이|에|은|에게|의)?|팀)$/.test(plainAt(wish, at))
			? [at + 1, at - 1].find(index => isNameWord(wish, index) && !used.has(index) && wish.words[Math.min(index, at)]?.stop === undefined)
			: undefined;
		const found = user ?? group;
		if (found === undefined || used.has(found)) continue;
		used.add(found);
		used.add(at);
		subjects.push({kind: group === undefined ? 'User' : 'Group', name: wish.words[found]?.raw ?? ''});
	}
	return {subjects, used, place};
}
