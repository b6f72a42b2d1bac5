import * as z from 'zod';
import {besideLabels, codeLabels} from './series-names.ts';

/** Which series are whose: `keyLabel` holds the name of a pod, or of the Service that a gateway sends requests to. */
const place = z.object({
	by: z.enum(['pod', 'service']),
	keyLabel: z.string(),
	namespaceLabel: z.string(),
	/** More that a series must have, as PromQL writes it behind other matchers: `,reporter="destination"`. */
	matchers: z.string(),
});

/** The counter of a workload's requests. Plain data: it lies in plans and records, so that all who read it later read the same. */
export const requestSeries = z.object({
	kind: z.literal('requests'),
	place,
	counter: z.string(),
	/** Label that tells failed requests from others. */
	codeLabel: z.enum(codeLabels.map(({label}) => label)),
	/** Label that tells more of them. */
	beside: z.enum(besideLabels.map(({label}) => label)).exactOptional(),
});

/** The histogram of how long they took. */
export const histogramSeries = z.object({
	kind: z.literal('histogram'),
	place,
	/** Name of classic buckets, or of a native histogram. */
	series: z.string(),
	/** Seconds in one unit of the bounds. */
	unit: z.number(),
});

export type Place = z.output<typeof place>;
export type RequestSeries = z.output<typeof requestSeries>;
export type HistogramSeries = z.output<typeof histogramSeries>;
