import type {JournalEntry, JournalReader} from '../core/journal.ts';
import {planAbout} from '../core/plan-about.ts';
import {isPlanInside, type Reach} from '../core/roles/reach.ts';

/** The journal of those who share a reach: changes that touched something outside of it are none. */
export function confinedJournal(journal: JournalReader, {read, write}: Reach): JournalReader {
	const isSeen = ({plan}: JournalEntry) => isPlanInside(write ?? read, planAbout(plan));
	const entry = async (id: string) => {
		const found = await journal.entry(id);
		return found !== undefined && isSeen(found) ? found : undefined;
	};
	const seen = async <Answer>(id: string, none: Answer, ask: () => Promise<Answer>) => ((await entry(id)) === undefined ? none : ask());
	return {
		entry,
		list: async limit => (await journal.list(limit)).filter(isSeen),
		effects: id => seen(id, [], () => journal.effects(id)),
		sealed: id => seen(id, {}, () => journal.sealed(id)),
		outcome: id => seen(id, undefined, () => journal.outcome(id)),
	};
}
