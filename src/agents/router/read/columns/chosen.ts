import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {plainWords} from '../../names/plain-words.ts';
import {amountsIn} from '../../words/amounts.ts';
import {isWord, spoken, whereSpoken} from '../../words/spoken.ts';
import type {StateFilter} from '../lack-filters.ts';
import {isDenied} from '../state-filters.ts';
import {ageColumn, columnsOf, isColumnSpoken, resourceColumns} from './asked-columns.ts';
import {type Column, has} from './column.ts';
import {bounds, isWithin} from './comparison.ts';

type Set = {readonly clause: Clause; readonly kinds: readonly string[]; readonly objects: readonly KubeObject[]; readonly nowMs: number};

/** Everything that a clause chooses objects by, other than by their state: values, comparisons, and what they have or lack. */
export const chosenBy = (set: Set): readonly StateFilter[] => [
	...byValues(set),
	...byTruth(set),
	...byLabels(set),
	...bySizes(set),
	...byPresence(set),
];

const names = (objects: readonly KubeObject[]) => new Set(objects.map(({metadata}) => metadata.name.toLowerCase()));

/** `of class block-hdd`, `type NodePort or LoadBalancer`, `not on worker-1`: several values of one column are one or the other. */
function byValues({clause, kinds, objects}: Set): readonly StateFilter[] {
	const own = names(objects);
	return columnsOf(kinds).flatMap(each => {
		if (each.chooses === undefined) return [];
		const seen = new Set(objects.flatMap(object => each.values(object)));
		const values = [...new Set([...Object.keys(each.chooses), ...seen])].flatMap(value => {
			const at = whereValue(clause, value, each.chooses?.[value], kinds);
			return at === -1 || own.has(value.toLowerCase()) ? [] : [{value, at}];
		});
		const denied = values.filter(({at}) => isDenied(clause, at));
		const isNot = denied.length > 0;
		const list = (isNot ? denied : values).map(({value}) => value);
		const missing = list.length === 0 ? missingName(clause, each, seen) : undefined;
		if (list.length === 0 && missing === undefined) return [];
		const holds = (object: KubeObject) => !each.kinds.includes(object.kind) || each.values(object).some(value => list.includes(value));
		const text = missing ?? list;
		return [
			{
				en: `${isNot ? 'not ' : ''}of ${each.en} ${[text].flat().join(' or ')}`,
				ko: `${each.ko} ${[text].flat().join(' 또는 ')}${isNot ? '이(가) 아닌' : '인'}`,
				test: (object: KubeObject) => holds(object) !== isNot,
			},
		];
	});
}

/** `with the priority class gold`, where nothing has that: none fits. */
function missingName(clause: Clause, {refers}: Column, seen: ReadonlySet<string>): string | undefined {
	const mention = refers === undefined ? undefined : kindsIn(clause).find(({kind}) => kind === refers);
	const word = mention === undefined ? undefined : clause.words[mention.last + 1];
	const isLast = mention !== undefined && (word?.stop !== undefined || clause.words[mention.last + 2] === undefined);
	const isName =
		word !== undefined &&
		(word.quoted ||
			/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(word.text) ||
			(isLast && /^[a-z][a-z0-9]+$/.test(word.text) && !plainWords.has(word.text)));
	return isName && !seen.has(word.text) ? word.raw : undefined;
}

/** `classes that allow expansion`, `확장 가능한 클래스`: of columns that are true or false. */
function byTruth({clause, kinds, objects}: Set): readonly StateFilter[] {
	return columnsOf(kinds).flatMap(each => {
		const isTruth =
			objects.some(object => has(each, object)) &&
			objects.every(object => each.values(object).every(value => /^(?:true|false)$/.test(value)));
		if (!isTruth || !isColumnSpoken(clause, each, kinds) || !choosesSome.test(clause.text)) return [];
		const isNot = isDenied(clause, whereSpoken(clause, each.words));
		return [
			{
				en: `${isNot ? 'without' : 'with'} ${each.en}`,
				ko: `${each.ko}${isNot ? '이(가) 안 되는' : '이(가) 되는'}`,
				test: (object: KubeObject) => each.values(object).includes(String(!isNot)),
			},
		];
	});
}
const choosesSome = /\b(?:that|which|whose|only|those|any|can|could|able)\b|(?:되는|하는|가능한|안 되는|불가능한|한)\s/;

