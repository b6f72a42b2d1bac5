import * as z from 'zod';
import type {CanaryEvidence} from '../../../core/canary-evidence.ts';
import type {WorkloadWords} from '../../../core/workload-words.ts';

const arm = z.object({value: z.number().exactOptional(), samples: z.number(), looks: z.array(z.number().nullable()).readonly()});

const metric = z.object({
	metric: z.string(),
	verdict: z.enum(['pass', 'fail', 'not-enough-data']),
	reason: z.string(),
	test: z.string(),
	evidence: z.number().exactOptional(),
	minutesMore: z.number().exactOptional(),
	before: z.string().exactOptional(),
	within: z.object({low: z.number(), high: z.number()}).exactOptional(),
	worse: z.enum(['higher', 'lower', 'either']),
	tolerance: z.number(),
	unit: z.enum(['ratio', 'seconds', 'number']),
	query: z.string(),
	source: z.string(),
	spanMs: z.number(),
	canary: arm,
	stable: arm,
	missing: z.string().exactOptional(),
});

const podWords = z.object({
	name: z.string(),
	reason: z.string(),
	logs: z.array(z.object({container: z.string(), previous: z.boolean(), lines: z.array(z.string()).readonly()})).readonly(),
	events: z.array(z.string()).readonly(),
});

/** Evidence as it stands in the output of a tool. */
export const evidenceSchema: z.ZodType<CanaryEvidence> = z.object({
	metrics: z.array(metric).readonly(),
	pods: z.object({canary: z.array(z.string()).readonly(), stable: z.array(z.string()).readonly()}),
	words: z.array(podWords).readonly(),
});

/** What a wait that failed found out, as it stands in the output of a tool. */
export const wordsSchema: z.ZodType<WorkloadWords> = z.object({
	pods: z.array(podWords).readonly(),
	morePods: z.number(),
	events: z.array(z.string()).readonly(),
});
