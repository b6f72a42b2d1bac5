import {MkcoaError} from '../../../core/error.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {ReadingOf} from './choosing/chosen-metric.ts';
import {selectorOf} from './choosing/find-series.ts';
import type {Side} from './placeholders.ts';
import {podPattern} from './pod-pattern.ts';
import {endLabels, requestEnd} from './reading/request-end.ts';

/** Over this time a workload's traffic is that of now. */
const window = '5m';

/** Requests a minute, and the part of them that fails, 0 to 1. */
export type RequestsNow = {readonly perMinute: number; readonly badPart: number};

/**
 * The traffic of one version now.
 * @returns undefined where the server does not answer, or has no two scrapes yet
 */
export async function requestsNow(
	metrics: Metrics,
	reading: ReadingOf<'requests'>,
	{namespace, side}: {readonly namespace: string; readonly side: Side},
): Promise<RequestsNow | undefined> {
	const {place, counter} = reading;
	const ends = endLabels(reading);
	const names = place.by === 'pod' ? side.pods : side.service === undefined ? [] : [side.service];
	const rates = `rate(${selectorOf(counter, place, namespace, podPattern(names))}[${window}])`;
	// Several jobs may scrape one pod, and each counts all of its requests; gateways are several, and each counts its own.
	const each = `sum by (${place.keyLabel}, job, instance, ${ends.join(', ')}) (${rates})`;
	const query = `sum by (${ends.join(', ')}) (${place.by === 'pod' ? `avg by (${[place.keyLabel, ...ends].join(', ')}) (${each})` : each})`;
	try {
		const samples = (await metrics.query(query)).filter(({value}) => Number.isFinite(value));
		if (samples.length === 0) return undefined;
		const end = requestEnd(reading);
		const ended = samples.map(({labels, value}) => ({end: end(ends.map(label => labels[label] ?? '')), value}));
		const perMinute = (some: typeof ended) => some.reduce((sum, {value}) => sum + value * 60, 0);
		const total = perMinute(ended.filter(each => each.end !== 'nobodys'));
		return {perMinute: total, badPart: total === 0 ? 0 : perMinute(ended.filter(each => each.end === 'failed')) / total};
	} catch (error) {
		if (error instanceof MkcoaError) return undefined;
		throw error;
	}
}
