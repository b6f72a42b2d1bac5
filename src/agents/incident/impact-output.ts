import * as z from 'zod';
import {refSchema} from '../../core/kube/ref-schema.ts';
import {uncheckedSchema} from '../../core/unchecked.ts';

/** What leans on an object, or what it needs. */
export const impactSchema = z.object({
	target: refSchema,
	isThere: z.boolean(),
	/** Whether what it needs was asked for, rather than what leans on it. */
	up: z.boolean(),
	namesakes: z.array(refSchema),
	/** Nearest first; `by` is the object by which it was reached, `how` what the one does with the other. */
	reached: z.array(z.object({ref: refSchema, steps: z.number(), by: refSchema, how: z.string()})),
	counts: z.record(z.string(), z.number()),
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
export type Impact = z.output<typeof impactSchema>;
