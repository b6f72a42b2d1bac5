import type {JsonObject} from '../../../../core/json.ts';
import {secondsIn} from '../../words/units.ts';
import type {Nested} from './nested.ts';

const ways = {
	scaleUp: /\bscal\w+[ -]?(?:up|out)\b|\bgrow\w*|\bscaleup\b|\badd(?:s|ing)?\b|늘[리려릴어]|확장|스케일 ?(?:업|아웃)|증가|추가/i,
	scaleDown: /\bscal\w+[ -]?(?:back )?(?:down|in)\b|\bshrink\w*|\bscaledown\b|\bremov\w*|줄[이어여일]|축소|스케일 ?(?:다운|인)|감소/i,
} as const;

const step = String.raw`(\d+|one|two|three|four|five|a|an) ?(%|percent|퍼센트|프로|pods?|replicas?|개|대|파드)`;
const every = String.raw`(?:(\d+|a|one|two|five|ten)?\s*(s|sec\w*|seconds?|m|mins?|minutes?|분|초)\b)`;
const english = new RegExp(String.raw`${step}[^.;,]{0,20}?\b(?:per|every|each|in|within|a)\s+${every}`, 'i');
const korean = /(\d+)?\s*(분|초)(?:에|마다|당|간격으로|동안)\s*(?:최대\s*|한 번에\s*)?(?:파드\s*)?(\d+)\s*(개|대|%|퍼센트|프로)/i;
const numbers: {readonly [word: string]: number} = {a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, ten: 10};

const numberOf = (text: string | undefined) => (text === undefined ? 1 : (numbers[text.toLowerCase()] ?? Number(text)));
const policy = (value: string | undefined, unit: string, period: string | undefined, span: string): JsonObject => ({
	type: /^(?:%|percent|퍼센트|프로)$/i.test(unit) ? 'Percent' : 'Pods',
	value: numberOf(value),
	periodSeconds: numberOf(period) * (secondsIn(span.toLowerCase()) ?? (/^(?:m|분)/i.test(span) ? 60 : 1)),
});

function policyIn(text: string): JsonObject | undefined {
	const [, value, unit, period, span] = english.exec(text) ?? [];
	if (unit !== undefined && span !== undefined) return policy(value, unit, period, span);
	const [, time, measure, much, kind] = korean.exec(text) ?? [];
	return measure === undefined || kind === undefined ? undefined : policy(much, kind, time, measure);
}

const both = (text: string) => ways.scaleUp.test(text) && ways.scaleDown.test(text);

const policiesOf = (way: keyof typeof ways): Nested => ({
	kinds: ['HorizontalPodAutoscaler'],
	place: 'object',
	path: ['spec', 'behavior', way, 'policies'],
	read: ({text}) => {
		const parts = both(text) ? text.split(/[,;.]\s+|\band\b|고 /) : [text];
		const found = parts
			.filter(part => ways[way].test(part))
			.map(policyIn)
			.find(one => one !== undefined);
		return found === undefined ? undefined : [found];
	},
});

/** `add at most 4 pods per minute`, `5분마다 파드 1개씩 줄이게`. */
export const scalingPolicies: readonly Nested[] = [policiesOf('scaleUp'), policiesOf('scaleDown')];
