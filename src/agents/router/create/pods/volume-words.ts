import type {JsonObject} from '../../../../core/json.ts';
import {isNameWord} from '../reading/naming.ts';
import {wishOf} from '../reading/wish.ts';

/** A volume of a pod that a text tells of. `paths`: where it is mounted, with the container that the text names there. */
export type SpokenMount = {
	readonly name: string | undefined;
	readonly source: JsonObject | undefined;
	/** What a name is made of where the text gives none. */
	readonly stem: string;
	readonly paths: readonly {readonly path: string; readonly container: string | undefined}[];
	readonly isReadOnly: boolean;
	readonly subPath: string | undefined;
	readonly isShared: boolean;
};

type Sort = 'emptyDir' | 'claim' | 'hostPath' | 'configMap' | 'secret';

const sorts: readonly (readonly [sort: Sort, pattern: string])[] = [
	[
		'emptyDir',
		String.raw`\bempty-? ?dir(?:ectory|s)?\b|\b(?:scratch|temp|temporary|tmp|cache|shared scratch) (?:volume|space|directory|dir|disk)\b(?! named [\w-]+ claim)|\btmpfs\b|\b(?:memory|ram)[- ]?(?:backed|disk)(?: (?:volume|dir\w*|emptydir))?\b|(?:임시|빈) ?(?:볼륨|디렉터리|디렉토리|디스크|저장소|저장 ?공간)|엠프?티 ?디(?:렉터리|렉토리|어)|이엠프티디르`,
	],
	[
		'hostPath',
		String.raw`\bhost-? ?path\b|\bhost(?:'s)? (?:directory|dir|folder)\b|\bthe (?:node|host)'s(?= \/)|(?:호스트|노드)(?:의)? ?(?:경로|디렉터리|디렉토리|패스|폴더)|(?:호스트|노드)(?:의)? (?=\/)`,
	],
	[
		'claim',
		String.raw`\b(?:pvcs?|persistent ?volume ?claims?|volume claims?|storage claims?|claims?)\b(?! ?templates?)|(?:볼륨 ?|스토리지 ?)?클레임(?! ?템플릿)`,
	],
	['configMap', String.raw`\bconfig ?maps?\b|(?:컨피그|설정) ?맵`],
	['secret', String.raw`(?<!pull )\bsecrets?\b|(?<!풀 ?)시크릿`],
];
const anchor = new RegExp(sorts.map(([sort, pattern]) => `(?<${sort}>${pattern})`).join('|'), 'gi');

