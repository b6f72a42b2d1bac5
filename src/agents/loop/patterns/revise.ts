import type {AnyOutcome} from '../../../core/outcome.ts';
import type {Plan} from '../../../core/plan.ts';
import type {Judgement} from '../../../core/road/road.ts';

/** A change that is proposed, before anybody is asked about it. */
type Proposal<Call> = {readonly call: Call; readonly plan: Plan};

export type Revised<Call> =
	| {readonly kind: 'accepted'; readonly proposal: Proposal<Call>; readonly rounds: number}
	/** What the last attempt was told. */
	| {readonly kind: 'given-up'; readonly feedback: string; readonly rounds: number};

type Parts<Call> = {
	/** Makes a call, knowing what was wrong with the one before; undefined gives up. */
	readonly propose: (feedback: string | undefined) => Promise<Call | undefined>;
	/** Plans it, and nothing more. */
	readonly dryRun: (call: Call) => Promise<AnyOutcome>;
	readonly judge: (plan: Plan) => Promise<Judgement>;
	/** Whether a plan does what was asked for; the reason where it does not. */
	readonly evaluate: (plan: Plan) => string | undefined;
	readonly most?: number;
};

/**
 * Evaluator and optimizer: a proposal is planned, held against policy and against what was asked for, and revised by what was found, until it
 * stands or the rounds are used up. Nothing is changed, and a proposal that stands still asks a person.
 */
export async function revise<Call>({propose, dryRun, judge, evaluate, most = 3}: Parts<Call>): Promise<Revised<Call>> {
	let feedback: string | undefined;
	for (let round = 1; round <= most; round++) {
		const call = await propose(feedback);
		if (call === undefined) return {kind: 'given-up', feedback: feedback ?? 'Nothing was proposed', rounds: round};
		const checked = await check(await dryRun(call), judge, evaluate);
		if (typeof checked !== 'string') return {kind: 'accepted', proposal: {call, plan: checked}, rounds: round};
		feedback = checked;
	}
	return {kind: 'given-up', feedback: feedback ?? 'Nothing was proposed', rounds: most};
}

/** The plan where it stands, or what is wrong. */
async function check(outcome: AnyOutcome, judge: Parts<never>['judge'], evaluate: Parts<never>['evaluate']): Promise<Plan | string> {
	if (outcome.kind === 'failed') return [outcome.error.what, outcome.error.why, outcome.error.next].filter(Boolean).join('. ');
	if (outcome.kind === 'nothing-to-do') return 'It changes nothing: it is so already';
	if (outcome.kind !== 'planned') return `It made no plan: ${outcome.kind}`;
	const {answer, why, next} = await judge(outcome.plan);
	if (answer === 'deny') return ['Policy forbids it', why, next].filter(Boolean).join('. ');
	return evaluate(outcome.plan) ?? outcome.plan;
}
