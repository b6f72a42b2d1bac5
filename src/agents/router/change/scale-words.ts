import {factorIn, isLess} from './factor-words.ts';

/** Replicas to have, so many more or fewer, or a multiple of what there is. */
export type ReplicaChange = {readonly to: number} | {readonly by: number} | {readonly times: number};

/** A whole number that is no part of a name, a version or a share. */
const whole = String.raw`(?<![\w.:/-])(\d+)(?![\w.:/-]*\w|%| ?percent| ?x\b| ?times)`;
const hangul = String.raw`(?<![\w.:/-])(\d+)`;
const pods = `(?:replicas?|pods?|instances?|copies|copy|nodes?|workers?|brokers?|members?|servers?|consumers?|shards?|peers?)`;
const koreanPods = '(?:레플리카|복제본|파드|포드|인스턴스|브로커|워커|서버|노드)';

type Row = readonly [pattern: RegExp, kind: 'to' | 'more' | 'fewer' | 'turn'];

/** `turn`: more or fewer, as the verb says. First match wins. */
const rows: readonly Row[] = [
	[/(?:총|합쳐서?|합계|도합) ?(\d+)(?:개|대)?|\ba total of (\d+)|(\d+) in total\b/, 'to'],
	[/(?<![\w.:/-])\d+(?:개|대)? ?(?:->|→|=>|⇒) ?(\d+)/, 'to'],
	[new RegExp(`${whole} (?:${pods} )?(?:too many|more than (?:needed|necessary))\\b`), 'fewer'],
	[new RegExp(`${whole} (?:${pods} )?(?:over|above|beyond) (?:what|the need|its)`), 'fewer'],
	[new RegExp(`${whole} (?:${pods} )?(?:too few|short|missing|shy)\\b`), 'more'],
	[
		new RegExp(`\\b(?:take|pull|knock|shave|get|cut|drop) ${whole} (?:of (?:the|its|them|those) ?)?(?:${pods} ?)?(?:away|off|out|down)\\b`),
		'fewer',
	],
	[new RegExp(`\\b(?:take|shave|knock|drop|lose|shed) (?:away |off )?${whole}(?: ?$| of (?:the|its|them|those)\\b| ${pods})`), 'fewer'],
	[/(?<!\b(?:to|at|of|is))(?:^|\s)(?:minus|-) ?(\d+)(?=\s|[.,;]|$)/, 'fewer'],
	[new RegExp(`(?:^|\\s)(?:plus|\\+) ?${hangul}(?=\\s|[.,;]|개|$)`), 'more'],
	[new RegExp(`\\bby ${whole}`), 'turn'],
	[new RegExp(`\\b(?:up|increase|more) ${whole}(?:$|[.,;]| ${pods})`), 'more'],
	[new RegExp(`(?<!\\bto )\\bdown ${whole}(?:$|[.,;]| ${pods})`), 'fewer'],
	[new RegExp(`${whole} (?:${pods} )?(?:more|extra|additional|further|fewer|less)\\b`), 'turn'],
	[new RegExp(`\\b(?:another|extra|additional) ${whole}`), 'turn'],
	[new RegExp(`\\badd(?:ing)? ${whole}`), 'more'],
	[
		new RegExp(
			`\\b(?:remove|drop|take(?: away| out)?|kill|stop|retire) ${whole} (?:of )?(?:the |its |our )?(?:\\d+ )?(?:[\\w-]+ )?${pods}`,
		),
		'fewer',
	],
	[new RegExp(`${hangul}(?:개|대)?씩 ?(?:더|추가|늘|줄|빼)`), 'turn'],
	[new RegExp(`${hangul}(?:개|대)?씩`), 'to'],
	[new RegExp(`${hangul}(?:개|대)?(?:가|이)? ?(?:부족|모자라)`), 'more'],
	[new RegExp(`${hangul}(?:개|대)?(?:가|이)? ?(?:남아|많)`), 'fewer'],
	[new RegExp(`${hangul}(?:개|대)?(?:를|을|만)? ?(?:더|추가|만큼)`), 'turn'],
	[
		new RegExp(
			`${koreanPods}(?:를|을|은|는|의)? ?(?:더 )?${hangul}(?:개|대)(?:를|을|만)? (?:늘|줄|추가|증가|감소|빼|뺄|제거|내려|내리|덜)`,
		),
		'turn',
	],
	[new RegExp(`(?<!로 )${hangul}(?:개|대)(?:를|을|만)? ?(?:늘|줄|추가|증가|감소|빼|뺄|제거|내려|내리|덜)`), 'turn'],
	[/\breplicas? ?=+ ?(\d+)/, 'to'],
	[new RegExp(`${koreanPods}(?:를|을|은|는)? ?(?:수(?:는|를)? ?)?(?::|=)? ?(\\d+)(?=$|[,;.!] |[,;.!]$)`), 'to'],
	[new RegExp(`\\bfrom \\d+ to ${whole}`), 'to'],
	[new RegExp(`(?:\\bto|\\bat|=|:|\\bexactly|->|→) ?${whole}`), 'to'],
	[new RegExp(`${whole} (?:[a-z]+ )?${pods}\\b`), 'to'],
	[new RegExp(`\\b${pods} ?(?:of |is |are |should be |= ?|-> ?|→ ?)?${whole}`), 'to'],
	[
		new RegExp(
			`\\b(?:make|keep|want|need|needs|run|runs|have|has|be|it|set|scale|with|give|get|gets|use|uses)(?: (?:it|them|that|those|this|up|down|on|only|just|a total of))* ${whole}`,
		),
		'to',
	],
	[new RegExp(`${hangul}(?:개|대)?(?:로|까지|으로)`), 'to'],
	[new RegExp(`${hangul}(?:개|대)`), 'to'],
	[
		new RegExp(
			`${whole} (?:[a-z-]+ )?(?:is|are|will|would|should)(?: be)? (?:enough|plenty|sufficient|do|suffice|better|fine|right|safer|ideal)\\b`,
		),
		'to',
	],
	[new RegExp(`${whole} should be *$`), 'to'],
	[new RegExp(`^(?:[\\w./()-]+ ){1,4}${whole}$`), 'to'],
];

