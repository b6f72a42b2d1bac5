import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {numberAt} from '../../../../core/kube/json-at.ts';
import {probeChange} from '../../change/probes/probe-words.ts';
import type {ProbeChange, ProbeKind} from '../../change/probes/set-probe.ts';
import {clauseOf} from '../../words/clauses-of.ts';

const kinds: readonly (readonly [ProbeKind, string])[] = [
	[
		'readinessProbe',
		String.raw`\breadiness(?:[- ]?(?:probes?|checks?))?|\bready (?:probes?|checks?)|(?:레디니스|준비(?:성|도)?)(?: ?(?:프로브|체크|검사|상태 ?검사|점검))?(?=[ 는은를을로:도,와/]|$)`,
	],
	[
		'livenessProbe',
		String.raw`\bliveness(?:[- ]?(?:probes?|checks?))?|\blive (?:probes?|checks?)|(?:라이브니스|활성(?:성|도)?|생존)(?: ?(?:프로브|체크|검사|상태 ?검사|점검))?(?=[ 는은를을로:도,와/]|$)`,
	],
	['startupProbe', String.raw`\bstart-?up[- ]?(?:probes?|checks?)|(?:스타트업|시작|기동) ?(?:프로브|체크|검사)`],
];
const anchor = new RegExp(kinds.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join('|'), 'gi');
/** The words of a readiness that is no probe: `준비 상태`, `준비해`. */
const looks = /[/:]|\d|`|"|\bget\b|\btcp\b|\bgrpc\b|\bexec\b|\bhttps?\b|\bsame\b|같은|동일/i;

const goesOn =
	/^\s*(?:and )?(?:(?:it |which |that )?(?:starts?|starting|waits?|waiting|begin\w*|first|tried|checked|fails?|failing|gives? up|allow\w*|tolerat\w*|with|at|on)\s+)*(?:\(?(?:every|each|period\w*|interval|after|initial\w*|delay\w*|time-?out\w*|fail\w*|success\w*|threshold\w*|up to \d+ (?:fail|miss|tr)|max(?:imum)? \d+ (?:fail|miss)|\d+ ?(?:s|sec|seconds?)? (?:fail|miss|success|consecutive|delay|timeout|time-out|apart|period|initial|between)|get |http|https|path|port |on port|tcp|grpc|exec|command|host|scheme|header|:\d|\d{4,5}\b|\/\w|주기|간격|초기|첫|타임 ?아웃|실패|성공|지연|대기|경로|포트|\d+ ?초|\d+ ?(?:번|회)|제한|임계)|["'\x60])/i;
const other =
	/\b(?:replicas?|memory|cpu|image|env|volumes?|mount\w*|labels?|service|limits?|requests?|node|tolerat\w+ (?:the )?taint|liveness|readiness|start-?up|command (?!line)|args)\b|레플리카|메모리|이미지|환경|볼륨|라벨|서비스|노드/i;

type Found = {readonly kind: ProbeKind; readonly at: number; readonly length: number};
type Remark = Found & {readonly from: number; readonly to: number};

const anchorsIn = (text: string): readonly Found[] =>
	[...text.matchAll(anchor)].flatMap(match => {
		const kind = kinds.map(([one]) => one).find(one => match.groups?.[one] !== undefined);
		return kind === undefined ? [] : [{kind, at: match.index, length: match[0].length}];
	});

function remarkOf(text: string, found: Found, floor: number, ceiling: number): Remark {
	const {at, length} = found;
	const before = text.slice(floor, at);
	const stop = [...before.matchAll(/[;\n,:]\s*|\.\s+|\b(?:and|with|plus)\s|(?<=[가-힣]고)\s|\s\/\s/gi)].at(-1);
	const start = floor + (stop === undefined ? 0 : stop.index + stop[0].length);
	const ahead = text.slice(start, at);
	const isAhead = /(?:^|\s)\/\w|\bget\b|\btcp\b|\bgrpc\b/i.test(ahead) && !/\w:\d+\.\d|\w\/\w[\w/]*:/.test(ahead);
	return {...found, from: isAhead ? start : at, to: endOf(text, at + length, ceiling)};
}

function endOf(text: string, from: number, ceiling: number): number {
	const stop = /[;,\n]|\.(?=\s|$)|(?<!\b(?:get|path|on|at|http|경로))\s\/(?=\s)|\sand\s|(?<=[가-힣](?:고|며|서))[,\s]/gi;
	stop.lastIndex = from;
	for (let match = stop.exec(text); match !== null && match.index < ceiling; match = stop.exec(text)) {
		const rest = text.slice(match.index + match[0].length, ceiling);
		const part = /^[^;,\n]*?(?=[;,\n]|\.\s|\.$|\sand\s|$)/.exec(rest)?.[0] ?? rest;
		if (match[0] === '.' || match[0] === '\n' ? !/^\s*(?:it |every|fail\w*|time-?out|period)/i.test(part) : !goesOn.test(rest))
			return match.index;
		if (other.test(part)) return match.index;
	}
	return ceiling;
}

function remarksIn(text: string): readonly Remark[] {
	const found = anchorsIn(text).filter(
		({at, length}) =>
			/probe|check|프로브|체크|검사|점검/i.test(text.slice(at, at + length + 10)) ||
			looks.test(text.slice(Math.max(0, at - 24), at + length + 40)),
	);
	return found.map((one, index) =>
		remarkOf(
			text,
			one,
			(found[index - 1]?.at ?? -(found[index - 1]?.length ?? 0)) + (found[index - 1]?.length ?? 0),
			found[index + 1]?.at ?? text.length,
		),
	);
}

/** A number that only a port can be: `GET /ready 8080`. */
const barePort = (text: string) => {
	const digits =
		/(?<![\w./:=-])(\d{2,5})(?![\w.%]|\s?(?:s|secs?|seconds?|초|분|번|회|times|fail\w*|tries|min\w*|consecutive|success\w*)(?![a-z]))/i.exec(
			text,
		)?.[1];
	return digits !== undefined && Number(digits) >= 80 ? Number(digits) : undefined;
};

function probeOf({handler, numbers}: ProbeChange, text: string, fallback: number | undefined): JsonObject | undefined {
	const port = barePort(text) ?? fallback;
	if (handler === undefined) return port === undefined || !/\btcp|\bport\b|포트/i.test(text) ? undefined : {tcpSocket: {port}, ...numbers};
	if (handler.type === 'httpGet' && !('path' in handler.fields)) return {tcpSocket: {port: handler.fields.port ?? port}, ...numbers};
	if (handler.type === 'exec' || 'port' in handler.fields) return {[handler.type]: handler.fields, ...numbers};
	return port === undefined ? undefined : {[handler.type]: {...handler.fields, port}, ...numbers};
}

/** How a probe looks, without its numbers. */
const lookOf = (probe: JsonObject) => Object.fromEntries(Object.entries(probe).filter(([, value]) => isJsonObject(value)));

const portOf = (probe: JsonObject | undefined) =>
	Object.values(probe ?? {})
		.map(look => numberAt(look, 'port'))
		.find(port => port !== undefined);

/** The probes that a text asks for, and the text without them. @param port where nobody says one */
export function probeRemarks(text: string, port: number | undefined): {readonly probes: JsonObject; readonly rest: string} {
	const remarks = remarksIn(text);
	const probes: {[kind: string]: JsonObject} = {};
	const read = remarks.map(remark => {
		const part = text.slice(remark.from, remark.to);
		const change = probeChange(clauseOf(part.replace(text.slice(remark.at, remark.at + remark.length), ' ')));
		return {remark, part, change, probe: probeOf(change, part, port)};
	});
	for (const [index, {remark, probe: own, part, change}] of read.entries()) {
		const isBare = part.replace(/[^\d/`"]/g, '') === '';
		const next = isBare ? read.slice(index + 1).find(one => one.probe !== undefined)?.probe : undefined;
		const [first] = Object.values(probes);
		// `GET /ready on the same port`: only the port is that of the one before.
		const isOwnLook = change.handler !== undefined && change.handler.type !== 'tcpSocket' && 'path' in change.handler.fields;
		const model = !isOwnLook && /\bsame\b|같은|동일/i.test(part) ? first : undefined;
		const probe = own ?? probeOf(change, part, portOf(first));
		const found = (model === undefined ? probe : {...lookOf(model), ...change.numbers}) ?? next;
		if (found !== undefined) probes[remark.kind] = found;
	}
	// `liveness /live and readiness /ready, both on 8080`: the port stands with the last.
	for (const {remark, part, change} of read) {
		const late = probes[remark.kind] === undefined ? probeOf(change, part, portOf(Object.values(probes)[0])) : undefined;
		if (late !== undefined) probes[remark.kind] = late;
	}
	const rest = remarks
		.toReversed()
		.reduce((left, {kind, from, to}) => (probes[kind] === undefined ? left : `${left.slice(0, from)} ${left.slice(to)}`), text);
	return {probes, rest};
}
