import type {JsonObject} from '../../../../core/json.ts';
import {isPath} from '../../words/values.ts';
import type {Mount} from '../manifests/pod.ts';
import {type Mention, mentionsIn} from './mentions.ts';
import {isNameWord, nameBeside} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

/** What a pod takes from other objects of its namespace. */
export type References = {
	readonly env: readonly JsonObject[];
	readonly envFrom: readonly JsonObject[];
	readonly mounts: readonly Mount[];
	readonly pullSecret?: string | undefined;
	readonly serviceAccount?: string | undefined;
	/** Words that belong to a reference: no name of what is made. */
	readonly used: ReadonlySet<number>;
};

type Source = {readonly kind: 'ConfigMap' | 'Secret'; readonly name: string};
type Piece = {readonly mention: Mention; readonly at: number; readonly source: Source; readonly from: number; readonly to: number};

const variable = /^[A-Z][A-Z0-9_]*$/;

/** A word of the piece that is a variable, the key that is named beside the word "key", and a path to mount at. */
function partsOf(wish: Wish, {from, to, at}: Piece) {
	const range = Array.from({length: to - from}, (_, index) => from + index).filter(index => index !== at);
	const name = range.find(
		index =>
			variable.test(wish.words[index]?.raw ?? '') &&
			wish.words[index]?.quoted !== undefined &&
			!/^(?:CPU|TCP|UDP|DNS|ENV|API|DB)$/.test(wish.words[index]?.raw ?? ''),
	);
	const keyWord = range.find(index => /^(?:keys?|키(?:의|에서|를|로)?)$/.test(plainAt(wish, index)));
	const key =
		keyWord === undefined ? undefined : [keyWord + 1, keyWord - 1].find(index => index !== name && index !== at && isKey(wish, index));
	const path = range.find(index => isPath(wish.words[index] ?? {raw: ''}));
	return {name, key, path, says: (pattern: RegExp) => range.some(index => pattern.test(plainAt(wish, index)))};
}

const isKey = (wish: Wish, at: number) => {
	const word = wish.words[at];
	return (
		word !== undefined &&
		/^[\w.-]+$/.test(word.raw) &&
		(word.quoted || !/^(?:of|in|from|the|as|and|is|to|called|secret|configmap|its|with|named)$/i.test(word.raw))
	);
};

/** The piece of the wish around one reference: from the reference before, or its sentence, to the next. */
function piecesIn(wish: Wish, head: Mention): readonly Piece[] {
	const mentions = mentionsIn(wish).filter(({kind, first}) => (kind === 'ConfigMap' || kind === 'Secret') && first !== head.first);
	const parted = (at: number) =>
		wish.words[at]?.stop === ',' ||
		wish.words[at]?.stop === '.' ||
		wish.words[at]?.stop === ';' ||
		/^(?:and|plus)$/.test(plainAt(wish, at + 1));
	return mentions.flatMap((mention, index): readonly Piece[] => {
		const at = nameBeside(wish, mention, () => false);
		const name = at === undefined ? undefined : wish.words[at]?.raw;
		if (at === undefined || name === undefined) return [];
		const [low, high] = [Math.min(mention.first, at), Math.max(mention.last, at)];
		const before = mentions[index - 1];
		const next = mentions[index + 1];
		let from = low;
		while (from > 0 && from - 1 > (before?.last ?? -1) && !parted(from - 1)) from -= 1;
		let to = high;
		while (to < wish.words.length - 1 && to + 1 < (next?.first ?? wish.words.length) && !parted(to)) to += 1;
		const kind = mention.kind === 'Secret' ? 'Secret' : 'ConfigMap';
		return [{mention, at, source: {kind, name}, from, to: to + 1}];
	});
}

const volumeOf = ({kind, name}: Source): JsonObject => (kind === 'Secret' ? {secret: {secretName: name}} : {configMap: {name}});
const envFromOf = ({kind, name}: Source): JsonObject => (kind === 'Secret' ? {secretRef: {name}} : {configMapRef: {name}});
const envOf = (variableName: string, {kind, name}: Source, key: string): JsonObject => ({
	name: variableName,
	valueFrom: kind === 'Secret' ? {secretKeyRef: {name, key}} : {configMapKeyRef: {name, key}},
});

const readOnlyWord = /^(?:read-only|readonly|읽기|ro)/;

/** One reference read: a variable, all variables, a mount, or credentials to pull the image. */
function read(wish: Wish, piece: Piece): Omit<References, 'used' | 'serviceAccount'> {
	const none = {env: [], envFrom: [], mounts: []};
	const {name, key, path, says} = partsOf(wish, piece);
	if (says(/^(?:pull|pulled|pulling|imagepullsecrets?|풀)/)) return {...none, pullSecret: piece.source.name};
	const readsOnly = says(readOnlyWord) || says(/^only$/);
	if (path !== undefined)
		return {
			...none,
			mounts: [{name: piece.source.name, path: wish.words[path]?.raw ?? '/', readOnly: readsOnly, source: volumeOf(piece.source)}],
		};
	if (name !== undefined)
		return {
			...none,
			env: [
				envOf(wish.words[name]?.raw ?? '', piece.source, key === undefined ? (wish.words[name]?.raw ?? '') : (wish.words[key]?.raw ?? '')),
			],
		};
	if (says(/^(?:env|envs|environment|variables?|envfrom|환경변수|환경|변수)/)) return {...none, envFrom: [envFromOf(piece.source)]};
	return none;
}

/** The ConfigMaps, Secrets and the service account that a workload is said to use. */
export function referencesIn(wish: Wish, head: Mention): References {
	const pieces = piecesIn(wish, head);
	const parts = pieces.map(piece => read(wish, piece));
	const account = mentionsIn(wish).find(({kind}) => kind === 'ServiceAccount');
	const accountAt =
		account === undefined || /^tokens?$|^토큰/.test(plainAt(wish, account.last + 1)) ? undefined : accountName(wish, account);
	return {
		env: parts.flatMap(({env}) => env),
		envFrom: parts.flatMap(({envFrom}) => envFrom),
		mounts: parts.flatMap(({mounts}) => mounts),
		pullSecret: parts.find(({pullSecret}) => pullSecret !== undefined)?.pullSecret,
		serviceAccount: accountAt === undefined ? undefined : wish.words[accountAt]?.raw,
		used: new Set([
			...pieces.flatMap(({at, mention}) => [at, mention.first, mention.last]),
			...(accountAt === undefined ? [] : [accountAt]),
		]),
	};
}

/** `service account etl-runner`, `service account is etl-runner`, `서비스어카운트는 etl-runner`, `etl-runner 서비스 계정으로`. */
function accountName(wish: Wish, {first, last}: Mention): number | undefined {
	const behind = [last + 1, last + 2].find(at => isNameWord(wish, at) && wish.words[at - 1]?.stop !== '.');
	return isNameWord(wish, last + 1)
		? last + 1
		: isNameWord(wish, first - 1) && wish.words[first - 1]?.stop === undefined
			? first - 1
			: behind;
}
