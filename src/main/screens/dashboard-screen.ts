import {dashboardView} from '../../tui/dashboard/dashboard-view.ts';
import {liveCell} from './live-cell.ts';
import {pollInto} from './poll-into.ts';
import type {Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** A read that takes longer has failed. */
const limitMs = 60_000;

/** A dashboard that goes on, until it is left. While nobody answers, what was read last stays, with its age and why. */
export const dashboardScreen: Screen<'dashboard'> = async (around, {first, read, everyMs}) => {
	const closed = new AbortController();
	const signal = AbortSignal.any([around.signal, closed.signal]);
	const cell = liveCell(first);
	pollInto(cell, read, {clock: around.terminal.clock, everyMs: () => everyMs(cell.current()), limitMs, signal});
	try {
		await stayOn(dashboardView, cell, around, async () => {});
	} finally {
		closed.abort();
	}
};
