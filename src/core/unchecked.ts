import * as z from 'zod';
import type {Finding} from './finding.ts';

/** What was not looked at, why, and the classes of faults that cannot be told for that. */
export const uncheckedSchema = z.object({what: z.string(), why: z.string(), classes: z.array(z.string()).optional()});
export type Unchecked = Readonly<z.output<typeof uncheckedSchema>>;

/** What was not looked at, as a finding: silence would be a pass. */
export const unseenFinding = ({what, why}: Pick<Unchecked, 'what' | 'why'>): Finding => ({
	id: 'not-looked-at',
	status: 'not-checked',
	severity: 'low',
	evidence: [],
	cause: what,
	why,
});
