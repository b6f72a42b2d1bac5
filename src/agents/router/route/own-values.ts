import type {Clause} from '../clause.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import type {Call, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import {numberOf} from '../words/number-words.ts';
import {sentencesOf} from '../words/sentences-of.ts';
import type {World} from '../world.ts';
import {isChanging} from './is-changing.ts';
import {namedKinds} from './ordered.ts';
import {plannedText, type SaidValue, saidValues} from './said-values.ts';

/** What a call does, whatever it does it to. */
const deedOf = ({tool, input: {name: _, namespace: __, workload: ___, node: ____, ...rest}}: Call) => JSON.stringify([tool, rest]);

const shared = /\b(?:both|each|all|every|alike|same|together)\b|둘\s?다|모두|전부|각각|똑같|같은/i;

/**
 * The question that stands instead of a plan that does the same to several objects where a value stands beside each of them: `label web tier=a and cart
 * tier=b`. Undefined: nothing is shared that was not said so.
 */
export async function ownValues(text: string, understood: readonly Understanding[], world: World): Promise<Understanding | undefined> {
	const calls = understood.flatMap(one => (one.kind === 'calls' ? one.calls.filter(isChanging) : []));
	if (calls.length < 2) return undefined;
	const isAlike = new Set(calls.map(deedOf)).size === 1;
	for (const sentence of sentencesOf(text)) {
		const clause = clauseOf(sentence);
		const {mentions} = await mentionsIn(clause, world, namedKinds);
		const values = [...saidValues(clause), ...goalsIn(clause)].toSorted((one, other) => one.at - other.at);
		const said = new Set(
			values.map(({at, to}) =>
				clause.words
					.slice(at, to + 1)
					.map(({raw}) => raw)
					.join(' '),
			),
		);
		if (
			shared.test(sentence) ||
			said.size < 2 ||
			!(alternate(mentions, values) || (isAlike && ![...said].some(each => each.includes('=')) && isPairwise(mentions, values)))
		)
			continue;
		const texts = calls.map(call => plannedText([call]));
		const isLost = goalsIn(clause).some(({isIn}) => !texts.some(isIn));
		if (!isAlike && !isLost && !texts.every(planned => values.every(({isIn}) => isIn(planned)))) continue;
		const names = [...new Set(mentions.map(({name}) => name))].join(', ');
		return {
			kind: 'question',
			text:
				clause.language === 'ko'
					? `어느 값이 어느 대상의 것인지 확실하지 않습니다(${names}). 하나씩 나누어 말씀해 주세요.`
					: `I am not sure which value belongs to which (${names}). Please say it one by one.`,
			choices: [],
		};
	}
	return undefined;
}

/** No word of a value: `to become 2`, `to half`. */
const noGoal =
	/^(?:the|a|an|its?|which|what|this|that|become|have|see|ready|available|able|sure|safe|half|double|none|nothing|all|both|each|every|their|our|it|them)$/;

/** Words that things are to become, behind `to` or `be` or with the particle of a goal; times of day; and variables. */
function goalsIn({words, text}: Clause): readonly SaidValue[] {
	return words.flatMap(({raw, text: word, quoted}, at) => {
		const isTime = /^\d{1,2}시|^\d{1,2}:\d{2}$/.test(raw);
		const isWord =
			/^[A-Za-z][A-Za-z_-]*$/.test(raw) &&
			numberOf(word) === undefined &&
			!noGoal.test(word) &&
			!(/ed$/.test(word) && words[at - 1]?.text === 'be') &&
			!isImperative(word);
		const isGoal = /^(?:to|be)$/.test(words[at - 1]?.text ?? '') || new RegExp(`${RegExp.escape(raw)}(?:으로|로)(?![가-힣])`).test(text);
		if (quoted || !(isTime || (isWord && (isGoal || /^[A-Z][A-Z0-9_]{3,}$/.test(raw))))) return [];
		return [{at, to: at, isIn: (planned: string) => isTime || planned.includes(raw)}];
	});
}

/** `a and b get 1Gi and 2Gi`: as many names as values that only differ. */
const isPairwise = (mentions: readonly Mention[], values: readonly SaidValue[]): boolean =>
	new Set(mentions.map(({name}) => name)).size === values.length &&
	values.every(({at}, index) => index === 0 || at - (values[index - 1]?.to ?? at) < 4);

/** `a 1 b 2`, `1 a, 2 b`: each name has a value of its own. */
function alternate(mentions: readonly Mention[], values: readonly {readonly at: number}[]): boolean {
	const marks = [...mentions.map(({first}) => ({at: first, mark: 'name'})), ...values.map(({at}) => ({at, mark: 'value'}))]
		.toSorted((one, other) => one.at - other.at)
		.map(({mark}) => mark);
	return marks.filter((mark, at) => mark !== marks[at - 1]).length > 3;
}
