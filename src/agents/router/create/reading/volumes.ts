import {isPath} from '../../words/values.ts';
import type {ClaimWish} from '../manifests/workloads.ts';
import {isNameWord} from './naming.ts';
import {plainAt, segmentEnd, segmentStart, type Wish} from './wish.ts';

export type SpokenVolume = ClaimWish & {readonly path: string | undefined; readonly name: string | undefined};

const storageWord =
	/^(?:storage|volumes?|disks?|disc|pvcs?|claims?|persistent|mounted|mount|ssd|hdd|볼륨(?:은|을|으로|이)?|스토리지(?:는|를)?|디스크(?:는|를)?|저장소?(?:는|를)?|용량(?:은|을)?|마운트(?:해|하고)?)$/;
const memoryWord = /^(?:memory|mem|ram|cpus?)$|^(?:메모리|램)/;

type Amount = Wish['amounts'][number] & {readonly kind: 'quantity'};

/** Amounts of bytes that are spoken of as storage, not as memory. */
function sizesIn(wish: Wish, classes: readonly string[]): readonly Amount[] {
	return wish.amounts.filter((amount): amount is Amount => {
		if (amount.kind !== 'quantity' || amount.measures !== 'bytes') return false;
		const [start, end] = [segmentStart(wish, amount.first), segmentEnd(wish, amount.last)];
		const around = Array.from({length: end - start}, (_, index) => start + index);
		if ([amount.first - 1, amount.last + 1, amount.last + 2].some(at => memoryWord.test(plainAt(wish, at)))) return false;
		return around.some(
			at => storageWord.test(plainAt(wish, at)) || isPath(wish.words[at] ?? {raw: ''}) || classes.includes(wish.words[at]?.raw ?? ''),
		);
	});
}

/** The class of storage that stands in a range: one that the cluster has, or one that is called a class. */
export function classIn(wish: Wish, from: number, to: number, classes: readonly string[]): string | undefined {
	const range = wish.words.slice(from, to);
	const known = range.find(({raw}) => classes.includes(raw))?.raw;
	const stated = range.findIndex((_, index) =>
		/^(?:class|storageclass|storage-class|스토리지클래스(?:는|은|로)?|클래스(?:는|로)?)$/.test(plainAt(wish, from + index)),
	);
	const isEnd = (index: number) => range[index]?.stop !== undefined;
	const behind =
		stated < 0 ? [] : [...(isEnd(stated) ? [] : [range[stated + 1], ...(isEnd(stated + 1) ? [] : [range[stated + 2]])]), range[stated - 1]];
	return (
		known ??
		behind.find(
			word =>
				word !== undefined &&
				/^[a-z0-9][a-z0-9.-]*$/.test(word.raw) &&
				!/^(?:is|the|of|default|storage|name|named|called|block|with)$/.test(word.raw),
		)?.raw
	);
}

/** The short forms first: whatever else is told, they are exact. */
const shortModes: readonly (readonly [string, RegExp])[] = [
	['ReadWriteOncePod', /\b(?:ReadWriteOncePod|RWOP)\b/i],
	['ReadWriteMany', /\b(?:ReadWriteMany|RWX|read[- ]write[- ]many)\b/i],
	['ReadOnlyMany', /\b(?:ReadOnlyMany|ROX|read[- ]only[- ]many)\b/i],
	['ReadWriteOnce', /\b(?:ReadWriteOnce|RWO|read[- ]write[- ]once)\b/i],
];

const many = '(?:many|several|multiple|all|any|more than one|various) (?:nodes|pods|machines|readers|clients)';

