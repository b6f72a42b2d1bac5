import {applyWaiting, noSuchPlan} from '../apply-waiting.ts';
import {changeOnScreen} from './change-on-screen.ts';
import {openedState} from './opened-state.ts';
import type {Screen} from './screen.ts';
import {sessionAt} from './session-at.ts';

/** A plan that waits: read again, and carried out after a yes, in the cluster that it was made for. */
export const reviewScreen: Screen<'review'> = async (around, {id}) => {
	const closed = new AbortController();
	try {
		const state = await openedState(around.call.options, around.host, closed.signal)();
		const found = await state.waiting.find(id);
		if (found === undefined) throw noSuchPlan(id);
		const {tool, summary, target} = found.plan;
		await changeOnScreen(
			{title: summary, tool, run: async change => applyWaiting(id, await sessionAt(target.context, around), change)},
			around,
		);
	} finally {
		closed.abort();
	}
};
