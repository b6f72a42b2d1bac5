import {pairsIn} from '../../words/values.ts';
import type {Labels} from '../manifests/object.ts';
import {plainAt, type Wish} from './wish.ts';

/** Pods or namespaces that a wish tells by labels: `pods labelled app=web`, `team=ops 라벨이 붙은 네임스페이스`. `at`: of the first pair. */
export type Labelled = {readonly of: 'pods' | 'namespaces'; readonly labels: Labels; readonly at: number; readonly last: number};

const podWord = /^(?:pods?|파드|포드|workloads?|clients?|things?)/;
const spaceWord = /^(?:namespaces?|ns|네임스페이스)/;
const between =
	/^(?:labell?ed|labels?|with|the|a|that|which|who|have|has|carry|carries|carrying|having|are|is|by|of|tagged|matching|whose|라벨|레이블|라벨이|라벨을|and|,|달린|붙은|가진|있는|인)/;

/** What the nearest word before or behind the pairs says they are of; pods where nothing does. */
function kindOf(wish: Wish, first: number, last: number): Labelled['of'] {
	if (wish.language === 'ko')
		for (let at = last + 1; at <= last + 4 && at < wish.words.length; at += 1) {
			const word = plainAt(wish, at);
			if (spaceWord.test(word)) return 'namespaces';
			if (podWord.test(word)) return 'pods';
			if (!between.test(word)) break;
		}
	for (let at = first - 1; at >= Math.max(0, first - 6); at -= 1) {
		const word = plainAt(wish, at);
		if (spaceWord.test(word)) return 'namespaces';
		if (podWord.test(word)) return 'pods';
		if (!between.test(word)) break;
	}
	return spaceWord.test(plainAt(wish, last + 1)) ? 'namespaces' : 'pods';
}

/** Pairs of labels, those that stand side by side together. */
export function labelledIn(wish: Wish): readonly Labelled[] {
	const pairs = pairsIn(wish);
	const groups: {labels: {[key: string]: string}; at: number; last: number}[] = [];
	for (const {key, value, at} of pairs) {
		const group = groups.at(-1);
		const gap = group === undefined ? [] : wish.words.slice(group.last + 1, at);
		const isJoined = group !== undefined && (gap.length === 0 || (gap.length === 1 && /^(?:and|및|plus)$/.test(gap[0]?.text ?? '')));
		if (group !== undefined && isJoined && !(key in group.labels)) {
			group.labels[key] = value;
			group.last = at;
		} else groups.push({labels: {[key]: value}, at, last: at});
	}
	return groups.map(({labels, at, last}) => ({of: kindOf(wish, at, last), labels, at, last}));
}

const block = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?!\d|\.\d)/g;
const excepts = /\b(?:except|but not|excluding|minus|without|other than|apart from|save for|leaving out)\b/i;
const exceptsKorean = /^(?:번대|대역|쪽)?(?:은|는|을|를|만|도)? ?(?:빼|제외|말고|안 ?되|막|불가)/;

/** Addresses such as `10.0.0.0/8`, with those that are taken out of them. */
export function blocksIn({text}: Wish): readonly {readonly cidr: string; readonly except: readonly string[]}[] {
	const found = [...text.matchAll(block)].map(match => ({
		cidr: match[0].includes('/') ? match[0] : `${match[0]}/32`,
		at: match.index,
		end: match.index + match[0].length,
	}));
	const blocks: {cidr: string; except: string[]}[] = [];
	let isOut = false;
	for (const [index, {cidr, at, end}] of found.entries()) {
		const before = text.slice(found[index - 1]?.end ?? Math.max(0, at - 30), at);
		const behind = text.slice(end, end + 14);
		isOut = excepts.test(before) || exceptsKorean.test(behind) || (isOut && /^\s*(?:,|and|,? and|와|과|랑|및)?\s*$/i.test(before));
		const outer = blocks.findLast(each => holds(each.cidr, cidr)) ?? blocks.at(-1);
		if (isOut && outer !== undefined) outer.except.push(cidr);
		else if (!blocks.some(each => each.cidr === cidr)) blocks.push({cidr, except: []});
	}
	return blocks;
}

const bits = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether one range of addresses lies in the other. */
function holds(outer: string, inner: string): boolean {
	const [from = '', length = '32'] = outer.split('/');
	const size = 2 ** (32 - Number(length));
	return (
		Math.floor(bits(from) / size) === Math.floor(bits(inner.split('/')[0] ?? '') / size) &&
		Number(inner.split('/')[1] ?? 32) > Number(length)
	);
}
