import {nameIn} from './name-in.ts';
import {baseName} from './reading/image.ts';
import {mentionsIn} from './reading/mentions.ts';
import {indexOfWord, isNameWord, statedNames} from './reading/naming.ts';
import {plainAt, type Wish} from './reading/wish.ts';
import type {Scene} from './scene.ts';

/** Verbs whose object is what is made: `start newman in staging`, `put unleash up in platform`. */
const verbs =
	/^(?:start|run|launch|deploy|create|add|make|put|bring|spin|stand|set|setup|get|give|fire|drop|need|want|install|host|have|prepare|schedule)$/;
const between = /^(?:up|a|an|one|the|me|us|new|little|small|simple|quick|our|my)$/;
/** Behind the name of what is made, where a sentence begins with it: `vector-api goes to ml: deployment, …`. */
const predicates = /^(?:goes|moves|belongs|comes|should|shall|must|needs|has|gets|wants|for|as|in)$/;
/** `data에 kafka-ui 하나 붙이자`, `clickhouse를 StatefulSet으로`: behind the name stands a particle, or the verb. */
const koreanBehind =
	/^["'`”’]?(?:[을를이가]|은|는)?\s?(?:하나(?:만)?|한 ?개)?\s?(?:\S*(?:디플로이먼트|스테이트풀셋|데몬셋|파드|크론 ?잡|잡|deployment|statefulset|daemonset|cronjob|pod|job)\S*로|배포|띄[우워울]|올[리려릴]|붙[이여일]|돌[리려릴]|구성|설치|세[우워울]|만들|만드|추가|생성|필요|실행|구동)/i;

const isPlace = ({spoken}: Scene, at: number) => spoken.some(each => each.at === at && each.weight > 1);

/** Words that may be the name, where no kind stands beside them: the object of the verb, or the subject of a sentence. */
function objectOfVerb({wish}: Scene, free: (at: number) => boolean): number | undefined {
	const at = wish.words.findIndex((word, index) => {
		if (!free(index)) return false;
		if (wish.language === 'ko') return koreanBehind.test(wish.text.slice(indexOfWord(wish, index) + word.raw.length));
		let before = index - 1;
		while (between.test(plainAt(wish, before)) && wish.words[before]?.stop === undefined) before -= 1;
		if (verbs.test(plainAt(wish, before)) && wish.words[before]?.stop === undefined) return true;
		return isFirst(wish, index) && (word.stop !== undefined || predicates.test(plainAt(wish, index + 1)));
	});
	return at < 0 ? undefined : at;
}

const isFirst = (wish: Wish, at: number) => at === 0 || /[.;:]/.test(wish.words[at - 1]?.stop ?? '');

/** A name that only the verb or the beginning of a sentence tells: `make model-store in ml a volume claim`. */
export function nameByVerb(scene: Scene): string | undefined {
	const at = objectOfVerb(scene, index => isNameWord(scene.wish, index) && !isPlace(scene, index));
	return at === undefined ? undefined : scene.wish.words[at]?.raw;
}

/** `헤드리스 서비스 이름은 x`, `a service called x`: the name of something else. */
const isOfOther = (scene: Scene, at: number) =>
	mentionsIn(scene.wish).some(
		({kind, first, last}) =>
			kind !== scene.head?.kind &&
			first !== scene.head?.first &&
			last < at &&
			(at - last <= 3 || scene.wish.words.slice(last + 1, at).every(({text}) => copula.test(text))) &&
			scene.wish.words.slice(last, at).every(({stop}) => stop === undefined),
	);

const copula = /^(?:is|are|to|be|shall|should|must|will|gets?|has|the|name|named|called)$/;

/** Where the word stands that the image is called by: `a coupon deployment live in shop` runs `…/coupon:1.0`. */
function wordOfImage({wish}: Scene, image: string | undefined, others: ReadonlySet<number>): number | undefined {
	const base = image === undefined ? undefined : baseName(image);
	const at = wish.words.findIndex(({raw}, index) => raw === base && !others.has(index) && isNameWord(wish, index));
	return at < 0 ? undefined : at;
}

/** `a pod that mounts shop-tls`: what it takes from others is no name of it. */
const taken = (wish: Wish) =>
	wish.words.flatMap((_, at) => {
		const verb = plainAt(wish, at - 1) === 'the' ? at - 2 : at - 1;
		return takes.test(plainAt(wish, verb)) && wish.words[at - 1]?.stop === undefined ? [at] : [];
	});
const takes =
	/^(?:mounts?|mounting|uses|using|reads|reading|loads|loading|consumes|consuming|attaches|attaching|sees|seeing|gets|getting|imports|importing)$/;

/** Whether a name is given as one: by a word for it, in quotes, or right behind the kind. */
function isGiven(scene: Scene, name: string): boolean {
	const {wish} = scene;
	const places = wish.words.flatMap(({raw}, at) => (raw === name ? [at] : []));
	const stated = statedNames(wish);
	const behind = mentionsIn(wish).map(({last}) => last + 1);
	return places.some(at => stated.includes(at) || wish.words[at]?.quoted === true || (behind.includes(at) && /[-\d]/.test(name)));
}

/**
 * The name that a wish gives to a workload: as it is stated, beside the kind, as its image is called, or as the verb has it. Undefined where it gives none.
 * @param used words that belong to something else
 */
export function workloadName(scene: Scene, image: string | undefined, used: ReadonlySet<number>): string | undefined {
	const {wish} = scene;
	const others = new Set([...used, ...taken(wish), ...statedNames(wish).filter(at => isOfOther(scene, at))]);
	const free = (at: number) => !others.has(at) && isNameWord(wish, at) && !isPlace(scene, at);
	const given = nameIn(scene, others);
	const own = wordOfImage(scene, image, others);
	if (given !== undefined) return own === undefined || isGiven(scene, given) ? given : wish.words[own]?.raw;
	// `deploy nginx:1.29 as echo`
	const said = wish.words.findIndex((_, at) => free(at) && plainAt(wish, at - 1) === 'as' && wish.words[at - 1]?.stop === undefined);
	if (said >= 0) return wish.words[said]?.raw;
	const base = image === undefined ? undefined : baseName(image);
	const called = wish.words.findIndex(({raw}, at) => raw === base && free(at));
	const at = called < 0 ? objectOfVerb(scene, free) : called;
	return at === undefined ? undefined : wish.words[at]?.raw;
}
