import {MkcoaError} from '../core/error.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import type {Session} from './session.ts';
import type {RoadChange} from './session-road.ts';
import {telling} from './telling.ts';

export const noSuchPlan = (id: string) =>
	new MkcoaError({kind: 'usage', code: 'no-such-plan', what: `No plan ${id} waits`, next: 'See what waits with: mkcoa approve'});

/** Asks about a plan that waits, and carries it out after a yes. What was answered waits no longer. @throws MkcoaError `no-such-plan` */
export async function applyWaiting(id: string, session: Session, change: RoadChange = {}): Promise<AnyOutcome> {
	const {waiting} = session.state;
	const plan = await waiting.find(id);
	if (plan === undefined) throw noSuchPlan(id);
	const {maker} = plan;
	// What a program from outside asked for is answered by a person who read it: a program that has a shell could give --yes as well.
	const asked =
		maker === undefined
			? {}
			: {
					maker,
					chosen: {agent: maker.agent, tainted: true},
					confirm: telling(`${maker.agent} asks for this, on behalf of ${maker.principal}`, change.confirm ?? session.confirm),
				};
	const outcome = await session.apply({...plan, waited: plan.id}, {...change, ...asked});
	// A run takes its plan off the list itself; what failed before it, or was refused by policy, can be answered again.
	// Who was interrupted, or lost the terminal, has not answered it.
	const isAnswered = outcome.kind === 'rejected' && outcome.by === 'person' && !(change.signal ?? session.signal).aborted;
	if (outcome.kind === 'drifted') await waiting.close(plan.id, {kind: 'drifted', moved: outcome.moved});
	else if (isAnswered) await waiting.close(plan.id, {kind: 'rejected', feedback: outcome.feedback});
	return outcome;
}
