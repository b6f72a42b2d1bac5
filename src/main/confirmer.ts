import {prefersPlain} from '../commands/host-streams.ts';
import {type Confirm, deferAll} from '../core/decision.ts';
import type {Host} from './host.ts';

/** The review screen where a person can answer; elsewhere nobody can, and the plan waits. */
export function confirmer({streams, input, screen, env}: Host, beforeAsking: () => void): Confirm {
	if (!streams.canAsk) return deferAll;
	return async (question, signal) => {
		beforeAsking();
		const [{reviewPlan}, {themeName}] = await Promise.all([import('../tui/review-plan.tsx'), import('../tui/theme.ts')]);
		const theme = themeName(streams.colour, env.MKCOA_THEME, env.COLORFGBG);
		return reviewPlan(question, {input, output: screen, theme, plain: prefersPlain(env)}, signal);
	};
}
