import type {EmitChat} from '../../core/chat-event.ts';
import type {Confirm} from '../../core/decision.ts';
import type {Session} from '../session.ts';
import type {EditedPlans} from './edited-plans.ts';
import {type FollowUp, followUp} from './follow-up.ts';
import {planAgain} from './plan-again.ts';
import type {Talk} from './talk.ts';
import {undoTurn, undoWanted} from './undo-turn.ts';

export type Listener = {readonly emit: EmitChat; readonly confirm: Confirm; readonly signal: AbortSignal};

type Parts = {readonly talk: Talk; readonly session: Session; readonly plans: EditedPlans};

/** A cluster that moves under every plan, or a person who says no to each, is not asked for ever. */
const mostFollowUps = 5;

/** One request of a person on a screen, with the plans that follow from it: edited ones, and those that a drift or a no with words leads to. */
export async function chatTurn(request: string, {talk, session, plans}: Parts, {emit, confirm, signal}: Listener): Promise<void> {
	const {hear, end, settled} = plans.listening(emit);
	const listener = {emit: hear, confirm, signal};
	const id = undoWanted(request);
	let said = request;
	if (id === undefined) await talk.say({request}, listener);
	else await undoTurn(id, session, listener);
	for (let count = 0; count < mostFollowUps && !signal.aborted; count += 1) {
		const outcomes = settled();
		const edited = plans.next();
		const next = edited === undefined ? followUp(said, outcomes) : undefined;
		if (edited !== undefined) await planAgain(edited, session, listener);
		else if (next?.kind === 'plan') {
			hear({kind: 'understood', text: next.said});
			await planAgain(next.again, session, {...listener, confirm: telling(next, confirm)});
		} else if (next?.kind === 'request') {
			said = next.request;
			await talk.say({request: said}, {...listener, confirm: telling(next, confirm)});
		} else break;
	}
	end();
}

/** Asks with the reason why there is another plan, above what the policy says. */
const telling =
	({why}: FollowUp, confirm: Confirm): Confirm =>
	(question, signal) =>
		confirm({...question, why: [why, question.why].filter(text => text !== '').join('. ')}, signal);
