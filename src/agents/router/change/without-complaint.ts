import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {mayOrder, ordersOutright} from '../words/mood/mood-of.ts';

const joint = /[,;:]\s+(?:so\s+|and\s+|please\s+)*|\s+[-–—]\s+/g;
const doubts = /\?|\b(?:if|when|unless|maybe|not sure|whether|why)\b/i;
const numbers = /\s*\b(?:at|with|under|over|on|of|above|below)?\s*(?<![\w.:/-])\d+(?:\.\d+)?\s?(?:%|[a-z]+)?(?![\w.:/-])/gi;
/**
 * `web keeps dying at 512Mi, let it have 2Gi`: the order behind a complaint, with the complaint left as what it is about; its numbers are no wish.
 * Undefined: no complaint stands before an order.
 */
export function behindComplaint({text, language}: Clause): {readonly clause: Clause; readonly order: string} | undefined {
	if (language === 'ko' || doubts.test(text)) return undefined;
	for (const {0: cut, index} of text.matchAll(joint)) {
		const [complaint, order] = [text.slice(0, index), text.slice(index + cut.length)];
		// `web: tag 1.2`: who it is about complains of nothing.
		if (!ordersOutright(order) || !/\s/.test(complaint.trim())) continue;
		if (mayOrder(complaint)) return undefined;
		return {clause: clauseOf(`${complaint.replace(numbers, '')}, ${order}`), order};
	}
	return undefined;
}
