import {routerAgent as agent} from '../../core/chat-result.ts';
import type {Brain, Tools} from '../conversation/brain.ts';
import type {EmitChat, EndReason} from '../conversation/event.ts';
import type {Clause} from './clause.ts';
import {guards, intents, telling, wholes} from './intents.ts';
import {notBegun} from './not-begun.ts';
import {route} from './route/route.ts';
import {withEarlier} from './route/with-earlier.ts';
import {withRights} from './route/with-rights.ts';
import type {Understanding} from './understanding.ts';
import {clauseOf} from './words/clauses-of.ts';
import type {World} from './world.ts';

type Parts = {
	/** The cluster as it is now: made anew for each request, which the signal ends. */
	readonly world: (signal: AbortSignal) => World;
	readonly nowMs: () => number;
	/** A name for each call, unique in the conversation. */
	readonly callId: () => string;
};

/** Understands English and Korean without a model. It says what it understood, and asks where it is unsure. */
export function routerBrain({world, nowMs, callId}: Parts): Brain {
	return {
		name: 'the built-in router',
		async turn({request, earlier}, tools, emit, signal) {
			const live = world(signal);
			const whole = await withEarlier(request, earlier, live);
			const clause = clauseOf(whole);
			const understood = await route(whole, live, {guards, wholes, intents, telling, nowMs: nowMs(), before: earlier.at(-1)?.request});
			let reason: EndReason = 'answered';
			for (const one of understood) {
				if (signal.aborted) return 'cancelled';
				reason = await tell(withRights(one, clause, live), {tools, emit, signal, callId, language: clause.language});
			}
			return reason;
		},
	};
}

type Telling = {
	readonly tools: Tools;
	readonly emit: EmitChat;
	readonly signal: AbortSignal;
	readonly callId: () => string;
	readonly language: Clause['language'];
};

async function tell(understood: Understanding, telling: Telling): Promise<EndReason> {
	const {emit} = telling;
	switch (understood.kind) {
		case 'refusal':
			emit({kind: 'refused', why: understood.why});
			return 'refused';
		case 'question':
			emit({kind: 'question', question: understood.text, choices: understood.choices});
			return 'asked';
		case 'answer':
			emit({kind: 'understood', text: understood.said});
			emit({kind: 'text', agent, delta: `${understood.text}\n`});
			return 'answered';
		case 'calls':
			emit({kind: 'understood', text: understood.said});
			return runCalls(understood, telling);
	}
}

/** In order; a call that fails ends the request, since what follows may build on it. */
async function runCalls(
	{calls, onlyShown = false}: Extract<Understanding, {kind: 'calls'}>,
	{tools, emit, signal, callId, language}: Telling,
): Promise<EndReason> {
	for (const [index, {tool, input}] of calls.entries()) {
		if (signal.aborted) return 'cancelled';
		const call = {id: callId(), agent, tool, input};
		emit({kind: 'call', ...call});
		const outcome = await tools.call({...call, ...(onlyShown ? {onlyShown} : {})}, emit, signal);
		emit({kind: 'result', id: call.id, outcome});
		const left = notBegun(calls.slice(index + 1), outcome.kind, language);
		if (left !== undefined) emit({kind: 'note', text: left});
		if (outcome.kind === 'failed') return 'failed';
		if (outcome.kind === 'rejected' || outcome.kind === 'drifted') return 'answered';
	}
	return 'answered';
}
