import {fixedData, type LiveData, showView} from '../../src/tui/view/show-view.tsx';
import type {Leave, View} from '../../src/tui/view/view.ts';
import {frames} from './frames.ts';
import {manualClock} from './manual-clock.ts';

/** A view on a screen of its own, at the moment of the samples. */
export function viewFrames<Data, Place, Act>(
	view: View<Data, Place, Act | Leave>,
	data: Data | LiveData<Data>,
	{columns = 80, rows = 24, onAct}: {columns?: number; rows?: number; onAct?: (act: Act) => 'stay' | 'close'} = {},
) {
	const terminal = frames({columns, rows});
	const clock = manualClock();
	const abort = new AbortController();
	const isLive = (given: Data | LiveData<Data>): given is LiveData<Data> =>
		typeof given === 'object' && given !== null && 'subscribe' in given;
	const live = isLive(data) ? data : fixedData(data);
	const end = showView(view, live, {input: terminal.input, output: terminal.output, theme: 'none', clock}, abort.signal, onAct);
	return {...terminal, clock, end, abort: () => abort.abort()};
}
