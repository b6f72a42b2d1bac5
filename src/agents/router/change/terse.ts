import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {moodOf, ordersOutright} from '../words/mood/mood-of.ts';
import {isNearly} from '../words/nearly.ts';
import {numberOf} from '../words/number-words.ts';
import {spokenNearly} from '../words/spoken.ts';
import type {Asking} from './asking.ts';

const bounds = /\b(?:not|no|if|when|until|till|unless|except|but|stays?|remains?|keep|leave|instead|others?|rest)\b|n't\b/i;

/** What somebody will not do bounds nothing of what is ordered. */
const own = /^(?:we|i|they|nobody|it)\s+(?:won't|didn't|couldn't|can't|haven't|hasn't|isn't|wasn't)\b/i;

/** `…, the sale is over`, `…, it is 9:30 and traffic peaks at 10`: why it is wanted, beside the order. Whatever bounds the order is no remark. */
export function withoutRemark(clause: Clause): Clause {
	const parts = clause.text.split(clause.language === 'ko' ? /(?<=[.!])\s+|,\s+/ : /(?:,|\s[-–—])\s+(?:so\s+)?/);
	const kept = parts.filter(part => (bounds.test(part) && !own.test(part)) || moodOf(part) !== 'told' || ordersOutright(part));
	return kept.length === 0 || kept.length === parts.length ? clause : clauseOf(kept.join(', '));
}

const grammar =
	/^(?:the|a|an|to|by|in|on|onto|at|of|for|from|it|its|it's|is|be|has|have|there|them|all|both|if|than|just|only|now|again|back|should|please|can|could|you|we|i|would|like|let|let's|get|go|up|down|and|then|also|instead|tonight|today|afterwards|first|times|percent|as|with|another|half|none|nothing|nil|third|quarter|fourth|fifth|tenth|please|ones|colou?rs|sides|variants|tracks|flavou?rs|ok|okay|hey|hi|hello|cheers|asap|now|->|지금|현재|지금의|까지|좀|더|다시|바로|약|이제|만|씩|되|하|주|있|싶|부탁|됩니다)$|^\d|^[a-z]+-[a-z]+$|%$|^x\d+$|^[+-]\d+$|^each$|^apiece$|^off$|^(?:블루|그린|카나리)$|^(?:prod|production|staging|stage|운영|프로덕션|스테이징)$/;

/**
 * Whether a clause says nothing but what it is about and a value: `web to 5`, `web: v1.2`. Nothing else may be spoken of; `set the history limit of web to
 * 5` is about the limit.
 * @param verbs words of the order that is looked for, which may stand beside it
 */
export async function isTerse({clause: whole, world}: Asking, targets: readonly KubeObject[], verbs: string): Promise<boolean> {
	const clause = withoutRemark(whole);
	const names = [...(await world.namespaces()), ...targets.flatMap(({metadata}) => [metadata.name, ...metadata.name.split('-')])];
	const kinds = kindsIn(clause);
	return clause.words.every(
		(word, at) =>
			grammar.test(word.text) ||
			numberOf(word.text) !== undefined ||
			names.some(name => name === word.text || isNearly(word.text, name)) ||
			spokenNearly({words: [word]}, verbs) ||
			kinds.some(({first, last}) => at >= first && at <= last) ||
			/^(?:namespace|ns|네임스페이스)$/.test(word.text),
	);
}
