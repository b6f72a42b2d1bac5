import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {plainAt, type Wish} from './wish.ts';

const sameSpace =
	/\b(?:its|their|the same|that|this) (?:own )?namespace\b|\bnamespace of\b|\bwhere (?:it|they|[\w-]+) (?:lives?|runs?|is|are)\b|\bbeside (?:it|them)\b|(?:같은|해당|그|자기) ?네임 ?스페이스|(?:있는|도는|떠 ?있는) ?(?:곳|네임 ?스페이스)/i;
const owners = /^(?:for|of|by|lets?|with)$/;
const needs = /^(?:needs?|reads?|uses?|wants?|will|gets?|should|has|takes?|expects?|loads?|requires?|must|shall|moves)$/;
const koreanOwners = /^(?:용|가|이|은|는|의|에서|에|파드|디플로이먼트|서비스)/;

/** Whether what is made is said to be that of the word: `for web`, `web needs`, `web용`. */
function isOwner(wish: Wish, at: number): boolean {
	if (wish.language === 'ko') {
		const raw = wish.words[at]?.raw ?? '';
		const behind = wish.text.slice(wish.text.indexOf(raw) + raw.length).trimStart();
		return koreanOwners.test(behind);
	}
	const before = [plainAt(wish, at - 1), plainAt(wish, at - 2)];
	return (
		owners.test(before[0] ?? '') ||
		(/^(?:the|our|my)$/.test(before[0] ?? '') && owners.test(before[1] ?? '')) ||
		needs.test(plainAt(wish, at + 1))
	);
}

/**
 * The namespace of what a wish says that the new thing is for, where it names none: `configmap web-limits in its namespace`, `web needs a configmap`.
 * @param live what runs, and the Services before it
 */
export function placeOfOwner(wish: Wish, live: readonly KubeObject[]): string | undefined {
	const isSame = sameSpace.test(wish.text);
	const named = wish.words.flatMap(({raw}, at) => {
		const homes = live.filter(({metadata}) => metadata.name === raw);
		return homes.length > 0 && (isSame || isOwner(wish, at)) ? homes : [];
	});
	const homes = new Set(named.map(({metadata}) => metadata.namespace));
	return homes.size === 1 ? [...homes][0] : undefined;
}
