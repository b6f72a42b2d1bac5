import {applyWaiting} from '../apply-waiting.ts';
import {changeOnScreen} from './change-on-screen.ts';
import type {Screen} from './screen.ts';

/** A plan that waits: read again, and carried out after a yes. */
export const reviewScreen: Screen<'review'> = async (around, {id}) => {
	const session = await around.session();
	await changeOnScreen(
		{title: `The plan ${id}, which waits for a yes`, tool: 'waiting plan', run: change => applyWaiting(id, session, change)},
		around,
	);
};
