import type {AnyOutcome} from '../../core/outcome.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {ModelChoice, Tools} from '../conversation/brain.ts';
import type {EmitChat} from '../conversation/event.ts';
import type {Limits} from './limits.ts';
import {revisions} from './patterns/revisions.ts';
import {repeatedCalls} from './repeated-calls.ts';
import {originOf, resultText} from './result-text.ts';
import type {Kept} from './room.ts';
import type {AskedCall} from './stream-one.ts';

type Parts = {
	readonly agent: string;
	/** Makes the ids of this turn's calls differ from those of every other. */
	readonly turnId: string;
	readonly tools: Tools;
	/** Names of the tools that only read. */
	readonly reads: ReadonlySet<string>;
	/** Where answers of third parties' tools come from, by the names of the tools. */
	readonly origins: ReadonlyMap<string, string>;
	/** Tools that are not called, though they exist: they changed what they say of themselves. */
	readonly withheld: readonly string[];
	readonly limits: Pick<Limits, 'plans' | 'refusals' | 'attempts'>;
	readonly nonce: string;
	readonly emit: EmitChat;
	readonly signal: AbortSignal;
};

/** Carries out the calls of a model for one turn. */
export type CallRunner = {
	/** A result for each call, in order. Reads that follow one another run side by side, changes one by one. */
	readonly run: (calls: readonly AskedCall[], chosen: ModelChoice) => Promise<readonly Kept[]>;
	/** Whether anything that a tool returned was given to the model. */
	readonly hasRead: () => boolean;
	readonly forgetReads: () => void;
};

export function callRunner({agent, turnId, tools, reads, origins, withheld, limits, nonce, emit, signal}: Parts): CallRunner {
	const repeated = repeatedCalls();
	const revised = revisions(limits.attempts);
	const counted = {plans: 0, refusals: 0};
	let number = 0;
	let hasRead = false;

	/** Why a call is not made at all. */
	function refusal(call: AskedCall): string | undefined {
		const isRead = reads.has(call.tool);
		if (call.broken) return 'The input of this call was no JSON object. Make the call again with a whole one.';
		if (withheld.includes(call.tool)) return 'This tool describes itself otherwise than before, so it is not called in this conversation.';
		if (!isRead && counted.refusals >= limits.refusals)
			return 'The person said no several times. No more changes are planned in this turn: say what you would do, and let them answer.';
		if (!isRead && revised.isOver())
			return 'Too many changes in a row were refused. Plan no more: say what stands against it, and let the person decide.';
		if (!isRead && counted.plans >= limits.plans)
			return 'A person was asked often enough in this turn. Sum up what is done and what is left.';
		if (repeated.isRepeated(call, isRead))
			return 'This very call was made before in this turn, and nothing changed since: its result is above.';
		return undefined;
	}

	async function one(call: AskedCall, chosen: ModelChoice): Promise<Kept> {
		const refused = refusal(call);
		if (refused !== undefined) return said(call, refused);
		// Ids of models may repeat from one answer to the next; those of events may not.
		const id = `${agent}-${turnId}-${++number}`;
		emit({kind: 'call', id, agent, tool: oneLine(call.tool), input: call.input});
		const isRead = reads.has(call.tool);
		const why = isRead ? undefined : revised.told();
		const outcome = await tools.call({id, agent, tool: call.tool, input: call.input, chosen: {...chosen, why}}, emit, signal);
		emit({kind: 'result', id, outcome});
		if (!isRead) revised.came(outcome);
		count(outcome);
		hasRead = true;
		const origin = origins.get(call.tool) ?? originOf(call.tool, call.input);
		return resultOf(call, outcome, {origin, nonce, advice: isRead ? undefined : revised.advice()});
	}

	function count(outcome: AnyOutcome): void {
		repeated.came(outcome);
		if ('plan' in outcome && outcome.plan !== undefined && outcome.kind !== 'nothing-to-do') counted.plans += 1;
		if (outcome.kind === 'rejected' && outcome.by === 'person') counted.refusals += 1;
	}

	return {
		async run(calls, chosen) {
			const results: Kept[] = [];
			let together: Promise<Kept>[] = [];
			for (const call of calls) {
				signal.throwIfAborted();
				if (!reads.has(call.tool)) {
					results.push(...(await Promise.all(together)), await one(call, chosen));
					together = [];
				} else together.push(one(call, chosen));
			}
			results.push(...(await Promise.all(together)));
			signal.throwIfAborted();
			return results;
		},
		hasRead: () => hasRead,
		forgetReads: repeated.forgetReads,
	};
}

const said = ({id, tool}: AskedCall, text: string): Kept => ({message: {role: 'result', id, tool, text, isError: true}});

type Fencing = {readonly origin: string; readonly nonce: string; readonly advice: string | undefined};

const resultOf = ({id, tool}: AskedCall, outcome: AnyOutcome, {origin, nonce, advice}: Fencing): Kept => ({
	message: {role: 'result', id, tool, text: resultText(outcome, origin, nonce, advice), isError: outcome.kind === 'failed'},
	short: `Outcome: ${outcome.kind}. The text was taken out to make room: call ${shortLine(tool, 64)} again if you need it.`,
});
