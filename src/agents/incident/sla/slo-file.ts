import * as z from 'zod';
import {nameText} from '../../deploy/inputs.ts';

/** Per cent of requests that are answered well. 100 leaves no budget, and below 50 nobody promises. */
export const objectivePercent = z.number().min(50).lt(100);

const slo = z
	.strictObject({
		/** How it is called; the name of the Service if left out. */
		name: z.string().min(1).max(100).optional(),
		namespace: nameText.max(63).optional(),
		/** Its requests are looked for in Prometheus. */
		service: nameText.optional(),
		objective: objectivePercent,
		/** Days, such as 30d. */
		window: z
			.string()
			.regex(/^[1-9]\d{0,2}d$/, 'a window is a number of days, such as 30d')
			.default('30d'),
		/** PromQL of requests answered well and of all requests, with `$window` where the time stands. */
		good: z.string().max(4000).optional(),
		total: z.string().max(4000).optional(),
	})
	.refine(({good, total}) => (good === undefined) === (total === undefined), 'good and total go together')
	.refine(({service, good}) => (service === undefined) !== (good === undefined), 'name either a service, or good and total')
	.refine(
		({good, total}) => [good, total].every(text => text === undefined || text.includes('$window')),
		'good and total hold [$window] where the time stands',
	)
	.refine(({name, service}) => name !== undefined || service !== undefined, 'an objective of queries has a name');

/** What `slo.yaml` holds. */
export const sloFileSchema = z.strictObject({slos: z.array(slo).max(200).default([])});

/** A promise that somebody gave. */
export type Slo = z.output<typeof slo>;

/** The promises that the person wrote down. */
export type SloPorts = {readonly slos: () => Promise<readonly Slo[]>};
