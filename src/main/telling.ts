import type {Confirm} from '../core/decision.ts';

/** Asks with what is known of how a call came about, behind what the policy says. */
export const telling =
	(why: string, confirm: Confirm): Confirm =>
	(question, signal) =>
		confirm({...question, why: [question.why, why].filter(text => text !== '').join('. ')}, signal);