function whereValue(clause: Clause, value: string, words: string | undefined, kinds: readonly string[]): number {
	const mentions = kindsIn(clause);
	const isKind = (at: number) =>
		mentions.some(({kind, first, last, name}) => kinds.includes(kind) && name === undefined && at >= first && at <= last);
	const short = value.includes('/') ? value.toLowerCase().split('/').at(-1) : undefined;
	const exact = clause.words.findIndex(({text}, at) => (text === value.toLowerCase() || text === short) && !isKind(at));
	return exact !== -1 || words === undefined ? exact : whereSpoken(clause, words);
}

/** `team risk`, `disktype ssd인`: the value of a label beside its key. `team=risk` is read with the labels. */
function byLabels({clause, objects}: Set): readonly StateFilter[] {
	const {words} = clause;
	const labels = objects.flatMap(({metadata}) => Object.entries(metadata.labels ?? {}));
	const ofNodes = objects.every(({kind}) => kind === 'Node') ? byNodeLabel(clause, objects) : [];
	if (ofNodes.length > 0) return ofNodes;
	const owner = byOwner(clause, labels);
	if (owner !== undefined) return [owner];
	return words.flatMap((word, at) => {
		const next = words[at + 1];
		const behind = isWord(next, 'be') || /^(?:is|=|:|label|라벨)$/.test(next?.text ?? '') ? words[at + 2] : next;
		const found = labels.find(
			([key, value]) => isKey(key, word.text) && [behind, words[at - 1]].some(each => each?.text === value.toLowerCase()),
		);
		if (found === undefined || word.stop !== undefined) return [];
		const [key, value] = found;
		return [{en: `with ${key}=${value}`, ko: `${key}=${value}인`, test: ({metadata}: KubeObject) => metadata.labels?.[key] === value}];
	});
}

/** `owned by web`, `the risk team's`: the label that says whose it is. */
function byOwner({text}: Clause, labels: readonly (readonly [key: string, value: string])[]): StateFilter | undefined {
	const [, by, of] =
		/\b(?:owned|run|kept|maintained) by (?:the )?(?:team |group )?([\w-]+)|\b([\w-]+) team (?:owns?|runs?|keeps?|maintains?)\b/i.exec(
			text,
		) ?? [];
	const owner = (by ?? of)?.toLowerCase();
	const found = labels.find(([key, value]) => /(?:^|\/)(?:team|owner|group)$/.test(key) && value.toLowerCase() === owner);
	if (found === undefined) return undefined;
	const [key, value] = found;
	return {en: `with ${key}=${value}`, ko: `${key}=${value}인`, test: ({metadata}) => metadata.labels?.[key] === value};
}

/** `the hdd nodes`: of a node the value of a label says enough. */
const byNodeLabel = ({words}: Clause, objects: readonly KubeObject[]): readonly StateFilter[] =>
	words.flatMap(({text}, at) => {
		const has = ({metadata}: KubeObject) => Object.entries(metadata.labels ?? {}).some(([, value]) => value.toLowerCase() === text);
		const fitting = objects.filter(has);
		if (fitting.length === 0 || fitting.length === objects.length || fitting.some(({metadata}) => metadata.name === text)) return [];
		const isNot = isDenied({words}, at);
		return [
			{
				en: `${isNot ? 'not ' : ''}labelled ${text}`,
				ko: `${text} 라벨이 ${isNot ? '없는' : '있는'}`,
				test: (object: KubeObject) => has(object) !== isNot,
			},
		];
	});

const isKey = (key: string, text: string) => key.toLowerCase() === text || (key.split('/').at(-1) ?? '').toLowerCase() === text;

