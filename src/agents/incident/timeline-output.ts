import * as z from 'zod';
import {refSchema} from '../../core/kube/ref-schema.ts';
import {uncheckedSchema} from '../../core/unchecked.ts';

const happening = z.object({
	/** ISO 8601, UTC. */
	at: z.string(),
	/** Of several alike the last. */
	until: z.string().optional(),
	ref: refSchema,
	source: z.enum(['write', 'revision', 'journal', 'life', 'condition', 'container', 'event']),
	text: z.string(),
	count: z.number(),
	/** So many more objects of the kind to which the same happened. */
	others: z.number(),
	bad: z.boolean(),
	/** Not to the object itself, but to what it needs or what leads to it. */
	around: z.boolean(),
});

/** What happened to an object and around it. */
export const timelineSchema = z.object({
	target: refSchema,
	since: z.string(),
	/** Oldest first. */
	happenings: z.array(happening),
	/** Before `since`, or more than an answer holds. */
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
export type Timeline = z.output<typeof timelineSchema>;
