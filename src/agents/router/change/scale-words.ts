import {factorIn, isLess} from './factor-words.ts';

/** Replicas to have, so many more or fewer, or a multiple of what there is. */
export type ReplicaChange = {readonly to: number} | {readonly by: number} | {readonly times: number};

/** A whole number that is no part of a name, a version or a share. */
const whole = String.raw`(?<![\w.:/-])(\d+)(?![\w.:/-]*\w|%| ?percent| ?x\b| ?times)`;
const hangul = String.raw`(?<![\w.:/-])(\d+)`;
const pods = `(?:replicas?|pods?|instances?|copies|copy|nodes?|workers?)`;

type Row = readonly [pattern: RegExp, kind: 'to' | 'more' | 'turn'];

/** `turn`: more or fewer, as the verb says. First match wins. */
const rows: readonly Row[] = [
	[new RegExp(`\\bby ${whole}`), 'turn'],
	[new RegExp(`${whole} (?:more|extra|additional|further|fewer|less)\\b`), 'turn'],
	[new RegExp(`\\b(?:another|extra|additional) ${whole}`), 'turn'],
	[new RegExp(`\\badd(?:ing)? ${whole}`), 'more'],
	[new RegExp(`\\b(?:remove|drop|take(?: away)?|kill) ${whole} (?:of )?(?:the |its )?${pods}`), 'turn'],
	[new RegExp(`${hangul}(?:개|대)?씩 ?(?:더|추가|늘|줄|빼)`), 'turn'],
	[new RegExp(`${hangul}(?:개|대)?씩`), 'to'],
	[new RegExp(`${hangul}(?:개|대)?(?:를|을|만)? ?(?:더|추가|만큼)`), 'turn'],
	[
		new RegExp(
			`(?:${pods}|레플리카|복제본|파드|포드|인스턴스)(?:를|을|은|는|의)? ?(?:더 )?${hangul}(?:개|대)(?:를|을|만)? (?:늘|줄|추가|증가|감소|빼|제거|내려|내리)`,
		),
		'turn',
	],
	[new RegExp(`(?<!로 )${hangul}(?:개|대)(?:를|을|만)? (?:늘|줄|추가|증가|감소|빼|제거|내려|내리)`), 'turn'],
	[new RegExp(`(?:\\bto|\\bat|=|:|\\bexactly) ?${whole}`), 'to'],
	[new RegExp(`${whole} (?:[a-z]+ )?${pods}\\b`), 'to'],
	[new RegExp(`\\b${pods} ?(?:of |is |are |should be |= ?)?${whole}`), 'to'],
	[
		new RegExp(
			`\\b(?:make|keep|want|need|needs|run|runs|have|has|be|it|set|scale|with|give)(?: (?:it|them|up|down|only|just|a total of))* ${whole}`,
		),
		'to',
	],
	[new RegExp(`${hangul}(?:개|대)?(?:로|까지|으로)`), 'to'],
	[new RegExp(`${hangul}(?:개|대)`), 'to'],
];

const another = new RegExp(`\\b(?:another|an? (?:extra|additional)|one more) ${pods}`);

const ordinals = ['second', 'third', 'fourth', 'fifth'];
/** `give it a second pod`. */
const nth = new RegExp(`\\ba (${ordinals.join('|')}) ${pods}`);

/**
 * What becomes of the replicas.
 * @param text plain text of a clause, see `plainText`
 */
export function replicaChange(text: string): ReplicaChange | undefined {
	for (const [pattern, kind] of rows) {
		const found = pattern.exec(text)?.[1];
		if (found === undefined) continue;
		const count = Number(found);
		if (kind === 'to') return {to: count};
		return {by: kind === 'turn' && isFewer(text) ? -count : count};
	}
	if (another.test(text)) return {by: 1};
	const ordinal = ordinals.indexOf(nth.exec(text)?.[1] ?? '');
	if (ordinal !== -1) return {to: ordinal + 2};
	const times = factorIn(text);
	return times === undefined ? undefined : {times};
}

const isFewer = (text: string) => isLess(text) || /\b(?:remove|take|kill)\b|빼|제거/.test(text);

/** Replicas after the change: a share of pods is rounded up, so that less never becomes none by rounding. Undefined below zero. */
export function replicasAfter(before: number, change: ReplicaChange): number | undefined {
	if ('to' in change) return change.to;
	const after = 'by' in change ? before + change.by : Math.ceil(Math.round(before * change.times * 1e6) / 1e6);
	return after < 0 ? undefined : after;
}