/** `to another node` is where, and no more of them. */
const another = new RegExp(`(?<!\\b(?:to|on|onto|in|from|at) )\\b(?:another|an? (?:extra|additional)|one more) ${pods}`);
/** `a pod too many`, `a replica short`. */
const aPod = new RegExp(`\\b(?:an?|one) ${pods} (too many|less|fewer|short|too few|more)\\b`);

const added = new RegExp(`\\b(?:add|plus|put up|spin up|bring up) an? ${pods}`);
const taken = new RegExp(`\\b(?:take|remove|drop|pull) an? ${pods} (?:away|off|out|from)`);

/** `back to none`, `no pods for now`. */
const none = new RegExp(
	`\\bto (?:none|nothing|nil)\\b|\\bno (?:[\\w-]+ )?(?:replicas?|pods?|instances?|copies) (?:for now|any ?more|at all|please|until)|\\b(?:run|want|need|keep) no (?:[\\w-]+ )?${pods}`,
);

const ordinals = ['second', 'third', 'fourth', 'fifth'];
/** `give it a second pod`. */
const nth = new RegExp(`\\ba (${ordinals.join('|')}) (?:[\\w-]+ ){0,2}?${pods}`);

/**
 * What becomes of the replicas.
 * @param text plain text of a clause, see `plainText`
 */
export function replicaChange(spoken: string): ReplicaChange | undefined {
	// `하나로는 부족해서요, 세 개로`: what is not enough is no wish.
	const text = spoken
		.replace(/[.!]+$/, '')
		.replace(/\d+(?:개|대)?(?:으로|로)(?:는|만)? ?(?:부족|모자라|불안|위험|안 ?(?:돼|되))[가-힣]*/g, ' ');
	// `3분의 2로`: a share, whose numbers count no pods.
	for (const [pattern, kind] of /\d ?분의/.test(text) ? [] : rows) {
		const found = pattern
			.exec(text)
			?.slice(1)
			.find(group => group !== undefined);
		if (found === undefined) continue;
		const count = Number(found);
		if (kind === 'to') return {to: count};
		return {by: kind === 'fewer' || (kind === 'turn' && isFewer(text)) ? -count : count};
	}
	if (another.test(text)) return {by: 1};
	if (added.test(text)) return {by: 1};
	if (taken.test(text)) return {by: -1};
	const single = aPod.exec(text)?.[1];
	if (single !== undefined) return {by: /many|less|fewer/.test(single) ? -1 : 1};
	const ordinal = ordinals.indexOf(nth.exec(text)?.[1] ?? '');
	if (ordinal !== -1) return {to: ordinal + 2};
	if (none.test(text)) return {to: 0};
	const times = factorIn(text);
	return times === undefined ? undefined : {times};
}

const isFewer = (text: string) => isLess(text) || /\b(?:remove|take|kill)\b|빼|제거/.test(text);

/**
 * What becomes of the replicas, where a number that stands there already is told beside the wish: `3 pods are not enough, make it 6`.
 * @param now replicas of today
 */
export function replicaChangeFrom(spoken: string, now: number): ReplicaChange | undefined {
	const change = replicaChange(spoken);
	if (change === undefined || !('to' in change) || change.to !== now) return change;
	const parts = spoken.split(/(?<=[,;:.!])\s+|\s[-–—]\s|\s+(?=but\b|and (?:want|need|should|we)\b)|(?<=[가-힣](?:데|니|서|라))\s+/);
	const told = new RegExp(`(?<![\\w.])${now}(?![\\w.]*\\d)`);
	const rest = parts.filter(part => !told.test(part)).join(' ');
	const wish = rest === '' || rest === spoken ? undefined : replicaChange(rest);
	return wish !== undefined && ('to' in wish || 'by' in wish) ? wish : change;
}

/** Replicas after the change: a share of pods is rounded up, so that less never becomes none by rounding. Undefined below zero. */
export function replicasAfter(before: number, change: ReplicaChange): number | undefined {
	if ('to' in change) return change.to;
	const after = 'by' in change ? before + change.by : Math.ceil(Math.round(before * change.times * 1e6) / 1e6);
	return after < 0 ? undefined : after;
}
