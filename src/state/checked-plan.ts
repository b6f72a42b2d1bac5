import {MkcoaError} from '../core/error.ts';
import {digestOf, type Plan, shortDigest} from '../core/plan.ts';

/**
 * The plan, when it is the one of the digest.
 * @param where where it is kept, for the person
 * @throws MkcoaError `edited-plan`
 */
export function checkedPlan(plan: Plan, digest: string, where: string): Plan {
	const found = digestOf(plan);
	if (found === digest) return plan;
	throw new MkcoaError({
		kind: 'usage',
		code: 'edited-plan',
		what: `The plan in ${where} was edited`,
		why: `its digest is ${shortDigest(found)}, and it was made as ${shortDigest(digest)}`,
		next: 'Make the plan again: an edited plan is never applied',
	});
}
