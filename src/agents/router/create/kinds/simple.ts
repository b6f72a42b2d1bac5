import {lacking, type Made, objects} from '../made.ts';
import {namespaceOf} from '../manifests/limits.ts';
import {nameAlone} from '../name-in.ts';
import type {Mention} from '../reading/mentions.ts';
import {metadataIn} from '../reading/metadata-words.ts';
import {isNameWord, nameBeside, statedNames} from '../reading/naming.ts';
import {ordinalLabels} from '../reading/ordinal-labels.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {spokenLabels} from '../reading/spoken-labels.ts';
import {plainAt, type Wish} from '../reading/wish.ts';
import {alreadyThere, type Scene} from '../scene.ts';

const levels = 'privileged|baseline|restricted';

/** Labels by which the server checks pods against the Pod Security Standards; enforced where no mode is said. */
function podSecurity({text}: Wish): {readonly [key: string]: string} {
	if (!/pod[- ]?security|파드 ?(?:보안|시큐리티)|\bps[sa]\b/i.test(text)) return {};
	const modes = {enforce: 'enforc\\w*|강제|적용', audit: 'audit\\w*|감사', warn: 'warn\\w*|경고'};
	const [any, ...others] = [...text.matchAll(new RegExp(levels, 'gi'))].map(([level]) => level.toLowerCase());
	if (any === undefined) return {};
	const own = Object.entries(modes).flatMap(([mode, words]): readonly (readonly [string, string])[] => {
		const level =
			levelOf(text, words) ??
			(new RegExp(`\\b(?:${words})|${words}`, 'i').test(text) && others.every(each => each === any) ? any : undefined);
		return level === undefined ? [] : [[`pod-security.kubernetes.io/${mode}`, level]];
	});
	return Object.fromEntries(own.length === 0 ? [['pod-security.kubernetes.io/enforce', any]] : own);
}

/** `enforces baseline and warns at restricted`, `restricted enforced`, `restricted 강제`. */
function levelOf(text: string, words: string): string | undefined {
	const behind = new RegExp(
		`(?:${words})(?:는|은|로|를|을|에는)?(?:[ =:]+(?:at|on|the|level|is|with|mode|to|for))*[ =:]*(${levels})`,
		'i',
	).exec(text)?.[1];
	const before = new RegExp(`\\b(${levels})(?:을|를|로|는|은|으로)?[ ,]*(?:level |is |수준)?(?:으로 )?(?:${words})`, 'i').exec(text)?.[1];
	return (behind ?? before)?.toLowerCase();
}

const joins = /^(?:and|,|&|와|과|및|랑)$/;

/** One name or a list of them: `perf-eu and perf-us`, `perf-eu, perf-us`. */
function namesFrom(wish: Wish, first: number): readonly string[] {
	const names = [first];
	for (let at = first + 1; at < wish.words.length; at += 1) {
		const before = wish.words[at - 1];
		const isJoined = before?.stop === ',' || joins.test(plainAt(wish, at - 1)) || /[와과랑]$/.test(textAround(wish, at - 1));
		if (joins.test(plainAt(wish, at)) && before?.stop !== '.') continue;
		// `team is web`: a label, and no second name.
		if (/^(?:is|are|should|equals|=)$/.test(plainAt(wish, at + 1))) break;
		if (!isJoined || !isNameWord(wish, at) || wish.words[at]?.raw.includes('=')) break;
		names.push(at);
	}
	return names.flatMap(at => wish.words[at]?.raw ?? []);
}

const textAround = ({text, words}: Wish, at: number) => {
	const raw = words[at]?.raw ?? '';
	const from = text.indexOf(raw);
	return from < 0 ? raw : text.slice(from, from + raw.length + 1);
};

/** The word where a list of names begins that stands before its kind: `a와 b 네임스페이스`, `a and b as namespaces`. */
function listBefore(wish: Wish, at: number): number {
	const before = joins.test(plainAt(wish, at - 1)) ? at - 2 : at - 1;
	const isJoined =
		before >= 0 &&
		isNameWord(wish, before) &&
		(before < at - 1 || wish.words[before]?.stop === ',' || /[와과랑]$/.test(textAround(wish, before)));
	return isJoined ? listBefore(wish, before) : at;
}

export async function makeNamespaces(scene: Scene, head: Mention): Promise<Made> {
	const {wish} = scene;
	const near = nameBeside(wish, head, () => false);
	const first =
		statedNames(wish)[0] ??
		(near !== undefined && near < head.first ? listBefore(wish, near) : near) ??
		afterStop(wish, head) ??
		listStop(wish, head) ??
		nameAlone(scene);
	if (first === undefined) return lacking(wish, 'What should the namespace be called?', '네임스페이스 이름을 무엇으로 할까요?');
	const names = namesFrom(wish, first);
	const sorted = sortedPairs(wish);
	const security = podSecurity(wish);
	const isMode = ([key]: readonly [string, string]) =>
		Object.keys(security).length > 0 && /^(?:enforce|audit|warn)(?:-version)?$/.test(key);
	const data = Object.fromEntries(Object.entries({...sorted.data, ...sorted.env}).filter(each => !isMode(each)));
	const {labels, annotations} = metadataIn(wish);
	const told = /[,;]\s*(?:the\s+|with\s+)?([a-z][\w-]*)\s+(?:is|are|should be|equals)\s+[\w-]+/i.exec(wish.text);
	if (told !== null && Object.keys({...labels, ...annotations, ...data}).length === 0)
		return lacking(
			wish,
			`Is "${told[1] ?? ''}" a label of namespace ${names.join(', ')}? Say labels as key=value.`,
			`"${told[1] ?? ''}"은(는) ${names.join(', ')} 네임스페이스의 라벨인가요? 라벨은 key=value로 말씀해 주세요.`,
		);
	const made: ReturnType<typeof namespaceOf>[] = [];
	const apart = ordinalLabels(wish, names);
	for (const [at, name] of names.entries()) {
		const there = await alreadyThere(scene, 'Namespace', name, undefined);
		if (there !== undefined) return there;
		made.push(namespaceOf(name, {...(apart?.[at] ?? {...data, ...labels, ...spokenLabels(wish, names)}), ...security}));
	}
	return objects(...made);
}

/** `two new namespaces, a and b`, `namespaces: a, b` */
const afterStop = (wish: Wish, {last}: Mention) =>
	wish.words[last]?.stop !== undefined && isNameWord(wish, last + 1) ? last + 1 : undefined;

/** `a랑 b, 네임스페이스 두 개` */
function listStop(wish: Wish, {first}: Mention): number | undefined {
	const at = first - 1;
	return wish.words[at]?.stop === ',' && isNameWord(wish, at) && listBefore(wish, at) < at ? listBefore(wish, at) : undefined;
}
