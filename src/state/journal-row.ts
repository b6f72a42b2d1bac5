import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {JournalEntry} from '../core/journal.ts';
import type {Approval} from '../core/plan.ts';
import {planSchema} from './plan-schema.ts';

/** A column of JSON text, checked by a schema. */
export const jsonColumn = <Value>(schema: z.ZodType<Value>) =>
	z
		.string()
		.transform((text, context): unknown => {
			try {
				return JSON.parse(text);
			} catch {
				context.addIssue('this column holds no JSON');
				return z.NEVER;
			}
		})
		.pipe(schema);

const outcomeKinds = z.enum(['done', 'planned', 'nothing-to-do', 'rejected', 'waiting', 'drifted', 'failed']);

const approvalSchema: z.ZodType<Approval> = z.object({
	digest: z.string(),
	by: z.string(),
	how: z.enum(['review', 'client', 'yes-flag', 'grant', 'rule']),
});

export const planColumn = jsonColumn(planSchema);

const text = z.string();
const optional = z
	.string()
	.nullable()
	.transform(value => value ?? undefined);

export const entryRow = z
	.object({
		id: text,
		started_at: text,
		ended_at: optional,
		plan: planColumn,
		digest: text,
		approval: jsonColumn(approvalSchema),
		outcome_kind: outcomeKinds.nullable(),
		undoes: optional,
		undone_by: optional,
	})
	.transform(
		(row): JournalEntry => ({
			id: row.id,
			startedAt: row.started_at,
			endedAt: row.ended_at,
			plan: row.plan,
			digest: row.digest,
			approval: row.approval,
			outcome: row.outcome_kind ?? undefined,
			undoes: row.undoes,
			undoneBy: row.undone_by,
		}),
	);

/** An entry is taken back when its undo has ended well, not when it has begun. */
export const undoneByColumn = `(
	SELECT other.id FROM entry AS other WHERE other.undoes = entry.id AND other.outcome_kind = 'done' ORDER BY other.seq LIMIT 1
) AS undone_by`;

export const effectState = z.enum(['intended', 'done', 'failed']);

/** Where the image of an effect belongs: bound to the entry, the effect, the field and the write. */
export const imagePlace = (entry: string, position: number, field: 'before' | 'after', write: string) => [
	'effect',
	entry,
	position,
	field,
	write,
];

/** The refusal of an id that the journal does not hold. */
export const noSuchEntry = (id: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-such-entry',
		what: `The journal has no entry ${id}`,
		next: 'See the entries with: mkcoa history',
	});

/** The refusal to go on with an entry that came to its end. */
export const notResumable = (id: string, why: string) =>
	new MkcoaError({kind: 'usage', code: 'nothing-to-resume', what: `${id} cannot be gone on with`, why, next: 'See mkcoa history'});
