import {headOf, isCounted} from './head.ts';
import {imageIn} from './image.ts';
import {isPlaceMention, type Mention, type Mentioned, mentionsIn} from './mentions.ts';
import {indexOfWord} from './naming.ts';
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
	],
	Deployment: ['Service', 'Ingress', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
	StatefulSet: ['PodDisruptionBudget', 'HorizontalPodAutoscaler'],
	Service: ['Ingress', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
	ServiceAccount: ['Role'],
};

const joiner = /^(?:and|plus|with|also|along|그리고|및)$/;
const article = /^(?:a|an|another|its|new|one|matching)$/;

/** The index where the words of a further object begin: `and a service …`, `with an HPA …`, `서비스도`. */
function beginning(wish: Wish, {first}: Mention): number | undefined {
	for (let at = first - 1; at >= Math.max(1, first - 3); at -= 1) {
		const word = plainAt(wish, at);
		const before = plainAt(wish, at - 1);
		if (article.test(word) && (joiner.test(before) || wish.words[at - 1]?.stop !== undefined)) return at;
		if (/^(?:그리고|및)$/.test(word)) return at + 1;
	}
	return undefined;
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
export function partsOf(wish: Wish): readonly Wish[] {
	const hasImage = imageIn(wish) !== undefined;
	// Without an image a workload is what the rest is for: `kafka (the statefulset) with an autoscaler`.
	const isTarget = ({kind}: Mention) => !hasImage && /^(?:StatefulSet|DaemonSet)$/.test(kind);
	const mentions = mentionsIn(wish).filter(mention => !isPlaceMention(wish, mention) && !isCounted(wish, mention) && !isTarget(mention));
	const [first] = mentions;
	if (first === undefined) return [wish];
	// `Deploy registry/web:1 as web …, plus a service`: an image in front of every kind is a Deployment.
	const image = imageIn(wish);
	const isUnnamed = image !== undefined && beside.Deployment?.includes(first.kind) === true && image < first.first;
	const opening = isUnnamed ? unnamed : first;
	const together = beside[opening.kind] ?? [];
	const cuts = mentions
		.slice(isUnnamed ? 0 : 1)
		.flatMap(mention => (together.includes(mention.kind) ? (beginning(wish, mention) ?? []) : []));
	if (cuts.length === 0) return [wish];
	const places = [0, ...cuts.map(at => indexOfWord(wish, at))];
	const parts = places.map((from, index) =>
		wishOf(
			wish.text.slice(from, places[index + 1] ?? wish.text.length).replace(/[,\s]*(?:and|plus|with|그리고|및)?\s*$/i, ''),
			wish.language,
		),
	);
	return headOf(parts[0] ?? wish)?.kind === opening.kind ? parts : (namespaceFirst(wish, opening) ?? [wish]);
}
