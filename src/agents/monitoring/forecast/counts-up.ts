import {everyPart, selectorsIn} from '../../../analysis/alert-rules/promql/expression.ts';
import {PromqlError, parsePromql} from '../../../analysis/alert-rules/promql/parse-promql.ts';

/**
 * A counter that a query asks for as it is, and not for its rate; undefined where there is none.
 * @see https://prometheus.io/docs/practices/naming/ for the endings of counters
 */
export function countsUp(query: string): string | undefined {
	try {
		const read = parsePromql(query);
		const inWindows = new Set([...everyPart(read)].flatMap(part => (part.kind === 'range' ? selectorsIn(part) : [])));
		return selectorsIn(read).find(selector => /_(total|count|sum|bucket)$/.test(selector.metric ?? '') && !inWindows.has(selector))?.metric;
	} catch (error) {
		if (error instanceof PromqlError) return undefined;
		throw error;
	}
}
