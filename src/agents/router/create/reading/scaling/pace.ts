import type {Clause} from '../../../clause.ts';
import type {PaceWish} from '../../manifests/limits.ts';
import {listParts, type Span, spansOf} from '../limits/marked-text.ts';
import {type Wish, wishOf} from '../wish.ts';

type Way = 'scaleDown' | 'scaleUp';

const ways: readonly (readonly [Way, RegExp])[] = [
	[
		'scaleDown',
		/\bscal(?:e|es|ed|ing)[ -]?(?:back )?(?:down|in)\b|\bscale-?(?:down|in)s?\b|\bdownscal\w*|\bshrink\w*|\bgo(?:es|ing)? (?:back )?down\b|\bon the way down\b|\bdownwards?\b|축소|줄이|줄일|줄여|줄어|줄[을 ]|내릴|내려갈|감소|스케일 ?(?:다운|인)/gi,
	],
	[
		'scaleUp',
		/\bscal(?:e|es|ed|ing)[ -]?(?:up|out)\b|\bscale-?(?:up|out)s?\b|\bupscal\w*|\bgrow\w*|\bgo(?:es|ing)? up\b|\bon the way up\b|\bupwards?\b|확대|확장 ?(?:시|할|은|정책|때)|늘릴|늘어|늘리|올릴|증가|스케일 ?(?:업|아웃)/gi,
	],
];

const waits =
	/\bwindow\b|stabili[sz]|\bwait\w*|\bbefore\b|\bafter\b|\bdelay|\bhold|\bcool-?down|안정화|윈도|대기|기다|지나|있다가|전에|후에?|뒤에?|동안|유지/i;
const never =
	/\bnever\b|\bnot at all\b|\bdisable[sd]?\b|\bno scal|\b(?:must|should|may) not\b|금지|하지 ?(?:마|말|않)|비활성|안 ?(?:함|하게|되게)|막/i;
const paced = /\d|\bwindow\b|\bper\b|\bevery\b|\bpods?\b|퍼센트|안정화|마다|씩/i;
const cuts = /[,;:](?=\s|$)|\.(?=\s|$)|[(){}]|\s[—–-](?=\s)|\s\/(?=\s)|\band (?=(?:when |on )?scal|(?:when )?grow|(?:when )?shrink)/g;
/** What is told of bounds and metrics is nothing of how fast it goes. */
const other =
	/\bnever (?:under|below|over|above|fewer|more|less)\b|\bor (?:over|above)\b|\bat (?:most|least)\b|\bcpu\b|\bmem|\bmin|\bmax|\bbetween\b|\bto \d|메모리|최소|최대 ?\d+개|사용률|~/i;

type Piece = Span & {readonly way: Way; readonly said: string};

/** The parts of a wish that say how fast it may go which way. A part without a way goes on with the one before. */
function piecesOf(text: string): readonly Piece[] {
	const found: Piece[] = [];
	let way: Way | undefined;
	for (const {from, to} of listParts(text, cuts)) {
		const said = text.slice(from, to);
		const own = ways
			.flatMap(([each, words]) => spansOf(words, said).map(span => ({way: each, from: span.from})))
			.toSorted((left, right) => left.from - right.from)[0]?.way;
		way = own ?? (way !== undefined && paced.test(said) && !other.test(said) ? way : undefined);
		if (way !== undefined) found.push({from, to, way, said});
	}
	return found;
}

/** `per minute` as an amount. */
const withAmounts = (said: string, language: Clause['language']): Wish =>
	wishOf(
		said
			.replaceAll(/\b(per|each|every|an?) (second|minute|hour)\b/gi, 'in 1 $2')
			.replaceAll(/(?<!\d)(초|분)당/g, '1$1 마다')
			.replaceAll(/(\d+) ?(초|분)(?:마다|에|당|간격)/g, '$1$2 마다'),
		language,
	);

/** How much at a time, and the index of the word that says so. */
type Step = {readonly type: 'Pods' | 'Percent'; readonly value: number; readonly first: number};

function paceOf(said: string, language: Clause['language']): PaceWish | undefined {
	const {amounts} = withAmounts(said, language);
	const durations = amounts.flatMap(amount => (amount.kind === 'duration' ? [amount] : []));
	const steps = amounts.flatMap((amount): readonly Step[] => {
		if (amount.kind === 'number') return [{type: 'Pods', value: amount.value, first: amount.first}];
		if (amount.kind === 'percent') return [{type: 'Percent', value: amount.value, first: amount.first}];
		return amount.kind === 'factor' ? [{type: 'Percent', value: (amount.value - 1) * 100, first: amount.first}] : [];
	});
	const isNow = /\bimmediate\w*|\bat once\b|\bwithout (?:any )?(?:delay|waiting)\b|즉시|바로|지체 ?없이/i.test(said);
	if (durations.length === 0) return isNow ? {stabilizationWindowSeconds: 0} : never.test(said) ? {selectPolicy: 'Disabled'} : undefined;
	// Each step goes with one duration; one that is left is how long is waited.
	const policies = steps.slice(0, durations.length).flatMap(({type, value, first}, index) => {
		const span = durations.find(duration => duration.first > first) ?? durations[index];
		return span === undefined ? [] : [{type, value, periodSeconds: span.seconds}];
	});
	const isUsed = (seconds: number) => policies.some(({periodSeconds}) => periodSeconds === seconds);
	const left = durations.find(({seconds}) => !isUsed(seconds)) ?? (policies.length === 0 ? durations[0] : undefined);
	return {
		...(policies.length === 0 ? {} : {policies}),
		...(left !== undefined && (policies.length === 0 || waits.test(said)) ? {stabilizationWindowSeconds: left.seconds} : {}),
	};
}

export type Paces = {readonly scaleDown?: PaceWish; readonly scaleUp?: PaceWish; readonly spans: readonly Span[]};

/** `wait 10 minutes (stabilization) before it goes down`: a word in brackets parts nothing. */
const bracketed = /\([^()\d]*\)/g;

/** How fast an autoscaler may go down or up, and where that is told. */
export function pacesIn({text, language}: Wish): Paces {
	const pieces = piecesOf(text.replaceAll(bracketed, said => ` ${said.slice(1, -1)} `));
	const of = (way: Way) => {
		const paces = pieces.flatMap(piece => (piece.way === way ? (paceOf(piece.said, language) ?? []) : []));
		const policies = paces.flatMap(pace => pace.policies ?? []);
		const [whole, ...more] = paces;
		return whole === undefined ? {} : {[way]: Object.assign({}, whole, ...more, policies.length === 0 ? {} : {policies})};
	};
	const spans = pieces.filter(({said}) => paceOf(said, language) !== undefined);
	return {...of('scaleDown'), ...of('scaleUp'), spans};
}
