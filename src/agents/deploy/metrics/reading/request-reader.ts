import type {CountsInterval} from '../../../../analysis/canary/metric.ts';
import type {ReadingOf} from '../choosing/chosen-metric.ts';
import {countersQuery, type Grown, growthReader, valuesIn} from './counters-at.ts';
import {endLabels, failureTest} from './failed-requests.ts';
import type {PrometheusReader} from './reader.ts';

const countersOf = (reading: ReadingOf<'requests'>) => ({series: reading.counter, place: reading.place, keys: endLabels(reading)});

export const requestQuery = (reading: ReadingOf<'requests'>, namespace: string) => countersQuery(countersOf(reading), namespace);

/** Requests and failed requests of both sides since the look before. */
export function requestReader(reading: ReadingOf<'requests'>, namespace: string): PrometheusReader<CountsInterval> {
	const read = growthReader({...countersOf(reading), ask: (metrics, promql) => metrics.query(promql)}, namespace);
	const isFailed = failureTest(reading);
	const countsOf = (rows: readonly Grown[]) => ({
		total: sum(rows),
		bad: sum(rows.filter(({key}) => isFailed(valuesIn(key)))),
	});
	return async (metrics, sides) => {
		const {spanMs, canary, stable} = await read(metrics, sides);
		return {kind: 'counts', spanMs, canary: countsOf(canary), stable: countsOf(stable)};
	};
}

const sum = (rows: readonly Grown[]) => rows.reduce((total, {grown}) => total + grown, 0);
