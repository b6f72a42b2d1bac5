import type {AnyOutcome} from '../outcome.ts';
import type {Approval} from '../plan.ts';
import {storableValues} from '../secrets/confined.ts';
import type {ChangeToolOf} from '../tool.ts';
import {audited} from './audited.ts';
import type {MadePlan, Road} from './road.ts';

type Decided = {readonly kind: 'approved'; readonly approval: Approval} | Extract<AnyOutcome, {kind: 'rejected' | 'waiting'}>;

/** Policy first, then the person. Nobody to ask: the plan waits. Every answer but a yes is audited here; a yes, where it is used. */
export async function decide<Ports>(tool: ChangeToolOf<Ports>, made: MadePlan, road: Road<Ports>): Promise<Decided> {
	const {plan, digest} = made;
	const approved = (how: Approval['how']): Decided => ({kind: 'approved', approval: {digest, by: road.by, how}});
	const audit = audited(road, tool.name, made);

	const judgement = await road.judge(plan, tool.effect, road.chosen?.tainted === true);
	if (judgement.answer === 'deny') {
		await audit('denied', judgement.why);
		return {
			kind: 'rejected',
			tool: tool.name,
			digest,
			plan,
			by: 'policy',
			feedback: [judgement.why, judgement.next].filter(Boolean).join('. '),
		};
	}
	// Whoever is asked, by a person or by a flag, must be able to say yes to something that can be done.
	await road.effector.demandRights(plan);
	// Held back here as well, so that no judge can forget it.
	const passes = judgement.answer === 'allow' && road.chosen?.tainted !== true;
	if (passes) return approved(judgement.grant === undefined ? 'rule' : 'grant');
	if (road.yes && judgement.yes && road.chosen === undefined) return approved('yes-flag');

	const client = judgement.client === true;
	const decision = await road.confirm({plan, digest, why: judgement.why, client}, road.signal);
	if (decision.kind === 'approve') {
		// Held here as well, so that no confirmer can take a client's yes where policy does not.
		if (decision.client !== true) return approved('review');
		if (client) return approved('client');
	}
	if (decision.kind === 'reject') {
		await audit('rejected', decision.feedback);
		return {kind: 'rejected', tool: tool.name, digest, plan, by: 'person', feedback: decision.feedback};
	}
	const id = await road.waiting.save(plan, digest, storableValues(plan, made.sealed), road.maker);
	await audit('waiting', id);
	return {kind: 'waiting', tool: tool.name, digest, plan, id};
}
