import {clauseOf} from '../../words/clauses-of.ts';
import {moodOf} from '../../words/mood/mood-of.ts';
import {hasOrder} from '../../words/order-verbs.ts';
import type {Segment} from './segments.ts';

const bare = /^(?:the\s+|both\s+|also\s+)*[\w.-]+(?:\s+[\w.-]+)?$/i;
const determined = /^(?:the|its|their|both|our)\s/i;
const isBare = ({text}: Segment) =>
	bare.test(text.trim()) && (determined.test(text) || (moodOf(text) !== 'order' && !hasOrder(clauseOf(text).words)));
const isTied = ({joint}: Segment) => /^(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+)$/i.test(joint);
const endsOnValue = /(?:\d\S*|=\S+)$/;

const singular =
	/^\s+(?:(?:just|also|still|simply)\s+)*(?:is|isn't|was|wasn't|stays|remains|survives|persists|lives|keeps|gets|does|doesn't)\b/i;
const several =
	/^\s+(?:(?:just|also|still|simply|all|both)\s+)*(?:are|aren't|were|weren't|stay|remain|survive|persist|live|keep|get|do|don't)\b/i;

/**
 * Names that stand alone before or behind what is spared and belong to the same list: `a, b and c stay`, `skip a, b and c`. `unclear`: they may as well
 * be ordered (`restart a, b and c must not change`).
 */
export function listAround(segments: readonly Segment[], at: number, said: string, goesOn: boolean): readonly Segment[] | 'unclear' {
	const own = segments[at];
	if (own === undefined) return [];
	if (goesOn) {
		const behind = segments.slice(at + 1);
		const end = behind.findIndex(one => !isTied(one) || !isBare(one));
		return end === -1 ? behind : behind.slice(0, end);
	}
	const isKorean = /[가-힣]/.test(own.text);
	if (!isTied(own) || (!isKorean && !/\b(?:and|or|nor)\b/i.test(own.joint))) return [];
	const list: Segment[] = [];
	for (let index = at - 1; index >= 0; index -= 1) {
		const one = segments[index];
		if (one === undefined || !isBare(one)) break;
		list.push(one);
		if (!isTied(one)) return list;
	}
	const before = segments[at - 1 - list.length];
	const how = own.text.slice(own.text.indexOf(said) + said.length);
	if (list.length === 0 || before === undefined || isKorean || several.test(how) || endsOnValue.test(before.text.trim())) return list;
	return singular.test(how) ? [] : 'unclear';
}