const pathLike = String.raw`(?<![\w:./])\/[\w./%+@-]*\w`;
/** How a remark about a volume goes on behind a comma or `and`. */
const goesOn =
	/^\s*(?:and )?(?:(?:it|which|that)(?:'s| is| gets| should be)? )?(?:only (?:the |its )?keys?\b|(?:the |its )?keys? [\w.]|mode |in mode |(?:the )?mount\w*|at \/|under \/|in (?:the )?(?:both|all)|to \/|read-? ?only|readonly|ro\b|named |called |medium|size|sizelimit|limited to|limit (?:of )?\d|up to|max(?:imum)? |as (?:a )?volume|on \/|into \/|\/|both|shared|sub-? ?path|volume name|in memory|as memory|memory[- ]backed|type |of type|마운트|읽기|경로|크기|최대|메모리(?:에|로| 기반| 매체)|사이즈|이름은|공유|서브 ?패스|둘 ?다|양쪽|["'`]?\/)/i;

type Remark = {readonly sort: Sort; readonly at: number; readonly length: number; readonly from: number; readonly to: number};

/** Where what belongs to a volume begins and ends: its part of the sentence, and the parts that go on about it. */
function remarksIn(text: string): readonly Remark[] {
	const found = [...text.matchAll(anchor)];
	return found.map((match, index) => {
		const at = match.index;
		const sort = sorts.map(([one]) => one).find(one => match.groups?.[one] !== undefined) ?? 'emptyDir';
		const before = text.slice(0, at);
		const floor = found[index - 1] === undefined ? 0 : (found[index - 1]?.index ?? 0) + (found[index - 1]?.[0].length ?? 0);
		const stops = [...before.matchAll(/[;\n]|[.,](?=\s)|\s\/(?=\s)|\b(?:and|plus|with)\s|(?<=[가-힣]고)[,\s]/gi)]
			.map(stop => stop.index + stop[0].length)
			.filter(stop => stop >= floor);
		const from = stops.at(-1) ?? floor;
		const ceiling =
			found[index + 1] === undefined ? text.length : startOfNext(text, at + match[0].length, found[index + 1]?.index ?? text.length);
		return {sort, at, length: match[0].length, from, to: endOf(text, {begun: from, from: at + match[0].length}, ceiling)};
	});
}

/** The next volume has the part of the sentence that it stands in. */
function startOfNext(text: string, from: number, at: number): number {
	const stops = [...text.slice(from, at).matchAll(/[;,\n]|\.(?=\s)|\band\s|\bplus\s|(?<=[가-힣])고\s/gi)];
	const last = stops.at(-1);
	return last === undefined ? at : from + last.index;
}

/** `시크릿의 password 키에서 가져오고`, `secret x under key y`: a variable is filled, and nothing is mounted. */
const ofKey = /키(?:에서|로|를|의|에)? |\bkeys?\b|환경 ?변수|\benv(?:ironment)?\b|\bvariables?\b/i;

function endOf(text: string, {begun, from}: {readonly begun: number; readonly from: number}, ceiling: number): number {
	const stop = /[;,\n]|\.(?=\s|$)|\s\/(?=\s)|\s(?:and|plus)\s|(?<=[가-힣])고\s/g;
	stop.lastIndex = from;
	for (let match = stop.exec(text); match !== null && match.index < ceiling; match = stop.exec(text)) {
		const rest = text.slice(match.index + match[0].length);
		if (
			match[0] === '.' || match[0] === '\n'
				? !/^\s*(?:it is|it's|both|mount)\b.*\/\w/i.test(rest.slice(0, 60))
				: !goesOn.test(rest) || (ofKey.test(text.slice(begun, match.index)) && /^\s*\//.test(rest))
		)
			return match.index;
	}
	return ceiling;
}

const sharing =
	/\b(?:both|all (?:of )?(?:the )?containers|each container|shar(?:e|es|ed|ing)|two containers|the two)\b|둘 ?다|양쪽|두 ?컨테이너|공유|모든 ?컨테이너|각 ?컨테이너/i;

/** The name behind or before the words for a claim. */
function claimName(text: string, at: number, length: number): string | undefined {
	const behind = /^(?:은|는|을|를)?(?: (?:named|called|is|of|:))?:? ?["'`]?([a-z0-9][a-z0-9.-]*[a-z0-9])/i.exec(
		text.slice(at + length),
	)?.[1];
	const before = /([a-z0-9][a-z0-9.-]*[a-z0-9])["'`]? ?(?:라는 )?$/i.exec(text.slice(0, at))?.[1];
	return [behind, before].find(name => name !== undefined && isObjectName(name));
}

const isObjectName = (name: string) =>
	isNameWord(wishOf(name, 'en'), 0) && !/^(?:as|mounted|at|the|existing|read-only|readonly)$/i.test(name);

const behindNames: readonly RegExp[] = [
	/\b(?:volume|볼륨)(?: name)?(?: (?:is )?(?:named|called|name|이름은?))?:? ["'`]?([a-z0-9][a-z0-9-]*)/i,
	/\b(?:named|called|name:?|as)(?: (?:a |the )?(?:volume )?)?(?: named)? ?["'`]?([a-z0-9][a-z0-9-]*)/i,
	/(?:볼륨 ?)?이름(?:은|을|이)? ?["'`]?([a-z0-9][a-z0-9-]*)/i,
	/\bempty-? ?dir(?: volume)? ["'`]?([a-z0-9][a-z0-9-]*)/i,
];
const beforeNames: readonly RegExp[] = [
	/\bvolume(?: named| called)? ["'`]?([a-z0-9][a-z0-9-]*)["'`]?[^a-z0-9]*(?:\w+ ){0,3}$/i,
	/["'`]?([a-z0-9][a-z0-9-]*)["'`]? ?(?:이라는|라는|이란|란) ?(?:이름의 ?)?$/i,
	/볼륨 ["'`]?([a-z0-9][a-z0-9-]*)["'`]?[은는을를]? ?$/i,
];
const generic = /^(?:scratch|cache|tmp|temp|shared)$/i;
const noVolume = /^(?:emptydir|hostpath|memory|volume|a|read|ro|both|it|the|at|mounted|size|up)$/i;

/** The name that a remark gives its volume. @param at where the words for the volume stand */
function volumeName(text: string, at: number, claim: string | undefined): string | undefined {
	const [before, behind] = [text.slice(0, at), text.slice(at)];
	const found = [...behindNames.map(pattern => pattern.exec(behind)), ...beforeNames.map(pattern => pattern.exec(before))].flatMap(match =>
		match === null ? [] : [{name: match[1] ?? '', phrase: match[0]}],
	);
	return found.find(
		({name, phrase}) =>
			name !== claim &&
			!noVolume.test(name) &&
			isObjectName(name) &&
			(!generic.test(name) || /named|called|as |이름|라는|volume /i.test(phrase)),
	)?.name;
}

function pathsIn(text: string): SpokenMount['paths'] {
	return [...text.matchAll(new RegExp(pathLike, 'g'))].map(({0: path, index}) => {
		const behind = text.slice(index + path.length);
		const container =
			/^ ?(?:in|of|for|inside)(?: the)? ["'`]?([a-z][\w-]*)/i.exec(behind)?.[1] ??
			/([a-z][\w-]*)["'`]?(?:에는|에서는|엔|은|는) ?$/i.exec(text.slice(0, index))?.[1] ??
			/\b([a-z][\w-]*) (?:at|mounts(?: it)? (?:at|to)|under) ?$/i.exec(text.slice(0, index))?.[1];
		return {path, container};
	});
}

/** The path of the node, and where it is mounted: the first stands by the words for it. */
function hostPaths(text: string, at: number, length: number): {readonly host: string; readonly mount: string} | undefined {
	const paths = [...text.matchAll(new RegExp(pathLike, 'g'))].map(({0: path, index}) => ({path, index}));
	const [first, second] = paths.toSorted((a, b) => Math.abs(a.index - at - length) - Math.abs(b.index - at - length));
	if (first === undefined) return undefined;
	return {host: first.path, mount: second?.path ?? first.path};
}

const sizeIn = (text: string) => /(?<![\w.])(\d+(?:\.\d+)?(?:[KMGT]i?))B?(?![a-z])/i.exec(text)?.[1];
const inMemory =
	/\btmpfs\b|\b(?:medium:? ?(?:is |of )?["'`]?memory|(?:in|as|from|on) (?:memory|ram)|memory medium|(?:memory|ram)[- ]?(?:backed|disk))|메모리(?:에|로|를)? ?(?:기반|매체|medium|상에|올|쓰|사용|타입)/i;

/** Volumes of an object that has a name of its own. */
type Named = 'claim' | 'configMap' | 'secret';
const takesObject = (sort: Sort): sort is Named => sort === 'claim' || sort === 'configMap' || sort === 'secret';

/** `only the key app.yaml`, `app.yaml 키만`. */
const keyIn = (text: string) =>
	/\bkeys? ["'`]?([\w-]+(?:\.[\w.-]*\w)?|[\w-]+)|["'`]?([\w-]+(?:\.\w+)*)["'`]? ?키/i
		.exec(text)
		?.slice(1)
		.find(group => group !== undefined && !/^(?:of|from|in|the|is|as|only|its)$/i.test(group));

function sourceOf(sort: Named, name: string, key: string | undefined): JsonObject {
	if (sort === 'claim') return {persistentVolumeClaim: {claimName: name}};
	const items = key === undefined ? {} : {items: [{key, path: key}]};
	return sort === 'secret' ? {secret: {secretName: name, ...items}} : {configMap: {name, ...items}};
}

function mountOf(text: string, {sort, at, length, from, to}: Remark): SpokenMount | undefined {
	const part = text.slice(from, to);
	const claim = takesObject(sort) ? claimName(part, at - from, length) : undefined;
	const common = {
		name: volumeName(part, at - from, claim),
		isReadOnly: /\bread-? ?only\b|\breadonly\b|\bro\b|읽기 ?전용/i.test(part),
		subPath: /\bsub-? ?path:? ?["'`]?([\w./-]*\w)|서브 ?패스(?:는|로)? ?["'`]?([\w./-]*\w)/i
			.exec(part)
			?.slice(1)
			.find(group => group !== undefined),
		isShared: sharing.test(part),
	};
	if (sort === 'hostPath') {
		const paths = hostPaths(part, at - from, length);
		if (paths === undefined) return undefined;
		const type = /\b(DirectoryOrCreate|FileOrCreate|Directory|File|Socket)\b/.exec(part)?.[1];
		return {
			...common,
			stem: 'host',
			source: {hostPath: {path: paths.host, ...(type === undefined ? {} : {type})}},
			paths: [{path: paths.mount, container: undefined}],
		};
	}
	const paths = pathsIn(part.replace(/sub-? ?path:? ?\S+/i, ' '));
	if (paths.length === 0 && common.name === undefined) return undefined;
	if (takesObject(sort)) {
		const key = sort === 'claim' ? undefined : keyIn(part);
		if (claim === undefined || paths.length === 0) return undefined;
		const isFile = key !== undefined && paths[0]?.path.split('/').at(-1)?.includes('.') === true;
		return {...common, stem: claim, source: sourceOf(sort, claim, isFile ? undefined : key), paths, ...(isFile ? {subPath: key} : {})};
	}
	const size = sizeIn(part);
	return {
		...common,
		stem: 'scratch',
		source: {emptyDir: {...(inMemory.test(part) ? {medium: 'Memory'} : {}), ...(size === undefined ? {} : {sizeLimit: size})}},
		paths,
	};
}

/** What stands before the words for a volume and belongs to it: a path, or the name of a claim. */
function beginOf(text: string, {sort, at, length, from}: Remark): number {
	const before = text.slice(from, at);
	const path = new RegExp(pathLike).exec(before);
	const claim = takesObject(sort) ? claimName(text.slice(from), at - from, length) : undefined;
	const name = claim === undefined ? -1 : before.lastIndexOf(claim);
	const called = /["'`]?[a-z0-9][a-z0-9-]*["'`]? ?(?:이라는|라는|이란|란) ?(?:이름의 ?)?$/i.exec(before);
	return Math.min(at, path === null ? at : from + path.index, name < 0 ? at : from + name, called === null ? at : from + called.index);
}

/** The volumes of pods that a text tells of, beside ConfigMaps and Secrets, and the text without them. */
export function mountsIn(text: string): {readonly mounts: readonly SpokenMount[]; readonly rest: string} {
	const mounts: SpokenMount[] = [];
	let rest = text;
	for (const remark of remarksIn(text).toReversed()) {
		const mount = mountOf(text, remark);
		if (mount === undefined) continue;
		mounts.unshift(mount);
		rest = `${rest.slice(0, beginOf(text, remark))} ${rest.slice(remark.to)}`;
	}
	return {mounts, rest};
}
