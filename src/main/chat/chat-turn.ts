import type {EmitChat} from '../../core/chat-event.ts';
import type {ChatResult} from '../../core/chat-result.ts';
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

/**
 * One request of a person, with the plans that follow from it: edited ones, and those that a drift or a no with words leads to. A plan
 * that follows belongs to the turn before it and is kept with it; words that lead to another request begin a turn of their own.
 * @returns what the last request came to; undefined for a change that was taken back
 */
export async function chatTurn(
	request: string,
	{talk, session, plans}: Parts,
	{emit, confirm, signal}: Listener,
): Promise<ChatResult | undefined> {
	const {hear, end, settled} = plans.listening(emit);
	const now: {said: string; left: number; next?: FollowUp | undefined} = {said: request, left: mostFollowUps};
	const goOn = async (tell: EmitChat) => {
		for (; now.left > 0 && !signal.aborted; now.left -= 1) {
			const outcomes = settled();
			const edited = plans.next();
			now.next = edited === undefined ? followUp(now.said, outcomes) : undefined;
			if (edited !== undefined) await planAgain(edited, session, {emit: tell, confirm, signal});
			else if (now.next?.kind === 'plan') {
				tell({kind: 'understood', text: now.next.said});
				await planAgain(now.next.again, session, {emit: tell, confirm: telling(now.next, confirm), signal});
			} else return;
		}
	};
	const id = undoWanted(request);
	let result: ChatResult | undefined;
	if (id === undefined) result = await talk.say({request}, {emit: hear, confirm, signal, goOn});
	else {
		await undoTurn(id, session, {emit: hear, confirm, signal});
		await goOn(hear);
	}
	for (; now.next?.kind === 'request' && now.left > 0 && !signal.aborted; now.left -= 1) {
		now.said = now.next.request;
		result = await talk.say({request: now.said}, {emit: hear, confirm: telling(now.next, confirm), signal, goOn});
	}
	end();
	return result;
}

/** Asks with the reason why there is another plan, above what the policy says. */
const telling =
	({why}: FollowUp, confirm: Confirm): Confirm =>
	(question, signal) =>
		confirm({...question, why: [why, question.why].filter(text => text !== '').join('. ')}, signal);
