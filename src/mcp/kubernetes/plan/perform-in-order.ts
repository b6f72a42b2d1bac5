import {sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refKey, refText} from '../../../core/kube/kube-object.ts';
import type {ApprovedPlan} from '../../../core/plan.ts';
import type {Effects} from '../../../core/tool.ts';
import type {OnCluster} from '../tool-input.ts';
import {waitUntilGone} from './wait-for-eviction.ts';

/** How long what was deleted may take to go before its successor is made. */
const goneWithinMs = 60_000;

/** What every request passes on its way in. */
const onTheWayIn = /^(?:Validating|Mutating)(?:WebhookConfiguration|AdmissionPolicy|AdmissionPolicyBinding)$/;

/** API servers hold requests against a copy of these that they refresh every second, each for itself. */
const takenUpMs = 3000;

/**
 * Every step of a plan in its order. What is deleted and made anew is waited for in between: a finalizer may hold it for a moment; and so is what changes
 * how the steps that follow are let in.
 * @throws MkcoaError `does-not-go` where something holds it for longer
 */
export async function performInOrder(
	{steps, preconditions}: Pick<ApprovedPlan, 'steps' | 'preconditions'>,
	context: OnCluster,
	effects: Effects,
): Promise<void> {
	const uidOf = new Map(preconditions.map(({ref, uid}) => [refKey(ref), uid]));
	for (const [index, {writes}] of steps.entries()) {
		await effects.performStep(index);
		if (index < steps.length - 1 && writes.some(({ref}) => onTheWayIn.test(ref.kind)))
			await sleep(context.clock, takenUpMs, context.signal);
		const coming = new Set(steps.slice(index + 1).flatMap(step => step.writes.map(({ref}) => refKey(ref))));
		const going = writes.filter(({op, ref}) => op === 'delete' && coming.has(refKey(ref)));
		if (going.length === 0) continue;
		const gone = going.map(({ref}) => ({ref, uid: uidOf.get(refKey(ref)) ?? null}));
		const [left] = await waitUntilGone(gone, context, context.clock.now() + goneWithinMs);
		if (left === undefined) continue;
		throw new MkcoaError({
			kind: 'environment',
			code: 'does-not-go',
			what: `${refText(left)} is being deleted and does not go`,
			why: 'something still uses it, or holds it by a finalizer',
			next: `See what holds it: mkcoa k8s describe ${left.kind} ${left.name}${left.namespace === undefined ? '' : ` -n ${left.namespace}`}`,
		});
	}
}
