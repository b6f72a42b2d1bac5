import {MkcoaError} from '../core/error.ts';
import type {JournalEntry, JournalReader} from '../core/journal.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import type {Plan} from '../core/plan.ts';
import {thirdParty} from '../mcp/outside/outside-tool.ts';
import type {Session} from './session.ts';
import type {RoadChange} from './session-road.ts';

/** Goes on with a run that died, the latest one if none is named: what it did is not done again. @throws MkcoaError of kind usage where there is nothing to go on with */
export async function resumeRun(named: string | undefined, session: Session, change: RoadChange = {}): Promise<AnyOutcome> {
	const {reader} = session.state;
	const {id, plan, digest} = await entryToResume(reader, named);
	if (plan.consequences.some(each => each.id === thirdParty)) throw notAgain(id, plan);
	const resume = {journal: id, effects: await reader.effects(id)};
	return session.apply({plan, digest, sealed: await reader.sealed(id), resume}, change);
}

/** What a third party did before a run died stands in no object that could be looked at, and doing it twice may be worse than not at all. */
const notAgain = (id: string, {summary, tool}: Plan) =>
	new MkcoaError({
		kind: 'usage',
		code: 'nothing-to-resume',
		what: `${id} is not gone on with: ${summary}`,
		why: `whether ${tool} was done is known to its server alone`,
		next: 'Look there, and ask for it anew where it was not done',
	});

const hasDied = ({outcome, running, undoneBy}: JournalEntry) => outcome === undefined && running === undefined && undoneBy === undefined;

/** The run that died, by its id, or the latest. @throws MkcoaError of kind usage where there is nothing to go on with */
export async function entryToResume(reader: JournalReader, named: string | undefined): Promise<JournalEntry> {
	const id = named ?? (await reader.list(100)).find(hasDied)?.id;
	const entry = id === undefined ? undefined : await reader.entry(id);
	const refused = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
	if (entry === undefined) {
		const what = id === undefined ? 'No change was interrupted' : `The journal has no entry ${id}`;
		throw refused('nothing-to-resume', what, 'See mkcoa history');
	}
	if (entry.running) throw refused('run-in-progress', `${entry.id} is being carried out right now`, 'Wait for its end');
	if (entry.undoneBy !== undefined)
		throw refused('already-undone', `${entry.id} was taken back by ${entry.undoneBy}`, `Do it again with: mkcoa undo ${entry.undoneBy}`);
	if (entry.outcome === 'done')
		throw refused('nothing-to-resume', `${entry.id} was carried out to its end`, `Take it back with: mkcoa undo ${entry.id}`);
	return entry;
}
