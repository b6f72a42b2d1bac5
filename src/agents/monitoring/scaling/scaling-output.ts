import * as z from 'zod';
import type {Json} from '../../../core/json.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {measuredText} from '../../../core/text/measured-text.ts';
import {textLines} from '../../../core/text/styled.ts';
import type {View} from '../../../core/tool.ts';

const look = z.object({
	replicas: z.number(),
	ready: z.number(),
	/** Why the autoscaler does nothing, in its own words. */
	stuck: z.string().optional(),
	requestsPerSecond: z.number().optional(),
	errorRatio: z.number().optional(),
	/** Of 95 of 100 requests, in seconds. */
	latency: z.number().optional(),
});

/** What came of a change of scaling. */
export const scalingSchema = z.object({
	workload: z.string(),
	autoscaler: z.string(),
	minReplicas: z.number(),
	maxReplicas: z.number(),
	targetPercent: z.number(),
	/** `not-settled`: nothing hurts, and not all pods are ready. `theirs`: somebody else changed it meanwhile. */
	result: z.enum(['kept', 'not-settled', 'hurts', 'theirs']),
	why: z.string().optional(),
	watchedSeconds: z.number(),
	/** Of the time before the change, and of the last look. */
	before: look,
	after: look,
	/** What was not looked at while it was watched. */
	notWatched: z.array(z.string()),
});
export type ToldScaling = z.output<typeof scalingSchema>;

/** As an outcome that failed carries it: without what is absent. */
export const scalingJson = (told: ToldScaling): Json => JSON.parse(JSON.stringify(told));

function lookText({replicas, ready, stuck, requestsPerSecond, errorRatio, latency}: ToldScaling['before']): string {
	const parts = [
		`${ready} of ${count(replicas, 'pod')} ready`,
		...(stuck === undefined ? [] : [`the autoscaler waits (${stuck})`]),
		...(requestsPerSecond === undefined ? [] : [`${measuredText(requestsPerSecond, 'perSecond')} requests`]),
		...(errorRatio === undefined ? [] : [`${measuredText(errorRatio, 'ratio')} errors`]),
		...(latency === undefined ? [] : [`p95 ${measuredText(latency, 'seconds')}`]),
	];
	return parts.join(', ');
}

/** What came of it as a person reads it. */
export function scalingText(told: ToldScaling, view: View): string {
	const {workload, autoscaler, minReplicas, maxReplicas, targetPercent, result, watchedSeconds, before, after, notWatched} = told;
	const sign = result === 'kept' ? '✓' : '✗';
	const target = measuredText(targetPercent, 'number');
	return [
		...textLines(
			`${sign} `,
			`${autoscaler} keeps ${workload} between ${minReplicas} and ${count(maxReplicas, 'pod')} at ${target} % of CPU; watched for ${age(watchedSeconds * 1000)}`,
			view,
		),
		...textLines('  Before: ', lookText(before), view),
		...textLines('  Now:    ', lookText(after), view),
		...notWatched.flatMap(text => textLines('  Not watched: ', text, view)),
	].join('\n');
}
