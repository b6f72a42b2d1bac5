import * as z from 'zod';
import {histogramSeries, requestSeries} from '../../../series/request-series.ts';

const query = z.object({
	kind: z.literal('query'),
	/** With placeholders such as `{{pods}}`. */
	promql: z.string(),
});

const ratio = z.object({
	kind: z.literal('ratio'),
	/** Counters by pod, with placeholders: those that the metric is about, and all of them. */
	bad: z.string(),
	total: z.string(),
});

const saturation = z.object({kind: z.literal('saturation'), from: z.enum(['metrics-api', 'containers'])});

/**
 * How the numbers of a metric are read. Plain data: it lies in the plan and in the record of a rollout, so that every look and
 * every machine reads the same.
 */
const reading = z.discriminatedUnion('kind', [requestSeries, histogramSeries, query, ratio, saturation]);

/** A metric by which canary and stable version are compared, and where its numbers come from. */
export const chosenMetric = z.object({
	metric: z.object({
		name: z.string(),
		kind: z.enum(['counts', 'latency', 'gauge']),
		worse: z.enum(['higher', 'lower']),
		tolerance: z.number(),
		quantile: z.number().exactOptional(),
	}),
	reading,
	/**
	 * Nobody asked for it by name, and it takes much traffic: where requests are too few for it, the others decide and it is told that this one did
	 * not.
	 */
	needsTraffic: z.boolean().exactOptional(),
	/** What is asked, for people: PromQL, or a path of the API server. Names of pods are placeholders, so that a plan outlives them. */
	query: z.string(),
	/** Who answers, for people. */
	source: z.string(),
});

export type ChosenMetric = z.output<typeof chosenMetric>;
export type Reading = ChosenMetric['reading'];
export type ReadingOf<Kind extends Reading['kind']> = Extract<Reading, {kind: Kind}>;
