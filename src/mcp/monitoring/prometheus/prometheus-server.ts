import type {Wire} from '../http/wire.ts';
import type {Answered, Choice, MetricsServer} from '../port.ts';
import {instantAnswer, matrixAnswer, namesAnswer} from './answers.ts';
import {askingOf, remarksOf, seconds} from './asking.ts';
import {countInRange, countSeries, largestAtEnd, tooManySeries, usualBound} from './bounded.ts';
import {readFlavour} from './flavour.ts';
import {joinedSeries} from './joined-series.ts';
import {encodedLabel} from './label-name.ts';
import {readMetadata} from './metadata.ts';
import {prometheus, sampleOf} from './prometheus.ts';
import {rangePieces} from './range-pieces.ts';
import {readAlerts, readRules} from './rules.ts';
import {readTargets} from './targets.ts';

/** A store that is away is told instead of being an error: Thanos says so in its warnings. */
const partly = {partial_response: 'true'};

/** Everything that Prometheus, Thanos, Mimir and VictoriaMetrics answer over the HTTP API of Prometheus. */
export function prometheusServer(wire: Wire): MetricsServer {
	const ask = askingOf(wire);
	const {source} = wire.server;

	async function names(name: string, choice: Choice = {}): Promise<Answered<readonly string[]>> {
		const about = choice.selectors?.join(' or ') ?? 'everything';
		const answer = await ask({name, parameters: parametersOf(choice), about, what: 'a list of names'}, namesAnswer);
		const all = answer.data ?? [];
		const {limit = all.length} = choice;
		const cut = all.length > limit ? {shown: limit, of: all.length} : answer.warnings?.some(isLimit) ? {shown: all.length} : undefined;
		return {...remarksOf([answer]), value: all.slice(0, limit), cut};
	}

	return {
		...prometheus(wire),
		async instant(promql, {atMs, bound = usualBound} = {}) {
			const isCounted = bound.most < Number.POSITIVE_INFINITY;
			const count = isCounted ? await countSeries(ask, promql, atMs) : undefined;
			if (count !== undefined && count > bound.most && bound.beyond === 'refuse') throw tooManySeries(promql, count, bound.most);
			const time = atMs === undefined ? {} : {time: seconds(atMs)};
			const parameters = {query: promql, ...time, ...partly, ...limitOf(count, bound.most)};
			const answer = await ask({name: 'query', parameters, about: promql, what: 'a vector'}, instantAnswer);
			const {result} = answer.data;
			// The first question may have been answered by less than the second.
			if (result.length > bound.most && bound.beyond === 'refuse') throw tooManySeries(promql, result.length, bound.most);
			const value = result.slice(0, bound.most).map(element => sampleOf(element, source, promql));
			return {...remarksOf([answer]), value, cut: cutOf(value.length, count ?? result.length)};
		},
		async range(promql, range, bound = usualBound) {
			// One that cannot be answered at all is told before anything is asked.
			rangePieces(range);
			const count = await countInRange(ask, promql, range);
			const isMore = count !== undefined && count > bound.most;
			if (isMore && bound.beyond === 'refuse') throw tooManySeries(promql, count, bound.most);
			const query = isMore ? largestAtEnd(promql, bound.most, range) : promql;
			const joined = joinedSeries();
			const answers = [];
			let found = 0;
			for (const {fromMs, toMs} of rangePieces(range, Math.min(count ?? 1, bound.most))) {
				const times = {start: seconds(fromMs), end: seconds(toMs), step: seconds(range.stepMs)};
				const parameters = {query, ...times, ...partly, ...limitOf(count, bound.most)};
				const answer = await ask({name: 'query_range', parameters, about: promql, what: 'a matrix'}, matrixAnswer);
				found = joined.add(answer.data.result);
				if (found > bound.most && bound.beyond === 'refuse') throw tooManySeries(promql, found, bound.most);
				answers.push({warnings: answer.warnings, infos: answer.infos, isPartial: answer.isPartial});
			}
			const value = joined.series().slice(0, bound.most);
			return {...remarksOf(answers), value, cut: cutOf(value.length, Math.max(count ?? 0, found))};
		},
		labelNames: choice => names('labels', choice),
		labelValues: (name, choice) => names(`label/${encodedLabel(name)}/values`, choice),
		metadata: metric => readMetadata(ask, metric),
		rules: () => readRules(ask),
		alerts: () => readAlerts(ask),
		targets: () => readTargets(ask),
		flavour: () => readFlavour(wire),
	};
}

const isLimit = (warning: string) => /truncated due to limit/.test(warning);

const cutOf = (shown: number, of: number) => (of > shown ? {shown, of} : undefined);

/** Prometheus knows `limit` since 2.55; others answer everything, which is cut here. */
const limitOf = (count = Number.POSITIVE_INFINITY, most: number) => (count <= most ? {} : {limit: most});

const parametersOf = ({selectors, fromMs, toMs, limit}: Choice) => ({
	'match[]': selectors ?? [],
	start: fromMs === undefined ? undefined : seconds(fromMs),
	end: toMs === undefined ? undefined : seconds(toMs),
	limit,
	...partly,
});
