import * as z from 'zod';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {measuredUnits} from '../../../core/text/measured-text.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const shift = z.object({
	at: z.iso.datetime(),
	from: z.number(),
	to: z.number(),
	/** A drift went from one to the other by and by. */
	kind: z.enum(['step', 'drift']),
	/** Chance that a series which stays as it is shows one. */
	falseAlarm: z.number(),
	/** The change that somebody made shortly before. */
	after: z.object({at: z.iso.datetime(), text: z.string(), lagSeconds: z.number()}).optional(),
});

const course = z.object({
	/** Since the latest change of its level; of the whole time where there was none. */
	level: z.number(),
	least: z.number(),
	most: z.number(),
	samples: z.number(),
	shifts: z.array(shift),
});

const measure = course.extend({
	name: z.string(),
	unit: z.enum(measuredUnits),
	/** What the server was asked. */
	query: z.string(),
	/** Of the whole time in equal parts, the oldest first; null where there is none. */
	values: z.array(z.number().nullable()),
});

const bottleneck = z.object({
	kind: z.enum([
		'memory-limit',
		'cpu-limit',
		'node-cpu',
		'node-memory',
		'noisy-neighbour',
		'slow-dependency',
		'rollout',
		'settings',
		'more-requests',
		'restarts',
		'unexplained',
	]),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	sure: z.enum(['certain', 'likely', 'possible']),
	since: z.iso.datetime().optional(),
	cause: z.string(),
	/** `source` names the measure whose query stands beside its numbers. */
	evidence: z.array(z.object({source: z.string(), detail: z.string()})),
});

const workload = z.object({
	resource: refSchema,
	/** What explains most comes first; none where nothing is at its end and users notice nothing. */
	bottlenecks: z.array(bottleneck),
	/** What has room, and how much. */
	within: z.array(z.string()),
	measures: z.array(measure),
	restarts: z.number(),
	oomKills: z.number(),
	nodes: z.array(z.object({name: z.string(), cpu: course.optional(), memory: course.optional()})),
	dependencies: z.array(
		z.object({name: z.string(), seenBy: z.enum(['caller', 'itself']), latency: course.optional(), errors: course.optional()}),
	),
	/** What somebody changed in this time, the oldest first. */
	changes: z.array(z.object({at: z.iso.datetime(), what: z.enum(['rollout', 'settings', 'scale', 'node', 'other']), text: z.string()})),
	/** Of dependencies and neighbours. */
	queries: z.array(z.string()),
});

export const performanceSchema = z.object({
	context: z.string(),
	namespace: z.string(),
	source: z.string(),
	target: refSchema.optional(),
	from: z.iso.datetime(),
	to: z.iso.datetime(),
	stepSeconds: z.number(),
	/** The worst first. */
	workloads: z.array(workload),
	notChecked: z.array(uncheckedSchema),
});
export type ToldPerformance = z.output<typeof performanceSchema>;
export type ToldWorkload = ToldPerformance['workloads'][number];
export type ToldCourse = z.output<typeof course>;