/** How a volume is taken, in words. */
const toldModes: readonly (readonly [string, RegExp])[] = [
	[
		'ReadWriteOncePod',
		/\b(?:only|just|exactly|at most) (?:one|a single|1) pod\b|\b(?:one|a single) pod (?:only|alone|at a time)\b|by (?:one|a single) pod\b|(?:파드 (?:하나|한 ?개)|(?:한|1) ?(?:개의 ?)?파드|단일 파드)(?:에서)?만/i,
	],
	[
		'ReadOnlyMany',
		new RegExp(
			`read[- ]?only\\b.{0,30}\\b${many}|\\bread[- ]?only (?:for|by) (?:many|all|everyone|several)\\b|\\b${many}\\b.{0,40}\\b(?:(?:only|just) (?:for )?read|(?:for )?reading (?:only|alone)|(?:never|none|no one|nobody) writ)|\\b${many}\\b.{0,20}\\b(?:only read|read[- ]?only|(?:may|can) read(?!.{0,20}\\b(?:and|or) write))|여러 ?(?:노드|파드).{0,20}읽기(?: ?(?:전용|만))|읽기 ?(?:전용|만).{0,20}여러`,
			'i',
		),
	],
	[
		'ReadWriteMany',
		new RegExp(
			`(?:read[- ]?write|writ\\w+|mount\\w*|shared?|used?).{0,40}\\b${many}|\\b${many}\\b.{0,30}\\bwrite|\\b(?:shared|by many)\\b|여러 ?(?:노드|파드).{0,20}(?:쓰|쓸|읽기|사용|마운트)|공유|동시에`,
			'i',
		),
	],
	['ReadWriteOnce', /\b(?:only|just) (?:one|a single) node\b|(?:한|1|단일) ?(?:개의 ?)?노드(?:에서)?만/i],
];

/** How a volume is to be taken, as far as it is said: in the short forms, else in words. */
export function spokenModes(text: string): readonly string[] {
	const short = shortModes.filter(([, pattern]) => pattern.test(text)).map(([mode]) => mode);
	if (short.length > 0) return short;
	const told = toldModes.find(([, pattern]) => pattern.test(text))?.[0];
	return told === undefined ? [] : [told];
}

function accessModesIn(text: string): readonly string[] {
	const said = spokenModes(text);
	return said.length === 0 ? ['ReadWriteOnce'] : said;
}

const verbs =
	/^(?:comes?|goes|go|sits?|lives?|lies|stays?|belongs?|holds?|gets?|takes?|needs?|has|have|will|should|shall|must|may|can|was|were|come|mounted)$/;
const volumeWord = /^(?:volumes?|claims?|templates?|pvcs?|볼륨(?:은|을|이)?|클레임(?:은|을)?|템플릿(?:은|을)?)$/;

/** `a claim template called chunks`, `volume data`, `볼륨 이름은 data`: what each pod's volume is called, in a range of words. */
function nameIn(wish: Wish, from: number, to: number): string | undefined {
	for (let at = from; at < to; at += 1) {
		if (!volumeWord.test(plainAt(wish, at)) || wish.words[at]?.stop !== undefined) continue;
		let next = at + 1;
		const isStated = /^(?:named|called|name|이름은?|이름이)$/.test(plainAt(wish, next));
		while (/^(?:named|called|name|is|template|이름은?|이름이)$/.test(plainAt(wish, next))) next += 1;
		if (next < to && isNameWord(wish, next) && !verbs.test(plainAt(wish, next)) && (isStated || volumeWord.test(plainAt(wish, next - 1))))
			return wish.words[next]?.raw;
	}
	return undefined;
}

/** The volumes that each pod of a workload gets, with where they are mounted. */
export function volumesIn(
	wish: Wish,
	classes: readonly string[],
): {readonly volumes: readonly SpokenVolume[]; readonly isInside: (at: number) => boolean} {
	const sizes = sizesIn(wish, classes);
	const volumes = sizes.map((size, index) => {
		const isClassed = (one: Amount | undefined) => one !== undefined && classes.includes(wish.words[one.first - 1]?.raw ?? '');
		const following = sizes[index + 1];
		const next = following === undefined ? wish.words.length : isClassed(following) ? following.first - 1 : following.first;
		const earlier = sizes[index - 1];
		const start = segmentStart(wish, size.first);
		const from = earlier === undefined || start > earlier.last ? start : isClassed(size) ? size.first - 1 : size.first;
		const paths = wish.words.slice(size.first, next).filter(word => isPath(word));
		const before = wish.words
			.slice(from, size.first)
			.filter(word => isPath(word))
			.at(-1);
		return {
			name: nameIn(wish, from, next),
			size: size.quantity,
			path: (before ?? paths[0])?.raw,
			className: classIn(wish, size.first, next, classes) ?? classIn(wish, from, next, classes),
			modes: accessModesIn(
				wish.words
					.slice(from, next)
					.map(({raw}) => raw)
					.join(' '),
			),
		};
	});
	return {volumes, isInside: at => sizes.some(({first, last}) => at >= first && at <= last)};
}
