import {isJsonObject} from '../../../core/json.ts';
import {unreachable} from '../http/trouble.ts';
import type {Wire} from '../http/wire.ts';
import type {Metrics, Sample} from '../port.ts';
import {type Element, matrixAnswer, seriesAnswer, vectorAnswer} from './answers.ts';
import {askingOf, badQuery, seconds} from './asking.ts';
import {joinedSeries} from './joined-series.ts';
import {asClassic} from './native-buckets.ts';
import {rangePieces} from './range-pieces.ts';

/**
 * A store behind the server that is away must be an error: numbers without it would be wrong ones. Thanos takes the word, VictoriaMetrics marks its
 * answer, and Prometheus itself has no such stores.
 */
const whole = {partial_response: 'false'};

/**
 * Prometheus over its HTTP API.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function prometheus(wire: Wire): Metrics {
	const partly = askingOf(wire);
	const {source} = wire.server;
	const ask: typeof partly = async (question, schema) => {
		const answer = await partly(question, schema);
		if (isPartial(answer))
			throw unreachable(wire.server, {why: 'a part of its storage is away, and numbers without it would be wrong ones'});
		return answer;
	};

	async function instant(promql: string, atMs?: number): Promise<readonly Element[]> {
		const parameters = {query: promql, ...(atMs === undefined ? {} : {time: seconds(atMs)}), ...whole};
		return (await ask({name: 'query', parameters, about: promql, what: 'a vector'}, vectorAnswer)).data.result;
	}

	return {
		source,
		async query(promql, atMs) {
			return (await instant(promql, atMs)).map(element => sampleOf(element, source, promql));
		},
		async histograms(promql) {
			return (await instant(promql)).flatMap(element =>
				'value' in element ? [sampleOf(element, source, promql)] : asClassic(element.metric, ...element.histogram),
			);
		},
		async queryRange(promql, range) {
			const joined = joinedSeries();
			for (const {fromMs, toMs} of rangePieces(range)) {
				const parameters = {query: promql, start: seconds(fromMs), end: seconds(toMs), step: seconds(range.stepMs), ...whole};
				joined.add((await ask({name: 'query_range', parameters, about: promql, what: 'a matrix'}, matrixAnswer)).data.result);
			}
			return joined.series();
		},
		async series(selector, {fromMs, toMs}) {
			const parameters = {'match[]': selector, start: seconds(fromMs), end: seconds(toMs), ...whole};
			return (await ask({name: 'series', parameters, about: selector, what: 'a list of series'}, seriesAnswer)).data;
		},
	};
}

const isPartial = (answer: unknown) => isJsonObject(answer) && answer.isPartial === true;

/** One number of an answer. @throws MkcoaError `bad-query` for a native histogram, which is none */
export function sampleOf(element: Element, source: string, promql: string): Sample {
	if ('value' in element) return {labels: element.metric, value: element.value[1], atMs: element.value[0]};
	throw badQuery(
		source,
		promql,
		'numbers',
	)('it answers native histograms: put histogram_quantile(0.99, …) or histogram_count(…) around it');
}
