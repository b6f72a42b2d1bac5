import type {Metrics} from '../../mcp/monitoring/port.ts';
import {selectorOf} from './find-series.ts';
import {podPattern} from './pod-pattern.ts';
import {endLabels, requestEnd} from './request-end.ts';
import type {RequestSeries} from './request-series.ts';

export type Asked = {
	readonly namespace: string;
	/** Pods, or the Service by which gateways count. */
	readonly names: readonly string[];
	/** `rate` or `increase`, and the time that it looks back. */
	readonly growth: 'rate' | 'increase';
	readonly window: string;
};

/** What requests grew by in a time, by how they ended. */
export function requestGrowth(reading: RequestSeries, {namespace, names, growth, window}: Asked): string {
	const {place, counter} = reading;
	const ends = endLabels(reading);
	const grown = `${growth}(${selectorOf(counter, place, namespace, podPattern(names))}[${window}])`;
	// Several jobs may scrape one pod, and each counts all of its requests; gateways are several, and each counts its own.
	const each = `sum by (${place.keyLabel}, job, instance, ${ends.join(', ')}) (${grown})`;
	return `sum by (${ends.join(', ')}) (${place.by === 'pod' ? `avg by (${[place.keyLabel, ...ends].join(', ')}) (${each})` : each})`;
}

type Ended = {readonly labels: {readonly [name: string]: string}; readonly value: number};

/** Adds up what requests grew by: all that say something of the one who answered, and those that failed. */
export function countsOf(reading: RequestSeries, rows: readonly Ended[]): {readonly total: number; readonly bad: number} {
	const [ends, end] = [endLabels(reading), requestEnd(reading)];
	const ended = rows.map(({labels, value}) => ({end: end(ends.map(label => labels[label] ?? '')), value}));
	const sum = (some: typeof ended) => some.reduce((all, {value}) => all + value, 0);
	return {total: sum(ended.filter(each => each.end !== 'nobodys')), bad: sum(ended.filter(each => each.end === 'failed'))};
}

/**
 * The requests of a time.
 * @returns undefined where the server has no two scrapes of them
 */
export async function requestCounts(metrics: Metrics, reading: RequestSeries, asked: Asked) {
	const samples = (await metrics.query(requestGrowth(reading, asked))).filter(({value}) => Number.isFinite(value));
	return samples.length === 0 ? undefined : countsOf(reading, samples);
}
