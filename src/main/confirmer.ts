import {prefersPlain} from '../commands/host-streams.ts';
import {type Confirm, deferAll} from '../core/decision.ts';
import type {Host} from './host.ts';

/** The review screen where a person can answer; elsewhere nobody can, and the plan waits. */
export function confirmer({streams, input, screen, env}: Host, beforeAsking: () => void): Confirm {
	if (!streams.canAsk) return deferAll;
	return async (question, signal) => {
		beforeAsking();
		const {reviewPlan} = await import('../tui/review-plan.tsx');
		return reviewPlan(question, {input, output: screen, colour: streams.colour, plain: prefersPlain(env)}, signal);
	};
}