/** `larger than 25Gi`, `with at least three replicas`, `older than a day`, `레플리카가 1개인`. */
function bySizes({clause, kinds, objects, nowMs}: Set): readonly StateFilter[] {
	const sized = [...columnsOf(kinds).filter(({size}) => size !== undefined), ageColumn(nowMs)];
	return bounds(clause).flatMap(bound => {
		const fitting = sized.filter(({size}) => size?.unit === bound.unit);
		const asked = fitting.filter(
			each => isColumnSpoken(clause, each, bound.unit === 'count' ? [] : kinds) || resourceColumns(clause).includes(each),
		);
		const [chosen] = asked.length > 0 ? asked : fitting.length === 1 || bound.unit === 'seconds' ? fitting.slice(-1) : [];
		if (chosen === undefined || objects.length === 0) return [];
		return [
			{
				en: `with ${chosen.en} ${bound.en}`,
				ko: `${chosen.ko} ${bound.ko}`,
				test: (object: KubeObject) => {
					const size = chosen.size?.of(object);
					return size !== undefined && isWithin(size, bound);
				},
			},
		];
	});
}

const lacking = /^(?:without|lack|lacks|lacking|no|missing|misses|not|don't|doesn't|haven't|hasn't|isn't|never|none|neither)$/;
const lackingBehind = /^(?:없|안|않|빠지|빠진|누락|미설정|못)/;
const having = /^(?:with|has|have|having|use|uses|using|set|sets|defines?|declares?|carr(?:y|ies)|asks?|mounts?)$/;
const havingBehind = /^(?:있는|있|쓰|사용|걸|설정|달|붙|가진)/;
/** `which of them have a …`: what is told of each otherwise. */
const chooses = 'which any only those that whose who are_there 만 있는 것 곳 어떤 어느 뭐';

/** `without a time zone`, `that have a node selector`, `pull secret 쓰는`, `라벨 legacy가 있는`. */
function byPresence({clause, kinds, objects}: Set): readonly StateFilter[] {
	const optional = columnsOf(kinds).filter(each => objects.some(object => has(each, object)) && objects.some(object => !has(each, object)));
	// `not ClusterIP` is a value, and no column that is missing.
	const isValue = (at: number) =>
		columnsOf(kinds).some(({chooses: values}) => Object.keys(values ?? {}).some(value => value.toLowerCase() === clause.words[at]?.text));
	const spots = optional.flatMap(each => {
		const at =
			isColumnSpoken(clause, each, kinds) && !each.en.includes('request') && !each.en.includes('limit')
				? whereSpoken(clause, each.words)
				: -1;
		return at === -1 || isValue(at) ? [] : [{each, lacks: isLacking(clause, at), has: isHaving(clause, at)}];
	});
	return spots.flatMap(({each, lacks, has: isWanted}): readonly StateFilter[] => {
		const ofKind = (object: KubeObject) => each.kinds.includes(object.kind);
		if (lacks) return [{en: `without ${each.en}`, ko: `${each.ko}이(가) 없는`, test: object => ofKind(object) && !has(each, object)}];
		return isWanted ? [{en: `with ${each.en}`, ko: `${each.ko}이(가) 있는`, test: object => ofKind(object) && has(each, object)}] : [];
	});
}

const around = ({words}: Clause, at: number, from: number, to: number) =>
	words.slice(Math.max(0, at + from), at + to + 1).map(({text}) => text);

function isLacking(clause: Clause, at: number): boolean {
	return clause.language === 'ko'
		? around(clause, at, 1, 3).some(text => lackingBehind.test(text))
		: around(clause, at, -4, -1).some(text => lacking.test(text));
}

function isHaving(clause: Clause, at: number): boolean {
	if (clause.language === 'ko') return around(clause, at, 1, 2).some(text => havingBehind.test(text)) && !spoken(clause, '여부');
	const before = around(clause, at, -3, -1);
	const isOwnedBy = before.some(text => /^(?:their|its|the|each)$/.test(text));
	return spoken(clause, chooses) && !isOwnedBy && before.some(text => having.test(text)) && amountsIn(clause).length === 0;
}
