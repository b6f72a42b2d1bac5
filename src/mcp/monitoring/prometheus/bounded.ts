import {MkcoaError} from '../../../core/error.ts';
import type {Range, SeriesBound} from '../port.ts';
import {instantAnswer} from './answers.ts';
import type {Ask} from './asking.ts';
import {seconds} from './asking.ts';

/** More lines than a chart can show, and few enough to hold with a month of points. */
export const usualBound: SeriesBound = {most: 500, beyond: 'refuse'};

/**
 * How many series an expression has at a moment, which the server counts; undefined for one that cannot be counted, such as a number.
 * That it is no expression at all is told by the question itself.
 */
export async function countSeries(ask: Ask, promql: string, atMs: number | undefined): Promise<number | undefined> {
	const query = `count(${promql}\n)`;
	const parameters = {query, ...(atMs === undefined ? {} : {time: seconds(atMs)}), partial_response: 'true'};
	try {
		const {data} = await ask({name: 'query', parameters, about: query, what: 'a count'}, instantAnswer);
		const [first] = data.result;
		if (first === undefined) return 0;
		return 'value' in first ? first.value[1] : undefined;
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'bad-query') return undefined;
		throw error;
	}
}

/** The larger number of both ends of a range: pods come and go between. */
export async function countInRange(ask: Ask, promql: string, {fromMs, toMs}: Range): Promise<number | undefined> {
	const counts = await Promise.all([countSeries(ask, promql, toMs), countSeries(ask, promql, fromMs)]);
	const known = counts.filter(count => count !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

/**
 * The part of an expression that is largest at the end of a range, as many series as asked for: whichever are answered is not left to chance.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#modifier
 */
export const largestAtEnd = (promql: string, most: number, {toMs, stepMs}: Range) => {
	const step = `${Math.max(1, Math.round(stepMs))}ms`;
	return `(${promql}\n) and topk(${most}, last_over_time((${promql}\n)[${step}:${step}] @ ${seconds(toMs)}))`;
};

/** More series than anybody reads. */
export const tooManySeries = (promql: string, count: number, most: number) =>
	new MkcoaError({
		kind: 'usage',
		code: 'too-many-series',
		what: `The query has ${count} series, more than ${most}`,
		why: `the query was ${promql}`,
		next: 'Add series up, as with sum by (namespace) (…); choose by labels, as with {namespace="…"}; or take the largest with topk(20, …)',
	});
