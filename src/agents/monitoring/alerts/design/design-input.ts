import * as z from 'zod';
import {checkedText} from '../../../../core/checked-text.ts';
import {timeText} from '../../duration-of.ts';
import {subjectInput} from '../../metrics/subject.ts';

/** What an alert is about. */
const alertKinds = [...['errors', 'latency', 'saturation', 'restarts', 'absence', 'exhaustion', 'slo'], ...['query', 'catalogue']] as const;

/** What is asked of whoever wants alerts, the same for a design and for a change. */
export const designInput = z.object({
	kind: z.enum(alertKinds).describe('What to be told of'),
	...subjectInput.shape,
	target: subjectInput.shape.target.describe('Workload, or KIND/NAME; needless for query and catalogue'),
	above: z.number().optional().describe('Fires above; in per cent for errors, saturation, exhaustion, in seconds for latency'),
	below: z.number().optional().describe('Fires below, for query'),
	query: checkedText(4000, /\S/, 'expected PromQL').optional().describe('PromQL; its comparison by --above or --below'),
	quantile: z.number().gt(0).lt(1).default(0.99).describe('Of latency'),
	objective: z.number().gt(0).lt(100).default(99.9).describe('Per cent of requests that are answered well, for slo'),
	window: timeText.default('30d').describe('Time of the objective'),
	horizon: timeText.default('4d').describe('How long before exhaustion'),
	for: timeText.optional().describe('How long it must hold'),
	severity: z.enum(['critical', 'warning', 'info']).default('warning').describe('How loudly it speaks'),
	name: checkedText(100, /^[a-zA-Z_]\w*$/, 'expected letters and digits')
		.optional()
		.describe('Name of the alert; made of target and kind if left out'),
	runbook: checkedText(2000, /^\S+$/, 'expected a link').optional().describe('Link to what a person should do'),
	alerts: z.array(z.string().max(100)).default([]).describe('Names of the catalogue; those that the cluster has numbers for if left out'),
	since: timeText.default('7d').describe('Past that is replayed'),
});
export type DesignInput = z.output<typeof designInput>;
