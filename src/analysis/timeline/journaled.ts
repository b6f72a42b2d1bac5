import type {JournalEntry} from '../../core/journal.ts';
import {type Ref, refKey} from '../../core/kube/kube-object.ts';
import type {Happening} from './happening.ts';

/** What mkcoa itself changed, one for each object that the plan touched. */
export const journaled = (entries: readonly JournalEntry[]): readonly Happening[] =>
	entries.flatMap(({id, startedAt, plan, approval, outcome, undoneBy}) => {
		const end = undoneBy === undefined ? (outcome ?? 'not ended') : `taken back by ${undoneBy}`;
		const refs = new Map<string, Ref>(plan.changes.map(({ref}) => [refKey(ref), ref]));
		return [...refs.values()].map(
			(ref): Happening => ({
				at: startedAt,
				ref,
				source: 'journal',
				text: `mkcoa ${plan.tool}, approved by ${approval.by}: ${plan.summary} (${end}, ${id})`,
				count: 1,
				isBad: false,
			}),
		);
	});
