import * as z from 'zod';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

export const reportFormats = ['text', 'markdown', 'html'] as const;

const actionSchema = z.object({
	journal: z.string(),
	/** ISO 8601, UTC. */
	at: z.string(),
	endedAt: z.string().optional(),
	tool: z.string(),
	summary: z.string(),
	approvedBy: z.string(),
	/** `review`: at a terminal; `yes-flag`; `client`: through MCP; `grant` or `rule`: without a person. */
	approvedHow: z.string(),
	/** How it ended; absent while it lasts, or where it died. */
	outcome: z.string().optional(),
	undoneBy: z.string().optional(),
	undoes: z.string().optional(),
});

/** What a review of an incident is made of. */
export const reportSchema = z.object({
	context: z.string(),
	madeAt: z.string(),
	incident: z.string(),
	fault: z.string(),
	title: z.string(),
	severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
	/** `open`: the last look found it. `gone`: it did not. */
	state: z.enum(['open', 'gone']),
	resource: refSchema.optional(),
	path: z.string().optional(),
	cause: z.string(),
	evidence: z.array(z.object({source: z.string(), detail: z.string()})),
	symptoms: z.array(z.string()),
	impact: z.array(refSchema),
	times: z.object({
		firstSignAt: z.string().optional(),
		actedAt: z.string().optional(),
		recoveredAt: z.string().optional(),
		toDetectAtMostSeconds: z.number().optional(),
		toActSeconds: z.number().optional(),
		toRecoverSeconds: z.number().optional(),
		notKnown: z.array(uncheckedSchema),
	}),
	/** Oldest first. */
	timeline: z.array(z.object({at: z.string(), what: z.string(), text: z.string(), bad: z.boolean(), around: z.boolean()})),
	/** Earlier ones that are left out. */
	leftOut: z.number(),
	/** What mkcoa did, oldest first. */
	actions: z.array(actionSchema),
	/** What could mend it, where it is open. */
	remedies: z.array(z.string()),
	preventions: z.array(z.string()),
	notChecked: z.array(uncheckedSchema),
});
export type Report = z.output<typeof reportSchema>;
