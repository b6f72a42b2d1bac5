import type {CallToolResult} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {type Clock, sleep} from '../../../core/clock.ts';
import type {Decision} from '../../../core/decision.ts';
import type {JsonObject} from '../../../core/json.ts';
import type {AnyOutcome} from '../../../core/outcome.ts';
import {fenceData, freshNonce} from '../../../core/text/fence-data.ts';
import {outcomeInShort} from '../../../core/text/model-answer.ts';
import {checkedInput} from '../checked-input.ts';
import type {EdgeCall, EdgeTool} from '../edge-tool.ts';
import {changeSchema} from '../listed-schema.ts';
import {mayUse} from '../may-use.ts';
import type {Needs} from '../scopes.ts';
import type {OutsideRoad} from '../served-tools.ts';
import type {PlanCards, Ticket} from './plan-cards.ts';

type Answering<Ports> = {
	readonly cards: PlanCards;
	readonly road: Pick<OutsideRoad<Ports>, 'answer'>;
	/** What a tool needs of its caller; undefined where there is none of this name. */
	readonly needsOf: (tool: string) => Needs | undefined;
	readonly clock: Clock;
	/** Aborts when the server ends: a change goes on when the page that asked for it is closed. */
	readonly closed: AbortSignal;
};

const input = z.object({
	ticket: z.string().max(8000),
	decision: z.enum(['reject', 'approve']),
	words: z.string().max(2000).default(''),
	name: z.string().max(400).default(''),
});
type Given = z.output<typeof input>;

/** How long a page waits for a change before it is told that it runs. */
const patienceMs = 20_000;

/**
 * Takes the answer that a person gave on a card. A client shows it to no model, and what it wants lies where no model reads: a ticket that is
 * signed for this principal, this plan and ten minutes, and counts once. A client that lies about both can answer what policy lets be answered in
 * clients, and nothing else.
 */
export function planAnswer<Ports>({cards, road, needsOf, clock, closed}: Answering<Ports>): EdgeTool {
	return {
		needs: {effect: 'change'},
		forPages: true,
		listed: {
			name: 'plan_answer',
			title: 'Plan answer',
			description: 'Takes the answer of a person who read a plan on its card. For the card alone',
			inputSchema: {
				type: 'object',
				properties: {
					ticket: {type: 'string'},
					decision: {type: 'string', enum: ['reject', 'approve']},
					words: {type: 'string'},
					name: {type: 'string'},
				},
				required: ['ticket', 'decision'],
			},
			outputSchema: changeSchema,
			annotations: {readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false},
			_meta: {ui: {visibility: ['app']}},
		},
		async call(given, call) {
			const answer = checkedInput(input, given);
			const ticket = await cards.ticketOf(answer.ticket, call.context);
			if (ticket === undefined) return told(refused('This card is too old, or none of yours. Ask for the change again'));
			const needs = needsOf(ticket.tool);
			if (needs === undefined || !mayUse(needs, call.caller)) return told(refused('You may not use this tool any more'));
			const hindered = hindranceOf(answer, ticket);
			if (hindered !== undefined) return told({kind: 'waiting', id: ticket.id, means: hindered});
			if (!cards.use(ticket)) return told(refused('This card was answered already. See what came of it with plan_result'));
			return carryOut(ticket, decisionOf(answer), {needs, call});
		},
	};

	async function carryOut(
		{id, digest, place}: Ticket,
		decision: Decision,
		{needs, call}: {readonly needs: Needs; readonly call: EdgeCall},
	): Promise<CallToolResult> {
		const {caller, trace, holdPlace} = call;
		const run = road.answer(
			{id, digest, decision},
			{caller, needs, emit: () => {}, signal: closed, trace, context: place, answerCharacters: 8000},
		);
		const waited = new AbortController();
		const patience = sleep(clock, patienceMs, waited.signal).then(
			() => undefined,
			() => undefined,
		);
		try {
			const outcome = await Promise.race([run, patience]);
			if (outcome !== undefined) return told(inShort(outcome));
			// What comes of it is in the journal, where the page asks for it.
			holdPlace?.(run);
			return told({kind: 'running', id, means: 'It is being carried out'});
		} finally {
			waited.abort();
		}
	}
}

/** Why the plan goes on waiting; undefined where it is answered. */
function hindranceOf({decision, name: typed}: Given, {id, mayApprove, name}: Ticket): string | undefined {
	if (decision === 'reject') return undefined;
	if (!mayApprove) return `Nothing was changed: policy wants this answered in mkcoa, with mkcoa approve ${id}`;
	if (name !== undefined && typed.trim().normalize() !== name.normalize())
		return `Nothing was changed: the name that was typed is not ${name}`;
	return undefined;
}

const decisionOf = ({decision, words}: Given): Decision =>
	decision === 'approve' ? {kind: 'approve', client: true} : {kind: 'reject', feedback: words};

const refused = (means: string): JsonObject => ({kind: 'refused', means: `Nothing was changed. ${means}`});

/** What came of it, without the plan that the page shows already. */
function inShort(outcome: AnyOutcome): JsonObject {
	const {plan: _, output: __, ...short} = outcomeInShort(outcome);
	if (outcome.kind === 'failed')
		return {...short, means: [outcome.error.what, outcome.error.why, outcome.error.next].filter(Boolean).join('. ')};
	// The usual words are for a model; here a person reads them who has just said no.
	if (outcome.kind === 'rejected' && outcome.by === 'person')
		return {...short, means: `Nothing was changed.${outcome.feedback === '' ? '' : ' Who asked for it reads your words:'}`};
	return outcome.kind === 'done' ? {...short, means: `Done: ${outcome.plan?.summary ?? ''}`} : short;
}

const told = (answer: JsonObject): CallToolResult => ({
	content: [{type: 'text', text: fenceData({origin: 'plan_answer of mkcoa', text: JSON.stringify(answer)}, freshNonce())}],
	structuredContent: answer,
});
