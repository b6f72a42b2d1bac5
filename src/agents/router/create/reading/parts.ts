import {headOf, isCounted} from './head.ts';
import {imageIn} from './image.ts';
import {type Mention, type Mentioned, mentionsIn} from './mentions.ts';
import {indexOfWord} from './naming.ts';
import {isPlaceMention} from './place-mention.ts';
import {plainAt, type Wish, wishOf} from './wish.ts';

/** What may be made together with what in one sentence: `a deployment web and a service for it`. A StatefulSet reads its Service itself. */
const beside: {readonly [kind in Mentioned]?: readonly Mentioned[]} = {
	Namespace: [
		'ResourceQuota',
		'LimitRange',
		'Deployment',
		'StatefulSet',
		'Pod',
		'Service',
		'ConfigMap',
		'PersistentVolumeClaim',
		'NetworkPolicy',
		'ServiceAccount',
		'Role',
		'RoleBinding',
		'Secret',
		'Ingress',
		'CronJob',
		'Job',
		'DaemonSet',
	],
	ConfigMap: ['Deployment', 'Pod', 'CronJob', 'Job', 'PersistentVolumeClaim'],
	PersistentVolumeClaim: ['Deployment', 'Pod', 'Job', 'ConfigMap'],
	Deployment: ['Service', 'Ingress', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
	StatefulSet: ['PodDisruptionBudget', 'HorizontalPodAutoscaler'],
	Service: ['Ingress', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
	ServiceAccount: ['Role'],
};

const joiner = /^(?:and|plus|with|also|along|as|그리고|및)$/;
const article = /^(?:a|an|another|its|new|one|matching)$/;
/** `in it a quota`: where the further object is. */
const within = /^(?:in|inside|within|into|it|there|that|here|beside|besides|next)$/;

/** The index where the words of a further object begin: `and a service …`, `with an HPA …`, `서비스도`. */
function beginning(wish: Wish, {first}: Mention, opening: Mentioned, from: number): number | undefined {
	if (wish.language === 'ko')
		return (opening === 'Namespace' ? behindNamespace(wish, first, from) : undefined) ?? koreanBeginning(wish, first, from);
	// What is made in a namespace may stand in a list: `namespace x, quota y, policy z`.
	if (opening === 'Namespace' && first > 1 && /[,;]/.test(wish.words[first - 1]?.stop ?? '')) return first;
	for (let at = first - 1; at >= Math.max(1, first - 4); at -= 1) {
		if (wish.words[at]?.stop !== undefined) return undefined;
		if (!article.test(plainAt(wish, at)) && !(opening === 'Namespace' && plainAt(wish, at) === 'the')) continue;
		let start = at;
		while (start > 1 && within.test(plainAt(wish, start - 1)) && wish.words[start - 1]?.stop === undefined) start -= 1;
		if (joiner.test(plainAt(wish, start - 1)) || wish.words[start - 1]?.stop !== undefined) return start;
	}
	return undefined;
}

/** `네임스페이스 x를 만들고, 파드 10개, … 쿼터 y도`: what is told behind the verb is told of what is made in it. */
function behindNamespace(wish: Wish, first: number, from: number): number | undefined {
	const verbs = /^(?:만들|생성하|열|파|새로|추가하|붙이|붙여|달|라벨링하)[가-힣]*(?:고|서|어|며)$/;
	for (let at = first - 1; at >= from; at -= 1) if (verbs.test(wish.words[at]?.raw ?? '')) return at + 1;
	return undefined;
}

/** `웹(nginx:1.29, 2개)랑`: what stands in brackets is told of what is before them. */
const isBracketed = (text: string) => (text.match(/\(/g)?.length ?? 0) > (text.match(/\)/g)?.length ?? 0);

/** Behind `만들고`, `그리고`, and behind a name with a particle that goes on: `쿼터 a랑 시크릿 b`. */
function koreanBeginning(wish: Wish, first: number, from: number): number | undefined {
	for (let at = first - 1; at >= from; at -= 1) {
		const {raw = '', stop} = wish.words[at] ?? {};
		const end = indexOfWord(wish, at) + raw.length;
		if (isBracketed(wish.text.slice(0, end)) && !/^["'`]?\)/.test(wish.text.slice(end))) continue;
		const behind = wish.text.slice(end).replace(/^["'`)]+/, '');
		if (
			/^(?:그리고|및)$/.test(raw) ||
			/[가-힣](?:고|서|랑|와|과)$/.test(raw) ||
			stop === ',' ||
			/^(?:이?랑|와|과|하고|,)(?= )/.test(behind)
		)
			return at + 1;
	}
	return undefined;
}

/** `look inside the etl-scratch claim`, `mount that claim`: what is there, beside what is made. */
function isKnown(wish: Wish, {kind, first}: Mention): boolean {
	if (!/^(?:PersistentVolumeClaim|ConfigMap|Secret|ServiceAccount)$/.test(kind) || wish.language === 'ko') return false;
	const at = [first - 1, first - 2].find(index => /^(?:the|that|this|our|existing)$/.test(plainAt(wish, index))) ?? first;
	return at < first && !/^(?:create|make|add)$/.test(plainAt(wish, at - 1));
}

const copyPhrases: readonly RegExp[] = [
	/(?:,\s*(?:and|plus)?|\s(?:and|plus|with|along with|as well as))\s+((?:a |another )?cop(?:y|ies) of [^,.;]+?)(?=,|;|\.(?:\s|$)|\s+and\s+(?:an?|the)\s|$)/i,
	/((?:[\w-]+의\s+)?[a-z0-9][a-z0-9.-]*\s*(?:시크릿|컨피그맵)?의?\s*(?:복사본|사본))(?:도|을|를|이랑|과)?/,
];

/** A wish without the copy of something that it wants beside what it makes, and the wish for that copy. */
function withoutCopy(wish: Wish): readonly [Wish, ...(readonly Wish[])] {
	for (const pattern of copyPhrases) {
		const found = pattern.exec(wish.text);
		if (found?.[1] === undefined) continue;
		const rest = wishOf(wish.text.replace(found[0], ' '), wish.language);
		if (headOf(rest) === undefined || mentionsIn(rest).length === 0) continue;
		return [rest, wishOf(wish.language === 'ko' ? `${found[1]}을 복사해줘` : found[1], wish.language)];
	}
	return [wish];
}

/** A Deployment that no word calls so. */
const unnamed: Mention = {kind: 'Deployment', first: -1, last: -1};

/** `make a namespace lab and cap it at 3 claims with a quota`: what stands behind the namespace is told of what is made in it. */
function namespaceFirst(wish: Wish, {kind, last}: Mention): readonly Wish[] | undefined {
	if (kind !== 'Namespace') return undefined;
	const at = wish.words.findIndex(
		(_, index) => index > last && (joiner.test(plainAt(wish, index)) || wish.words[index]?.stop !== undefined),
	);
	if (at < 0) return undefined;
	const cut = indexOfWord(wish, at + 1);
	const parts = [wish.text.slice(0, indexOfWord(wish, at)), wish.text.slice(cut)].map(text => wishOf(text, wish.language));
	const [first, rest] = parts.map(part => headOf(part)?.kind);
	return first === 'Namespace' && rest !== undefined && beside.Namespace?.includes(rest) === true ? parts : undefined;
}

/** A wish for several objects as one wish for each, in order. */
export function partsOf(whole: Wish): readonly Wish[] {
	const [wish, ...copies] = withoutCopy(whole);
	return [...partsWithin(wish), ...copies];
}

function partsWithin(wish: Wish): readonly Wish[] {
	const hasImage = imageIn(wish) !== undefined;
	// Without an image a workload is what the rest is for: `kafka (the statefulset) with an autoscaler`.
	const isTarget = ({kind}: Mention, index: number) =>
		!hasImage && (/^(?:StatefulSet|DaemonSet)$/.test(kind) || (wish.language === 'ko' && index > 0 && kind === 'Pod'));
	const mentions = mentionsIn(wish).filter(
		(mention, index) =>
			!isPlaceMention(wish, mention) && !isCounted(wish, mention) && !isTarget(mention, index) && !(hasImage && isKnown(wish, mention)),
	);
	const [first] = mentions;
	if (first === undefined) return [wish];
	// `Deploy registry/web:1 as web …, plus a service`: an image in front of every kind is a Deployment.
	const image = imageIn(wish);
	const isUnnamed = image !== undefined && beside.Deployment?.includes(first.kind) === true && image < first.first;
	const opening = isUnnamed ? unnamed : first;
	const together = beside[opening.kind] ?? [];
	const cuts = mentions
		.slice(isUnnamed ? 0 : 1)
		.flatMap((mention, index) =>
			together.includes(mention.kind)
				? (beginning(wish, mention, opening.kind, mentions[isUnnamed ? index - 1 : index]?.last ?? 0) ?? [])
				: [],
		);
	if (cuts.length === 0) return [wish];
	const places = [0, ...[...new Set(cuts)].map(at => indexOfWord(wish, at))];
	const parts = places.map((from, index) =>
		wishOf(
			wish.text.slice(from, places[index + 1] ?? wish.text.length).replace(/[,\s]*(?:and|plus|with|그리고|및)?\s*$/i, ''),
			wish.language,
		),
	);
	return headOf(parts[0] ?? wish)?.kind === opening.kind ? parts : (namespaceFirst(wish, opening) ?? [wish]);
}
