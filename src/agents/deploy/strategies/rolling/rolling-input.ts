import * as z from 'zod';
import {chosenMetric} from '../../metrics/choosing/chosen-metric.ts';
import {outlineSchema} from '../../staged/outline.ts';

/** What a rolling update is resolved to. `interval` is empty where nothing is judged. */
export const rollingInput = z.object({
	kind: z.string(),
	name: z.string(),
	namespace: z.string(),
	version: z.string(),
	interval: z.string(),
	chosen: z.array(chosenMetric).readonly(),
	byPods: z.array(z.string()).readonly(),
	outline: outlineSchema,
});
export type RollingInput = z.output<typeof rollingInput>;
