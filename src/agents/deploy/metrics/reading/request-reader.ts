import type {CountsInterval} from '../../../../analysis/canary/metric.ts';
import {endLabels, requestEnd} from '../../../series/request-end.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {countersQuery, type Grown, growthReader} from './counters-at.ts';
import type {PrometheusReader} from './reader.ts';

const countersOf = (reading: ReadingOf<'requests'>) => ({series: reading.counter, place: reading.place, keys: endLabels(reading)});

export const requestQuery = (reading: ReadingOf<'requests'>, namespace: string) => countersQuery(countersOf(reading), namespace);

/** Requests and failed requests of both sides since the look before. */
export function requestReader(reading: ReadingOf<'requests'>, namespace: string): PrometheusReader<CountsInterval> {
	const read = growthReader({...countersOf(reading), ask: (metrics, promql) => metrics.query(promql)}, namespace);
	const end = requestEnd(reading);
	const countsOf = (rows: readonly Grown[]) => {
		const ended = rows.map(({values, grown}) => ({end: end(values), grown}));
		return {total: sum(ended.filter(each => each.end !== 'nobodys')), bad: sum(ended.filter(each => each.end === 'failed'))};
	};
	return async (metrics, sides) => {
		const {spanMs, canary, stable} = await read(metrics, sides);
		return {kind: 'counts', spanMs, canary: countsOf(canary), stable: countsOf(stable)};
	};
}

const sum = (rows: readonly Pick<Grown, 'grown'>[]) => rows.reduce((total, {grown}) => total + grown, 0);
