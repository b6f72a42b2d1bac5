import {MkcoaError} from '../core/error.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import type {RoadChange, Session} from './session.ts';

export const noSuchPlan = (id: string) =>
	new MkcoaError({kind: 'usage', code: 'no-such-plan', what: `No plan ${id} waits`, next: 'See what waits with: mkcoa approve'});

/** Asks about a plan that waits, and carries it out after a yes. What was answered waits no longer. @throws MkcoaError `no-such-plan` */
export async function applyWaiting(id: string, session: Session, change: RoadChange = {}): Promise<AnyOutcome> {
	const {waiting} = session.state;
	const plan = await waiting.find(id);
	if (plan === undefined) throw noSuchPlan(id);
	const outcome = await session.apply({...plan, waited: plan.id}, change);
	// A run takes its plan off the list itself; what failed before it, or was refused by policy, can be answered again.
	// Who was interrupted, or lost the terminal, has not answered it.
	const isAnswered = outcome.kind === 'rejected' && outcome.by === 'person' && !(change.signal ?? session.signal).aborted;
	if (outcome.kind === 'drifted' || isAnswered) await waiting.remove(plan.id);
	return outcome;
}
