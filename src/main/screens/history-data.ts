import type {History} from '../../tui/history/history-view.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import {liveCell} from './live-cell.ts';
import {openedState} from './opened-state.ts';
import {pollInto} from './poll-into.ts';
import type {Around} from './screen.ts';

/** It lies on this machine, and a run of another process shows each second how far it is. */
const everyMs = 1000;
const limitMs = 5000;
const mostEntries = 200;

/** What was changed, read again until the signal aborts. Needs no cluster. */
export function historyData(
	{call, host, terminal: {clock}}: Pick<Around, 'call' | 'host' | 'terminal'>,
	signal: AbortSignal,
): LiveData<History> {
	const cell = liveCell<History>({entries: [], hasMore: false});
	const state = openedState(call.options, host, signal);
	const read = async (): Promise<History> => {
		const entries = await (await state()).reader.list(mostEntries + 1);
		return {entries: entries.slice(0, mostEntries), hasMore: entries.length > mostEntries, readAt: clock.now()};
	};
	pollInto(cell, read, {
		clock,
		everyMs,
		limitMs,
		signal,
	});
	return cell;
}
