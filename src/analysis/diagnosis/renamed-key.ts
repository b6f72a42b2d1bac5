import {objectAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import type {Scene} from './case.ts';
import {lastWrittenKeys} from './changed-by.ts';
import {lastApplied} from './last-applied.ts';

export const keysOf = oncePerObject((holder: KubeObject): readonly string[] =>
	['data', 'stringData', 'binaryData'].flatMap(field => Object.keys(objectAt(holder, field))),
);

const extension = (key: string) => /\.[a-z0-9]+$/i.exec(key)?.[0].toLowerCase() ?? '';

const wordsOf = (key: string) =>
	key
		.replace(/\.[a-z0-9]+$/i, '')
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter(word => word.length > 2);

const sharesWord = (one: string, other: string) => {
	const words = new Set(wordsOf(other));
	return wordsOf(one).some(word => words.has(word));
};

/** Keys of a ConfigMap or Secret that pods of its namespace name one by one. */
const takenKeys = ({kind, metadata}: KubeObject, {objects}: Scene): ReadonlySet<string> =>
	new Set(
		objects
			.filter(object => object.kind === 'Pod' || templatePath(object) !== undefined)
			.flatMap(object => podNeeds(podSpecOf(object)))
			.flatMap(need => (need.kind === kind && need.name === metadata.name && need.key !== undefined ? [need.key] : [])),
	);

/** Somebody takes whatever is in it, so that no key is free. */
const isTakenWhole = ({kind, metadata}: KubeObject, {objects}: Scene): boolean =>
	objects
		.filter(object => object.kind === 'Pod' || templatePath(object) !== undefined)
		.some(object => podNeeds(podSpecOf(object)).some(need => need.kind === kind && need.name === metadata.name && need.key === undefined));

const hadKey = (holder: KubeObject, key: string) => Object.hasOwn(objectAt(lastApplied(holder), 'data'), key);

type NewName = {
	readonly key: string;
	/** It came at the last write, and the others had been there: else only that nobody else takes it speaks for it. */
	readonly isTold: boolean;
};

/**
 * What a key that is gone may be called now: the one that came when it went, or the only one that nobody takes: of files one of the same kind, never `.crt` for
 * `.conf`; of variables one that shares a word with it.
 */
export function newName({key: wanted}: PodNeed, holder: KubeObject, scene: Scene): NewName | undefined {
	if (wanted === undefined) return undefined;
	const taken = takenKeys(holder, scene);
	const keys = keysOf(holder);
	const free = keys.filter(key => !taken.has(key) && extension(key) === extension(wanted));
	const fresh = lastWrittenKeys(holder, keys);
	const [came] = fresh.length < keys.length ? free.filter(key => fresh.includes(key)) : [];
	if (came !== undefined && fresh.length === 1)
		return {
			key: came,
			isTold: holder.kind === 'ConfigMap' && !isTakenWhole(holder, scene) && (hadKey(holder, wanted) || sharesWord(came, wanted)),
		};
	const like = extension(wanted) === '' || free.length > 1 ? free.filter(key => sharesWord(key, wanted)) : free;
	const [only] = like;
	return only === undefined || like.length > 1 ? undefined : {key: only, isTold: false};
}
