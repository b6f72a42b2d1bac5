import {beginsWithVerb} from '../../words/mood/imperatives.ts';
import {numberOf} from '../../words/number-words.ts';
import {states} from './measures.ts';

/** How a value that stands now is compared with the one that is said. `is`: a state, such as cordoned. */
type Comparison = 'less' | 'more' | 'least' | 'most' | 'same' | 'other' | 'is' | 'isnt';

export type Condition = {
	/** Words of what it is about: what was looked at before, and what stands before the comparison. */
	readonly subject: string;
	readonly comparison: Comparison;
	readonly value: string;
	readonly order: string;
};

const look =
	/^(?:please\s+)?(?:check|look (?:at|up)|have a look at|take a look at|see|verify|inspect|find out)\s+(?:whether\s+|if\s+)?(.+?)\s*(?:[;:.,]|\s-|\band\b)\s*(?:and\s+)?(?=(?:if|in case|should)\b)/is;
const leading = /^(?:but\s+|and\s+|then\s+|only\s+)*(?:if|in case|provided(?: that)?|assuming(?: that)?|as long as)\s+(.+)$/is;
const trailing =
	/^(.+?),?\s+(?:but\s+)?(?:only\s+)?(?:if|in case|provided(?: that)?|as long as)\s+(?!possible|you\b|needed|necessary|so\b|not\b)([^,;]+)$/is;

const compared: readonly (readonly [Comparison, string])[] = [
	['least', 'at least|not (?:less|fewer|lower|smaller) than|no (?:less|fewer) than'],
	['most', 'at most|not (?:more|higher|larger|bigger|greater) than|no more than'],
	['less', '(?:fewer|less|lower|smaller) than|under|below|short of'],
	['more', '(?:more|higher|greater|larger|bigger) than|over|above|beyond'],
];
const value = String.raw`(?<value>[\w.:/-]*\w)(?:\s+(?:replicas?|pods?|instances?|of (?:them|it)))?`;
const be = String.raw`(?:\s+|(?<=\w)'s\s+)?\b(?:is|are|has|have|runs?|stands at|sits at|is running|'s)?`;
const still = String.raw`(?:\s+(?:still|currently|already|only|now|set|running|at|on|to|version))*`;
const comparisons = compared.map(
	([comparison, words]) => [comparison, new RegExp(`^(?<subject>.*?)${be}${still}\\s*\\b(?:${words})\\s+${value}$`, 'is')] as const,
);
const equal = new RegExp(
	`^(?<subject>.+?)(?:\\s+(?:is|are|has|have|runs?|uses?)|'s)(?<not>\\s+not|n't|\\s+no longer)?${still}\\s+${value}$`,
	'is',
);
const inState =
	/^(?<subject>.+?)(?:\s+(?:is|are)|'s)(?<not>\s+not|n't|\s+no longer)?(?:\s+(?:still|currently|already|now))*\s+(?<value>\w+)$/i;

/** The condition that stands before an order, or behind it. Undefined: there is none that can be compared. */
export function conditionIn(text: string, language: 'en' | 'ko'): Condition | undefined {
	if (language === 'ko') return inKorean(text);
	const looked = look.exec(text);
	const rest = looked === null ? text : text.slice(looked[0].length);
	const ahead = leading.exec(rest.replace(/^(?:and\s+)?if so,?\s+/i, `if ${looked?.[1] ?? ''}, `));
	const cuts = ahead === null ? [] : cutsOf(ahead[1] ?? '');
	const [, order = '', behind = ''] = ahead === null ? (trailing.exec(rest.replace(/[.!]+$/, '')) ?? []) : [];
	for (const [said, deed] of ahead === null ? [[behind, order] as const] : cuts) {
		const found = compare(said);
		if (found !== undefined) return {...found, subject: `${looked?.[1] ?? ''} ${found.subject}`.trim(), order: deed.trim()};
	}
	return undefined;
}

/** Where the order may begin: behind a comma or "then", else at a verb. */
function cutsOf(text: string): readonly (readonly [string, string])[] {
	const places = [...text.matchAll(/,\s*(?:then\s+)?|\s+then\s+|\s+(?=[a-z]+\s+(?:it|them)\b)/gi)];
	return places.flatMap(({0: joint, index}) => {
		const order = text.slice(index + joint.length);
		return joint.trim() !== '' || beginsWithVerb(order.toLowerCase()) ? [[text.slice(0, index), order] as const] : [];
	});
}

function compare(text: string): Omit<Condition, 'order'> | undefined {
	for (const [comparison, pattern] of comparisons) {
		const groups = pattern.exec(text)?.groups;
		if (groups?.value !== undefined) return {subject: groups.subject ?? '', comparison, value: plain(groups.value)};
	}
	const state = inState.exec(text)?.groups;
	if (state?.value !== undefined && states.some(({words}) => words.test(state.value ?? '')))
		return {subject: state.subject ?? '', comparison: state.not === undefined ? 'is' : 'isnt', value: state.value};
	const same = equal.exec(text)?.groups;
	if (same?.value === undefined || !/\d/.test(plain(same.value))) return undefined;
	return {subject: same.subject ?? '', comparison: same.not === undefined ? 'same' : 'other', value: plain(same.value)};
}

const plain = (said: string) => String(numberOf(said.toLowerCase()) ?? said);

const koreanComparisons: readonly (readonly [Comparison, RegExp])[] = [
	['less', /(?:보다\s*(?:적|작|낮)(?:으)?면|미만(?:이)?면|미만(?:일|인)\s?경우)/],
	['most', /이하(?:이)?면/],
	['more', /(?:보다\s*(?:많|크|높)(?:으)?면|초과(?:이)?면)/],
	['least', /이상(?:이)?면/],
	['other', /(?:이|가)?\s?아니(?:면|라면)/],
	['same', /(?:이라면|라면|이면|면|인\s?경우|일\s?경우)/],
];
const koreanLook = /(?:확인|체크|점검)(?:해|하고)?\s?(?:보고|봐서|본\s?다음|해서|후에?|하고)?\s*|(?:^|\s)보고\s+|(?:만약|만일|혹시)에?\s+/g;
const elseLeave = /[,.]?\s*(?:아니면|아니라면|그렇지\s?않으면)\s+[^.]*(?:놔|두|둬|그대로|말)[^.]*$/;

function inKorean(said: string): Condition | undefined {
	const text = said.replace(elseLeave, '').replace(koreanLook, ' ').trim();
	for (const [comparison, words] of koreanComparisons) {
		const found = new RegExp(
			`^(?<subject>.*?)(?<value>\\d[\\w.]*?)\\s*(?:개|대)?\\s*(?:버전)?${words.source}[,\\s]+(?<order>.+)$`,
			's',
		).exec(text)?.groups;
		if (found?.value !== undefined && found.order !== undefined)
			return {subject: found.subject ?? '', comparison, value: found.value, order: found.order};
	}
	const state = /^(?<subject>.*?)\s(?<value>\S+(?:\s?상태)?(?:돼|되어|된\s?채)?(?:\s?있)?)(?:으)?(?:이)?면[,\s]+(?<order>.+)$/s.exec(
		text,
	)?.groups;
	return state?.value === undefined || state.order === undefined || !states.some(({words}) => words.test(state.value ?? ''))
		? undefined
		: {subject: state.subject ?? '', comparison: 'is', value: state.value, order: state.order};
}
