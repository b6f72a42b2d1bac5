import type {JsonObject} from '../../../../core/json.ts';
import {argumentsOf} from '../reading/command.ts';

const hooks: readonly (readonly [field: 'preStop' | 'postStart', pattern: RegExp])[] = [
	[
		'preStop',
		/\bpre-?stop\b|\bbefore (?:it|the (?:container|pod|process)|they|each pod)?(?:'s| is| are)? ?(?:being )?(?:stop\w*|shut(?:s|ting)? down|terminat\w*|exits?)\b|(?<!\bwait\w*\b[^.;]{0,40})\bbefore (?:it|they|the (?:container|pod|process))(?:'s| is| are| gets?) killed\b|프리 ?스톱|(?:종료|중지|멈추기|내려가기|꺼지기|죽기)(?:하기|되기)? ?(?:직|바로)? ?전(?:에|의)?/i,
	],
	[
		'postStart',
		/\bpost-?start\b|\b(?:right |directly )?after (?:it|the container) (?:starts|has started|is started)\b|포스트 ?스타트|(?:시작|기동)(?:한|된|하고|되고)? ?직?(?:후|뒤)(?:에)?/i,
	],
];

const quoted = /`([^`]+)`|"([^"]+)"|'([^']+)'/;
const sleeps =
	/\bsleep(?:s|ing)?(?: for| of)? (\d+)(?: ?s(?:ec(?:onds?)?)?)?\b|(\d+)초(?: ?동안)? ?(?:대기|sleep|슬립|기다)[가-힣]*|\bwait(?:s|ing)?(?: for)? (\d+) ?s(?:ec(?:onds?)?)?\b/i;
const get = /\b(?:http ?)?get(?: request)?(?: to| on)? ?(?::?(\d+))?(\/[\w./-]*)|(\/[\w./-]+) ?(?:\(?http ?get\)?)/i;
const port = /(?:\bport |포트 ?|:)(\d{2,5})|(\d{2,5})(?: ?port|번(?: ?포트)?)| on (\d{2,5})\b/i;
/** Words that only tell that something runs, and what. */
const around =
	/(?:\b(?:with|and|a|an|the|hook|handler|exec|command|that|which|runs?|running|execut\w+|is|should|lifecycle|sleep)\b[ :]*|(?:훅|후크|라이프사이클|명령(?:어)?|exec|실행)[가-힣]*[ :]*|\(exec\))*$/i;

type Span = {readonly from: number; readonly to: number};

/** The sentence around a place; a comma in it ends it where something else begins. */
function sentenceAround(text: string, at: number): Span {
	const before = text.slice(0, at).search(/[.;\n][^.;\n]*$/);
	const end = text.slice(at).search(/[.;\n](?=\s|$)/);
	return {from: before < 0 ? 0 : before + 1, to: end < 0 ? text.length : at + end};
}

/** What a hook does, the nearest to its word: a command in quotes, a pause, or a request. */
function handlerNear(text: string, span: Span, at: number, length: number): (Span & {readonly handler: JsonObject}) | undefined {
	const behind = {from: at + length, text: text.slice(at + length, span.to)};
	const before = {from: span.from, text: text.slice(span.from, at)};
	for (const {from, text: part} of [behind, before]) {
		const line = quoted.exec(part);
		const pause = sleeps.exec(part);
		const path = get.exec(part);
		const nearest = [line, path, pause].filter(found => found !== null).toSorted((a, b) => a.index - b.index)[0];
		if (nearest === undefined || (part === behind.text && nearest.index > 60)) continue;
		const place = {from: from + nearest.index, to: from + nearest.index + nearest[0].length};
		const said = nearest.slice(1).find(group => group !== undefined) ?? '';
		if (nearest === line) return {...place, handler: {exec: {command: argumentsOf(said)}}};
		if (nearest === pause)
			return {
				...place,
				handler: /\bexec\b|명령|command/i.test(text.slice(span.from, span.to))
					? {exec: {command: ['sleep', said]}}
					: {sleep: {seconds: Number(said)}},
			};
		const rest = part.slice(nearest.index + nearest[0].length, nearest.index + nearest[0].length + 24);
		const [, own, first, other] = path ?? [];
		const number =
			own ??
			port
				.exec(rest)
				?.slice(1)
				.find(group => group !== undefined);
		if (number !== undefined)
			return {
				...place,
				to: place.to + (own === undefined ? (port.exec(rest)?.[0].length ?? 0) + (port.exec(rest)?.index ?? 0) : 0),
				handler: {httpGet: {path: first ?? other ?? '/', port: Number(number)}},
			};
	}
	return undefined;
}

/** What a container is said to do when it starts and before it stops, and the text without that. */
export function lifecycleIn(text: string): {readonly lifecycle: JsonObject | undefined; readonly rest: string} {
	let rest = text;
	const lifecycle: {[hook: string]: JsonObject} = {};
	for (const [field, pattern] of hooks) {
		const found = pattern.exec(rest);
		if (found === null) continue;
		const near = handlerNear(rest, sentenceAround(rest, found.index), found.index, found[0].length);
		if (near === undefined) continue;
		lifecycle[field] = near.handler;
		const from = Math.min(near.from, found.index);
		const to = Math.max(near.to, found.index + found[0].length);
		const before = rest.slice(0, from).replace(around, '');
		const behind = rest
			.slice(to)
			.replace(
				/^ ?(?:hook|handler|훅[가-힣]*|후크[가-힣]*)?(?: ?\(exec\))?(?: ?(?:실행하는|을 실행|실행|달아서|걸어서|추가)[가-힣]*)*/i,
				'',
			);
		rest = `${before} ${behind}`;
	}
	return {lifecycle: Object.keys(lifecycle).length === 0 ? undefined : lifecycle, rest};
}
