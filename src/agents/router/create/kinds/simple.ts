import {lacking, type Made, objects} from '../made.ts';
import {claimOf, namespaceOf, serviceAccountOf} from '../manifests/limits.ts';
import type {Mention} from '../reading/mentions.ts';
import {isNameWord, nameBeside, statedNames} from '../reading/naming.ts';
import {ordinalLabels} from '../reading/ordinal-labels.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {spokenLabels} from '../reading/spoken-labels.ts';
import {accessModesIn, classIn} from '../reading/volumes.ts';
import {plainAt, type Wish} from '../reading/wish.ts';
import {alreadyThere, nameIn, objectsOf, placeOf, type Scene} from '../scene.ts';

const levels = /\b(privileged|baseline|restricted)\b/i;

/** Labels by which the server checks pods against the Pod Security Standards; enforced where no mode is said. */
function podSecurity({text}: Wish): {readonly [key: string]: string} {
	if (!/pod[- ]?security|파드 ?보안|\bpss\b/i.test(text)) return {};
	const level = levels.exec(text)?.[1]?.toLowerCase();
	if (level === undefined) return {};
	const modes = ['enforce', 'audit', 'warn'].filter(mode => new RegExp(`\\b${mode}`, 'i').test(text));
	const korean = [
		...(/강제|적용/.test(text) ? ['enforce'] : []),
		...(/감사/.test(text) ? ['audit'] : []),
		...(/경고/.test(text) ? ['warn'] : []),
	];
	const all = [...new Set([...modes, ...korean])];
	return Object.fromEntries((all.length === 0 ? ['enforce'] : all).map(mode => [`pod-security.kubernetes.io/${mode}`, level]));
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

/** The word where a list of names begins that stands before its kind: `a와 b 네임스페이스`. */
function listBefore(wish: Wish, at: number): number {
	const isJoined = at > 0 && isNameWord(wish, at - 1) && (wish.words[at - 1]?.stop === ',' || /[와과랑]$/.test(textAround(wish, at - 1)));
	return isJoined ? listBefore(wish, at - 1) : at;
}

export async function makeNamespaces(scene: Scene, head: Mention): Promise<Made> {
	const {wish} = scene;
	const near = nameBeside(wish, head, () => false);
	const first = statedNames(wish)[0] ?? (near !== undefined && near < head.first ? listBefore(wish, near) : near) ?? afterStop(wish, head);
	if (first === undefined) return lacking(wish, 'What should the namespace be called?', '네임스페이스 이름을 무엇으로 할까요?');
	const names = namesFrom(wish, first);
	const {labels, data, env} = sortedPairs(wish);
	const told = /[,;]\s*(?:the\s+|with\s+)?([a-z][\w-]*)\s+(?:is|are|should be|equals)\s+[\w-]+/i.exec(wish.text);
	if (told !== null && Object.keys({...labels, ...data, ...env}).length === 0)
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
		made.push(namespaceOf(name, {...(apart?.[at] ?? {...data, ...env, ...labels, ...spokenLabels(wish, names)}), ...podSecurity(wish)}));
	}
	return objects(...made);
}

/** `two new namespaces, a and b`, `namespaces: a, b` */
const afterStop = (wish: Wish, {last}: Mention) =>
	wish.words[last]?.stop !== undefined && isNameWord(wish, last + 1) ? last + 1 : undefined;

export async function makeClaim(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const name = nameIn(scene);
	if (name === undefined) return lacking(wish, 'What should the claim be called?', '볼륨 클레임 이름을 무엇으로 할까요?');
	const namespace = placeOf(scene);
	const there = await alreadyThere(scene, 'PersistentVolumeClaim', name, namespace);
	if (there !== undefined) return there;
	const size = wish.amounts.find(amount => amount.kind === 'quantity' && amount.measures === 'bytes');
	if (size?.kind !== 'quantity') return lacking(wish, `How large should claim ${name} be?`, `볼륨 클레임 ${name}의 크기는 얼마로 할까요?`);
	const classes = (await objectsOf(scene, 'StorageClass')).map(({metadata}) => metadata.name);
	const className = classIn(wish, 0, wish.words.length, classes);
	return objects(claimOf({name, namespace}, {size: size.quantity, className, modes: accessModesIn(wish.text)}));
}

export async function makeServiceAccount(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const name = nameIn(scene);
	if (name === undefined) return lacking(wish, 'What should the service account be called?', '서비스 계정 이름을 무엇으로 할까요?');
	const namespace = placeOf(scene);
	return (await alreadyThere(scene, 'ServiceAccount', name, namespace)) ?? objects(serviceAccountOf({name, namespace}));
}
