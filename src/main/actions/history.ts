import {systemClock} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import type {JournalEntry, JournaledEffect} from '../../core/journal.ts';
import {refText} from '../../core/kube/kube-object.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {shortDigest} from '../../core/plan.ts';
import {age} from '../../core/text/age.ts';
import {textTable} from '../../core/text/text-table.ts';
import type {View} from '../../core/tool.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {type ActionCall, answer} from './answer.ts';

const defaultLimit = 20;

/** What came of an entry; one without an end is running or died. */
const shortEndOf = ({outcome, undoneBy}: JournalEntry) => (undoneBy === undefined ? (outcome ?? 'not ended') : 'undone');
const endOf = (entry: JournalEntry) => `${shortEndOf(entry)}${entry.undoneBy === undefined ? '' : ` by ${entry.undoneBy}`}`;

/** Entries of the journal as a table. */
export function historyTable(entries: readonly JournalEntry[], view: View): string {
	if (entries.length === 0) return 'Nothing was changed yet';
	const rows = entries.map(entry => [
		entry.id,
		age(view.nowMs - Date.parse(entry.startedAt)),
		entry.plan.target.context,
		// A terminal has better use for the width than one more id; `mkcoa history ID` tells it.
		view.terminal ? shortEndOf(entry) : endOf(entry),
		entry.approval.by,
		entry.plan.summary,
	]);
	return textTable({
		headers: ['ID', 'AGE', 'CONTEXT', 'END', 'BY', 'WHAT'],
		rows,
		view,
	});
}

const effectLine = ({index, write, state, error, unavailable}: JournaledEffect) =>
	`${state === 'done' ? '✓' : state === 'failed' ? '✗' : '!'} ${index + 1}. ${write.op} ${refText(write.ref)}: ${state}${error === undefined ? '' : ` (${error})`}${unavailable === undefined ? '' : `; its earlier state is gone: ${unavailable}`}`;

const entryText = (entry: JournalEntry, effects: readonly JournaledEffect[]) =>
	[
		`${entry.id}: ${entry.plan.summary}`,
		`${entry.startedAt}, ${entry.plan.target.context} as ${entry.plan.target.identity}, plan ${shortDigest(entry.digest)}, ${entry.approval.how} by ${entry.approval.by}, ${endOf(entry)}`,
		...effects.map(effectLine),
	].join('\n');

/** Lists what was changed, or shows one entry with its effects. Needs no cluster. */
export async function history({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const {streams} = host;
	const clock = systemClock();
	const state = await openUserState(options, host, clock);
	try {
		if (values.id === undefined) {
			const entries = await state.reader.list(limitOf(values.limit));
			await answer(streams, options, entries, () =>
				historyTable(entries, {width: streams.width, terminal: streams.outIsTerminal, nowMs: clock.now()}),
			);
			return exitCodes.done;
		}
		const entry = await state.reader.entry(values.id);
		if (entry === undefined)
			throw new MkcoaError({
				kind: 'usage',
				code: 'no-such-entry',
				what: `The journal has no entry ${values.id}`,
				next: 'See mkcoa history',
			});
		// Pre-images stay in the journal: what is shown here may be piped anywhere.
		const effects = (await state.reader.effects(entry.id)).map(({before: _, after: __, ...effect}) => effect);
		await answer(streams, options, {...entry, effects}, () =>
			entryText(
				entry,
				effects.map(effect => ({...effect, before: null})),
			),
		);
		return exitCodes.done;
	} finally {
		state.close();
	}
}

function limitOf(text: string | undefined): number {
	if (text === undefined) return defaultLimit;
	if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-a-number',
		what: `--limit ${JSON.stringify(text)} is not a number of entries`,
		next: 'Write it like --limit 50',
	});
}
