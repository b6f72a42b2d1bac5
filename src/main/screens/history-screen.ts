import {prefersPlain} from '../../commands/host-streams.ts';
import {MkcoaError} from '../../core/error.ts';
import type {JournalEntry} from '../../core/journal.ts';
import {entryLines, type HistoryAct, historyTold, historyView} from '../../tui/history/history-view.ts';
import {resumeRun} from '../resume-run.ts';
import {changeOnScreen} from './change-on-screen.ts';
import {historyData} from './history-data.ts';
import {isReadOnce, printOnce} from './print-once.ts';
import type {Around, Screen} from './screen.ts';
import {sessionAt} from './session-at.ts';
import {stayOn} from './stay-on.ts';

/** What was changed, until it is left; begun at one entry, that one is open. */
export const historyScreen: Screen<'history'> = async (around, {id}) => {
	if (prefersPlain(around.host.env)) return inLines(id, around);
	const closed = new AbortController();
	const live = historyData(around, AbortSignal.any([around.signal, closed.signal]));
	const view = id === undefined ? historyView : {...historyView, first: {...historyView.first, mode: 'open' as const, key: id}};
	try {
		await stayOn(view, live, around, act => carriedOut(act, live.current().entries, around));
	} finally {
		closed.abort();
	}
};

/** A list of the newest, or all of one entry. */
const inLines = (id: string | undefined, around: Around): Promise<void> =>
	printOnce(
		signal => historyData(around, signal),
		{
			isRead: isReadOnce,
			lines: (history, width, now) => {
				const entry = history.entries.find(each => each.id === id);
				return entry === undefined
					? historyTold({...history, entries: history.entries.slice(0, mostPrinted)}, width, now)
					: entryLines(entry, width);
			},
		},
		around,
	);

/** More entries than this nobody listens to; `mkcoa history --limit` prints more. */
const mostPrinted = 20;

/** Takes an entry back, or goes on with it, in the cluster that it is about. */
async function carriedOut({kind, id}: HistoryAct, entries: readonly JournalEntry[], around: Around): Promise<void> {
	const entry = entries.find(each => each.id === id);
	if (entry === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-entry',
			what: `The journal has no entry ${id} any more`,
			next: 'See mkcoa history',
		});
	const {summary, target} = entry.plan;
	if (kind === 'resume') {
		await changeOnScreen(
			{
				title: `Go on with ${id}: ${summary}`,
				tool: entry.plan.tool,
				run: async change => resumeRun(id, await sessionAt(target.context, around), change),
			},
			around,
		);
		return;
	}
	const {undo} = await import('../../mcp/kubernetes/tools/undo.ts');
	await changeOnScreen(
		{
			title: `Take back ${id}: ${summary}`,
			tool: undo.name,
			input: {id},
			run: async change => (await sessionAt(target.context, around)).run(undo, {id}, change),
		},
		around,
	);
}
