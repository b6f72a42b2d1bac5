import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {numberOf} from '../../words/number-words.ts';
import {type Measure, namedIn} from './measures.ts';

const english =
	/^(?:please\s+)?(?:go(?:\s+(?:up|down|back))?\s+to|(?:make|set|bring|raise|lower|take|put|move|bump|grow|scale|resize|increase|reduce|change|upgrade|expand|extend|cut)\s+(?:it|them|that)\s+(?:up\s+|down\s+|back\s+)?(?:to)?)\s*(?<=\s)(?<value>[\w.:/-]*\w)\b(?<rest>.*)$/is;
const korean = /^(?:그걸|그것을|그것도)?\s*(?=\d[\w.]*(?:개|대)?(?:으로|로)\s)/;

/** The order with what it points at said whole. A bare value is one of what the condition was about. */
export function orderFor(
	order: string,
	object: KubeObject,
	measure: Pick<Measure, 'order' | 'field'> | undefined,
	language: Clause['language'],
): string {
	const named = namedIn(object, language);
	if (measure !== undefined && language === 'ko' && korean.test(order)) return `${named}${measure.field} ${order.replace(korean, '')}`;
	const {value, rest = ''} = english.exec(order)?.groups ?? {};
	const isValue = value !== undefined && (/\d/.test(value) || numberOf(value.toLowerCase()) !== undefined);
	if (measure !== undefined && isValue) return `${measure.order(named, value)}${rest}`;
	if (order.includes(object.metadata.name)) return order;
	if (language === 'ko') return `${named}을 ${order}`;
	const again = order.replace(/\b(it|them)\b/i, named);
	return again === order ? `${order} for ${named}` : again;
}
