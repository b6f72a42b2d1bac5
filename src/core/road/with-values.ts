import {MkcoaError} from '../error.ts';
import type {SealedValues} from '../journal.ts';
import {refText} from '../kube/kube-object.ts';
import type {Plan, Write} from '../plan.ts';
import {lacksValue} from '../secrets/confined.ts';
import type {ChangeToolOf, Context} from '../tool.ts';
import type {EarlierPlan, Road} from './road.ts';

/**
 * An earlier plan with the values that are stored nowhere, read from the cluster again. Of a run that died the cluster may hold others by now.
 * @throws MkcoaError `sealed-values-missing` with the command that goes on without them
 */
export async function withValues<Ports>(
	tool: ChangeToolOf<Ports>,
	earlier: EarlierPlan,
	road: Road<Ports>,
	context: Context<Ports>,
): Promise<EarlierPlan> {
	const {plan, resume} = earlier;
	const done = new Set((resume?.effects ?? []).filter(({state}) => state === 'done').map(({index}) => index));
	const lacking = lackingIn(plan, earlier.sealed, done);
	if (lacking === undefined || plan.confined === undefined) return earlier;
	const recalled = (await tool.recall?.(plan, earlier.sealed, context)) ?? {};
	for (const value of Object.values(recalled)) road.known.add(value);
	const sealed = {...earlier.sealed, ...recalled};
	const still = lackingIn(plan, sealed, done);
	if (still !== undefined) throw resume === undefined ? notAsPlanned(still) : staysThere(still, plan.confined.goOn);
	return {...earlier, sealed};
}

/** The first write that is still to be sent and lacks a value. */
const lackingIn = ({steps}: Plan, sealed: SealedValues, done: ReadonlySet<number>): Write | undefined =>
	steps.flatMap(({writes}) => writes).find((write, index) => !done.has(index) && lacksValue(write, sealed));

const staysThere = ({ref}: Write, goOn: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'sealed-values-missing',
		what: 'The journal cannot go on with this run; nothing was changed',
		why: `the secret values of ${refText(ref)} stay in the cluster, and none of them is kept on this machine`,
		next: `Go on by what lies in the cluster, with: ${goOn}`,
	});

const notAsPlanned = ({ref}: Write) =>
	new MkcoaError({
		kind: 'environment',
		code: 'sealed-values-missing',
		what: 'The plan was not applied',
		why: `the cluster does not hold the secret values any more of which it made ${refText(ref)}`,
		next: 'Make a new plan by running its command again',
	});
