import {endMatchers} from '../../../series/end-matchers.ts';
import type {FoundSeries} from '../../../series/find-series.ts';
import {requestGrowth} from '../../../series/request-counts.ts';
import type {HistogramSeries, RequestSeries} from '../../../series/request-series.ts';
import {latencyQuery, namesAt, quantiles, type Served} from '../../metrics/request-measures.ts';
import {namespaceVariable, type PanelDraft, type PanelLine, rateInterval} from '../panel.ts';

const section = 'Requests';

/** The rate of the requests that some matchers select each, all of them together: no request is selected twice. */
function rateOf(reading: RequestSeries, served: Served, some: readonly string[]): string {
	const {place} = reading;
	const rates = some.map(more =>
		requestGrowth(
			{...reading, place: {...place, matchers: `${place.matchers}${more}`}},
			{namespace: namespaceVariable, names: namesAt(place, served), growth: 'rate', window: rateInterval},
		),
	);
	return `sum(${rates.join(' or ')})`;
}

function countPanels(reading: RequestSeries, served: Served): readonly PanelDraft[] {
	const needs = `${reading.counter} with a sample in this time`;
	const ends = endMatchers(reading);
	const [total, failed] = [rateOf(reading, served, ends.heard), rateOf(reading, served, ends.failed)];
	const line = (name: string, promql: string): PanelLine => ({name, choices: [{promql, legend: name}], needs});
	return [
		{
			...{name: 'requests', title: 'Requests', section, unit: 'perSecond', thresholds: []},
			about: `Requests that were answered each second, by ${reading.counter}`,
			lines: [line('requests', total)],
		},
		{
			...{name: 'errors', title: 'Errors', section, unit: 'ratio'},
			about: `Part of the requests that failed, by ${reading.codeLabel} of ${reading.counter}`,
			// Where none failed yet, there is no series of failures: that is a ratio of zero. A part of nothing is no number.
			lines: [line('errors', `(${failed} or 0 * ${total}) / (${total} > 0)`)],
			thresholds: [
				{at: 0.01, level: 'warn'},
				{at: 0.05, level: 'bad'},
			],
		},
	];
}

const latencyPanel = (reading: HistogramSeries, served: Served): PanelDraft => ({
	...{name: 'latency', title: 'Latency', section, unit: 'seconds', thresholds: []},
	about: `Time that half, 95 % and 99 % of the answers took at most, by ${reading.series}`,
	lines: quantiles.map(quantile => {
		const name = `p${quantile * 100}`;
		const query = latencyQuery(reading, {...served, namespace: namespaceVariable}, quantile, rateInterval);
		return {
			...{name, needs: `${reading.series} with a sample in this time`},
			choices: [{promql: reading.unit === 1 ? query : `${query} * ${reading.unit}`, legend: name}],
		};
	}),
});

/** How much is asked, how much of it fails, and how long it takes, by the counters that its pods were found to have. */
export const requestPanels = ({requests, histogram}: FoundSeries, served: Served): readonly PanelDraft[] => [
	...(requests === undefined ? [] : countPanels(requests, served)),
	...(histogram === undefined ? [] : [latencyPanel(histogram, served)]),
];
