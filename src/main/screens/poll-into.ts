import {troubleText} from '../../tui/review-services.ts';
import type {liveCell} from './live-cell.ts';
import {poll} from './poll.ts';

type Cell<Data> = ReturnType<typeof liveCell<Data>>;

/**
 * Reads into a cell until the signal aborts. A read that fails leaves what was read before, with why and what to do.
 * @returns reads at once, after something was changed: what was being read is thrown away
 */
export function pollInto<Data extends {readonly trouble?: string | undefined}>(
	cell: Cell<Data>,
	read: (signal: AbortSignal) => Promise<Data>,
	{signal, ...pace}: Parameters<typeof poll>[2],
): () => void {
	let reading = new AbortController();
	const begin = () =>
		void poll(read, polled => cell.set('value' in polled ? polled.value : {...cell.current(), trouble: troubleText(polled.error)}), {
			...pace,
			signal: AbortSignal.any([signal, reading.signal]),
		});
	begin();
	return () => {
		reading.abort();
		reading = new AbortController();
		begin();
	};
}
