import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Clause} from '../../clause.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {spoken, whereSpoken} from '../../words/spoken.ts';
import {pairsIn} from '../../words/values.ts';
import {type Column, column, has} from './column.ts';
import {kindColumns} from './of-kinds.ts';
import {podColumns} from './of-pods.ts';

const all: readonly Column[] = [...podColumns, ...kindColumns];

const cpuWords = 'cpu core 씨피유 코어';
const memoryWords = 'memory ram mem 메모리 램';
const requestWords = 'request reserve ask asks 요청 리퀘스트 예약';
const limitWords = 'limit cap 제한 리밋 한도 상한';
const resources = new Map(
	['cpu_request', 'memory_request', 'cpu_limit', 'memory_limit'].map(words => [words, all.find(each => each.words === words)]),
);

/** Columns of what containers ask for and may use, by the words for the resource and for the bound. */
export function resourceColumns(clause: Clause): readonly Column[] {
	const [cpu, memory] = [spoken(clause, cpuWords), spoken(clause, memoryWords)];
	const [request, limit] = [spoken(clause, requestWords), spoken(clause, limitWords)];
	const isAny = cpu || memory || request || limit || spoken(clause, 'resource resources 리소스 자원');
	return [...resources].flatMap(([words, found]) => {
		const isOfResource = words.startsWith('cpu') ? cpu || !memory : memory || !cpu;
		const isOfBound = words.endsWith('request') ? request || !limit : limit || !request;
		return isAny && isOfResource && isOfBound && found !== undefined ? [found] : [];
	});
}

/** The columns that objects of these kinds have. */
export const columnsOf = (kinds: readonly string[]): readonly Column[] => all.filter(each => each.kinds.some(kind => kinds.includes(kind)));

/** Whether the words for a column are said, other than as the kind of what is asked for. */
export function isColumnSpoken(clause: Clause, {words}: Pick<Column, 'words'>, kinds: readonly string[]): boolean {
	const own = kindsIn(clause).filter(({kind, name}) => kinds.includes(kind) && name === undefined);
	const isOwn = (at: number) => own.some(({first, last}) => at >= first && at <= last);
	for (let at = whereSpoken(clause, words); at !== -1; at = whereSpoken(clause, words, at + 1)) if (!isOwn(at)) return true;
	return false;
}

const labelWords = 'label labels 라벨 레이블';
const ownerWords = 'own owner owns owned ownership responsible team 소유 소유자 담당 담당팀 팀 오너';

/** Keys of labels that a clause names, in full or by their last part. */
function labelKeys(clause: Clause, objects: readonly KubeObject[]): readonly string[] {
	const keys = new Set(objects.flatMap(({metadata}) => Object.keys(metadata.labels ?? {})));
	const said = new Set(clause.words.map(({text}) => text));
	const named = [...keys].filter(key => said.has(key.toLowerCase()) || said.has((key.split('/').at(-1) ?? '').toLowerCase()));
	const owners = spoken(clause, ownerWords) ? [...keys].filter(key => /^(?:.*\/)?(?:team|owner|squad|maintainer)$/.test(key)) : [];
	return [...new Set([...named, ...owners])];
}

/** `labelled team=web` tells which ones, not what is asked of them. */
const saysLabels = (clause: Clause) => pairsIn(clause).length > 0 || /\blabell?ed\b/i.test(clause.text);

const labelColumn = (key: string) =>
	column([], key, key, ({metadata}) => {
		const value = metadata.labels?.[key];
		return value === undefined ? [] : [value];
	});

const pairs = (map: object | undefined) => Object.entries(map ?? {}).map(([key, value]) => `${key}=${String(value)}`);

const wordsForAge =
	'age old older oldest new newer newest young youngest created creation since 나이 오래 오래된 생성 만들어진 최근 언제부터';

/** What every object has. */
function commonColumns(clause: Clause, objects: readonly KubeObject[], nowMs: number): readonly Column[] {
	const keys = labelKeys(clause, objects);
	return [
		...keys.map(labelColumn),
		...(keys.length === 0 && spoken(clause, labelWords) && !saysLabels(clause)
			? [column([], 'labels|라벨', labelWords, ({metadata}) => pairs(metadata.labels))]
			: []),
		...(spoken(clause, 'annotation annotations 어노테이션 애노테이션 주석')
			? [column([], 'annotations|어노테이션', 'annotation', ({metadata}) => pairs(metadata.annotations).filter(pair => pair.length < 200))]
			: []),
		...(spoken(clause, wordsForAge) ? [ageColumn(nowMs)] : []),
	];
}

const ageSeconds =
	(nowMs: number) =>
	({metadata}: KubeObject) => {
		const made = Date.parse(String(metadata.creationTimestamp ?? ''));
		return Number.isNaN(made) ? undefined : (nowMs - made) / 1000;
	};

export const ageColumn = (nowMs: number): Column =>
	column(
		[],
		'age|나이',
		wordsForAge,
		object => {
			const seconds = ageSeconds(nowMs)(object);
			return seconds === undefined ? [] : [`${age(seconds * 1000)} (${String(object.metadata.creationTimestamp)})`];
		},
		{size: {of: ageSeconds(nowMs), unit: 'seconds'}},
	);

/** What a clause wants told of the objects. */
export function columnsAsked(clause: Clause, kinds: readonly string[], objects: readonly KubeObject[], nowMs: number): readonly Column[] {
	const own = columnsOf(kinds).filter(each => !resources.has(each.words) && isColumnSpoken(clause, each, kinds));
	const runsPods = columnsOf(kinds).some(({words}) => resources.has(words));
	const found = [...own, ...(runsPods ? resourceColumns(clause) : []), ...commonColumns(clause, objects, nowMs)];
	// `probes` is all of them, where none is named.
	return found.filter(({en}) => en !== 'probes' || !found.some(each => each.en.endsWith(' probe')));
}

/** `type NodePort; ports 80→3000`; a column that is not set is told as well. */
export const columnsText = (columns: readonly Column[], object: KubeObject, language: Clause['language']): string =>
	columns
		.filter(({kinds}) => kinds.length === 0 || kinds.includes(object.kind))
		.map(each => `${each[language]} ${has(each, object) ? each.values(object).join(', ') : language === 'ko' ? '없음' : 'none'}`)
		.join('; ');
