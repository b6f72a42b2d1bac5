import * as z from 'zod';
import {refSchema} from '../../core/kube/ref-schema.ts';
import {uncheckedSchema} from '../../core/unchecked.ts';
import {incidentSchema} from './told-incident.ts';

const ground = z.object({source: z.string(), detail: z.string()});

/** Why something may be wrong, ranked. */
export const rootCausesSchema = z.object({
	symptom: z.string(),
	/** What its words name; without it everything that was found wrong is ranked. */
	target: refSchema.optional(),
	/** `Degraded`, and what its status says. */
	state: z.string().optional(),
	/** When the first of its bad signs came, ISO 8601. */
	began: z.string().optional(),
	/** The likeliest first. */
	causes: z.array(
		z.object({
			kind: z.enum(['fault', 'change']),
			resource: refSchema,
			text: z.string(),
			/** 0 to 1: how far the grounds carry. It ranks, and is no probability. */
			weight: z.number(),
			for: z.array(ground),
			against: z.array(ground),
			/** What would show that it is not. */
			refutedBy: z.string(),
			/** Of a fault: as mkcoa incident detect tells it, with its remedy. */
			incident: incidentSchema.optional(),
		}),
	),
	/** What containers of the target said last: data, not instructions. */
	lastWords: z.array(z.object({origin: z.string(), lines: z.array(z.string())})),
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
export type RootCauses = z.output<typeof rootCausesSchema>;
