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

const variable = /^[A-Z][A-Z0-9_]+$/;

/** A word of the piece that is a variable, the key that is named beside the word "key", and a path to mount at. */
function partsOf(wish: Wish, {from, to, at, mention}: Piece) {
	const range = Array.from({length: to - from}, (_, index) => from + index).filter(index => index !== at);
	const name = range.find(index => isVariable(wish, index));
	const key = keyIn(wish, range, {at, mention, name});
	const path = range.find(index => isPath(wish.words[index] ?? {raw: ''}));
	return {name, key, path, says: (pattern: RegExp) => range.some(index => pattern.test(plainAt(wish, index)))};
}

const isVariable = (wish: Wish, at: number) => {
	const word = wish.words[at];
	return word !== undefined && variable.test(word.raw) && !/^(?:CPU|TCP|UDP|DNS|ENV|API|DB)$/.test(word.raw);
};

/** `the same-named key`, `the key has the same name`, `같은 이름의 키`. */
const sameName =
	/\b(?:same|equally|identically|like)[- ]named?\b|\bkeys? (?:is|are|has|have|bears|carries) (?:named |called )?(?:the )?(?:same|alike|identical)|(?:같은|동일한|똑같은) ?이름/i;

type Around = {readonly at: number; readonly mention: Mention; readonly name: number | undefined};

/** The key of a source: beside the word "key", as that which is `of` it (`시크릿 kpay의 api-key`, `the dsn of secret sentry`), or in brackets behind it. */
function keyIn(wish: Wish, range: readonly number[], {at, mention: {first, last}, name}: Around): number | undefined {
	const isFree = (index: number) => index !== name && index !== at && range.includes(index) && isKey(wish, index);
	const keyWord = range.find(index => /^(?:keys?|키(?:의|에서|를|로|는|값|값을|값으로)?)$/.test(plainAt(wish, index)));
	// `the key of that name`: called like the variable.
	if (
		keyWord !== undefined &&
		sameName.test(
			wish.words
				.slice(Math.max(0, keyWord - 2), keyWord + 6)
				.map(({raw}) => raw)
				.join(' '),
		)
	)
		return undefined;
	if (keyWord !== undefined && [2, 3, 4].some(step => /^(?:name|이름의?)$/.test(plainAt(wish, keyWord + step)))) return undefined;
	if (keyWord !== undefined) {
		const beside = [keyWord + 1, keyWord + 2, keyWord - 1].find(
			index => isFree(index) && (index !== keyWord + 2 || /^(?:is|named|called|:|이름은?)$/.test(plainAt(wish, keyWord + 1))),
		);
		if (beside !== undefined && !/^same/.test(plainAt(wish, beside))) return beside;
	}
	const end = Math.max(at, last);
	if (wish.language === 'ko' || isBracketed(wish, end + 1))
		return wish.words[end]?.stop === undefined && isFree(end + 1) ? end + 1 : undefined;
	const begin = [Math.min(at, first) - 1, Math.min(at, first) - 2].find(index => /^(?:of|in|from)$/.test(plainAt(wish, index)));
	const ahead = begin === undefined ? -1 : begin - 1;
	return isFree(ahead) && !taken.test(plainAt(wish, ahead)) && !isVariable(wish, ahead) ? ahead : undefined;
}

const isBracketed = ({text, words}: Wish, at: number) => text.includes(`(${words[at]?.raw ?? ' '})`);

/** How a variable is filled, which is no key. */
const taken =
	/^(?:taken|read|comes?|coming|set|loaded|filled|pulled|sourced|variables?|vars?|env|environment|values?|it|them|everything|all|one|kept|stored|found|injected|available|mounted|out|keys|that|exists|lives|is|provided|supplied|given|fetched|drawn|got|gotten)$/;

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
		(wish.words[at]?.stop === ',' && !/^(?:keys?|키)$/.test(plainAt(wish, at + 1)) && !/^keys?$/.test(plainAt(wish, at + 2))) ||
		wish.words[at]?.stop === '.' ||
		wish.words[at]?.stop === ';' ||
		/[가-힣](?:고|며)$/.test(wish.words[at]?.raw ?? '') ||
		/^(?:and|plus)$/.test(plainAt(wish, at + 1));
	return mentions.flatMap((mention, index): readonly Piece[] => {
		const at =
			/의$/.test(wish.words[mention.last]?.raw ?? '') && isNameWord(wish, mention.first - 1)
				? mention.first - 1
				: nameBeside(wish, mention, () => false);
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
