import type {ChatEvent, EmitChat} from '../../core/chat-event.ts';
import {isJsonObject, type JsonObject} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {Plan} from '../../core/plan.ts';

/** A change that is to be planned anew, maybe with inputs that a person edited. */
export type Again = {
	readonly tool: string;
	readonly input: JsonObject;
	/** Who chose the change: a model's stays one that a person is asked about. */
	readonly agent: string;
};

/** A call and what it came to. */
export type Settled = {readonly call: Extract<ChatEvent, {kind: 'call'}>; readonly outcome: AnyOutcome};

/** With which inputs the changes of a conversation were asked for (a plan holds what became of them), and which of them a person edited. */
export function editedPlans() {
	const given = new Map<string, Again>();
	let again: Again | undefined;
	return {
		/** Of the tool's newest call: changes are planned one after the other. */
		madeOf: ({tool}: Plan) => given.get(tool),
		edited(next: Again) {
			again = next;
		},
		/** The change to plan anew, once. */
		next(): Again | undefined {
			const next = again;
			again = undefined;
			return next;
		},
		/** Passes everything on but the end: the turn is over when the last of its changes is, also of one that is planned again. */
		listening(emit: EmitChat) {
			let end: ChatEvent = {kind: 'ended', reason: 'answered'};
			let settled: Settled[] = [];
			const calls = new Map<string, Extract<ChatEvent, {kind: 'call'}>>();
			const hear: EmitChat = event => {
				if (event.kind === 'call') {
					calls.set(event.id, event);
					if (isJsonObject(event.input)) given.set(event.tool, {tool: event.tool, input: event.input, agent: event.agent});
				}
				const call = event.kind === 'result' ? calls.get(event.id) : undefined;
				if (event.kind === 'result' && call !== undefined) settled.push({call, outcome: event.outcome});
				if (event.kind === 'ended') end = event;
				else emit(event);
			};
			return {
				hear,
				end: () => emit(end),
				/** What the calls since the last time came to, in order. */
				settled(): readonly Settled[] {
					const all = settled;
					settled = [];
					return all;
				},
			};
		},
	};
}

export type EditedPlans = ReturnType<typeof editedPlans>;
