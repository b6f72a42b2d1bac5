import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {workloads} from './gathered.ts';
import {isOtherPolicy} from './reading/head.ts';
import {type Mention, mentionsIn} from './reading/mentions.ts';
import {isNameWord, nameBeside} from './reading/naming.ts';
import {isOnlyName} from './reading/new-name.ts';
import {isPlaceMention} from './reading/place-mention.ts';
import {plainAt, type Wish} from './reading/wish.ts';

/** Something that a wish names beside a new namespace and that nothing of the plan speaks of: it is asked for, not left out. */
export function forgottenName(wish: Wish, planned: readonly object[]): Understanding | undefined {
	const all = JSON.stringify(planned);
	for (const mention of mentionsIn(wish)) {
		const at = nameBeside(wish, mention, () => false);
		const name = at === undefined ? undefined : wish.words[at]?.raw;
		if (name === undefined || all.includes(name)) continue;
		const text =
			wish.language === 'ko'
				? `${mention.kind} ${name}은(는) 어떻게 할까요? 그 부분을 이해하지 못했습니다.`
				: `What about ${mention.kind} ${name}? That part was not understood.`;
		return {kind: 'question', text, choices: []};
	}
	return undefined;
}

/** `pod p1 in shop and pod p2 in oven`: one that is called as nothing is, and that is not made. */
export async function unmade(wish: Wish, made: readonly KubeObject[], world: World): Promise<Understanding | undefined> {
	if (!made.some(({kind}) => workloads.some(each => each === kind))) return undefined;
	const all = JSON.stringify(made);
	const live = new Set((await Promise.all(workloads.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));
	for (const {kind, last} of mentionsIn(wish)) {
		const {raw = ''} = wish.words[last + 1] ?? {};
		const isNamed = workloads.some(each => each === kind) && wish.words[last]?.stop === undefined && isNameWord(wish, last + 1);
		if (!isNamed || !isOnlyName(raw) || all.includes(raw) || live.has(raw)) continue;
		const text =
			wish.language === 'ko'
				? `${kind} ${raw}은(는) 어떻게 할까요? 그 부분을 이해하지 못했습니다.`
				: `What about ${kind} ${raw}? That part was not understood.`;
		return {kind: 'question', text, choices: []};
	}
	return undefined;
}

const makes = /^(?:a|an|another|new|its|one|own|matching|separate)$/;
const besides =
	/^(?:Namespace|Service|Ingress|HorizontalPodAutoscaler|PodDisruptionBudget|NetworkPolicy|ResourceQuota|LimitRange|Role|RoleBinding)$/;

/** `with a network policy that …`, `PDB도 만들어줘`: a kind that is to be made, too; `the network policy` is there. */
function isWanted(wish: Wish, mention: Mention): boolean {
	if (!besides.test(mention.kind) || isPlaceMention(wish, mention) || isOtherPolicy(wish, mention)) return false;
	if (wish.language === 'ko') {
		const behind = wish.words.slice(mention.last + 1, mention.last + 5).map(({raw}) => raw);
		return behind.some(word => /^(?:만들|추가|생성|붙|걸|달)(?![가-힣]*지)/.test(word));
	}
	// `from outside its own namespace`: the one that is there.
	if (mention.kind === 'Namespace' && /^(?:its|their|own)$/.test(plainAt(wish, mention.first - 1))) return false;
	for (let at = mention.first - 1; at >= Math.max(0, mention.first - 3) && wish.words[at]?.stop === undefined; at -= 1)
		if (makes.test(plainAt(wish, at))) return true;
	return false;
}

/** The question that stands instead of a workload alone, or of what stands in a new namespace, where a kind beside it is wanted, too, and nothing of that kind is planned. */
export function forgottenKind(wish: Wish, made: readonly {readonly kind: string}[]): Understanding | undefined {
	const hasWorkload = made.some(({kind}) => workloads.some(each => each === kind));
	const known = new Set(made.map(({kind}) => kind));
	const mention = mentionsIn(wish).find(
		each => !known.has(each.kind) && (hasWorkload || each.kind === 'Namespace') && isWanted(wish, each),
	);
	if (mention === undefined) return undefined;
	const text =
		wish.language === 'ko'
			? `${mention.kind}은(는) 어떻게 할까요? 그 부분을 이해하지 못했습니다.`
			: `What about the ${mention.kind}? That part was not understood.`;
	return {kind: 'question', text, choices: []};
}
