import {createHash} from 'node:crypto';
import {
	CLIENT_CAPABILITIES_META_KEY,
	createRequestStateCodec,
	type InputRequiredResult,
	inputRequired,
	inputResponse,
	type McpServer,
	type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type {Decision} from '../../core/decision.ts';
import {nameToType} from '../../core/name-to-type.ts';
import type {Plan} from '../../core/plan.ts';
import {planLines} from '../../core/text/plan-lines.ts';
import {lineText} from '../../core/text/styled.ts';
import type {EdgeCall} from './edge-tool.ts';

/** What a question was about, as its answer has to bring it back. */
const stateSchema = z.object({
	id: z.string(),
	digest: z.string(),
	tool: z.string(),
	name: z.string().optional(),
	place: z.string().optional(),
});
type State = z.output<typeof stateSchema>;

/** An answer to a plan that was shown in the client. */
type Answered = {
	readonly id: string;
	readonly digest: string;
	readonly decision: Decision;
	/** Context that the first call named: whatever the second one names, the person read of this one. */
	readonly place?: string | undefined;
};

/** Asks whoever sits at the client about a plan that waits. */
export type AskingClient = {
	readonly ask: (
		waiting: {readonly id: string; readonly digest: string; readonly plan: Plan; readonly place?: string | undefined},
		call: EdgeCall,
	) => Promise<InputRequiredResult>;
	/** Undefined where the call brings no answer. @throws Error where it brings one to another question */
	readonly answer: (tool: string, call: EdgeCall) => Answered | undefined;
	/** Checks what a call brings back before its tool hears of it, as `ServerOptions.requestState` wants. */
	readonly verify: (state: string, context: ServerContext) => Promise<unknown>;
};

/** How long a question stands. */
const answerSeconds = 600;
const mostLetters = 6000;
const key = 'approve';

const contentSchema = z.object({
	decision: z.enum(['no', 'yes']),
	words: z.string().max(2000).optional(),
	name: z.string().max(400).optional(),
});

/**
 * The question goes through the client and comes back signed, bound to the principal, the plan by its digest, and ten minutes: what else comes
 * back is no answer to it. That it counts at all is for policy to say.
 * @param secret at least 32 bytes that no client knows
 */
export function askingClient(secret: Uint8Array, principalOf: (context: ServerContext) => string): AskingClient {
	const codec = createRequestStateCodec<State>({
		key: secret,
		ttlSeconds: answerSeconds,
		bind: context => createHash('sha256').update(principalOf(context)).digest('hex'),
	});
	return {
		verify: (state, context) => codec.verify(state, context),
		async ask({id, digest, plan, place}, {context}) {
			const name = nameToType(plan);
			const state = {id, digest, tool: plan.tool, ...(name === undefined ? {} : {name}), ...(place === undefined ? {} : {place})};
			return inputRequired({
				inputRequests: {[key]: inputRequired.elicit({message: messageOf(plan, digest, id), requestedSchema: formOf(name)})},
				requestState: await codec.mint(state, context),
			});
		},
		answer(tool, {context: {mcpReq}}) {
			const state = stateSchema.safeParse(mcpReq.requestState());
			if (!state.success || state.data.tool !== tool) return undefined;
			// A client's JSON may bring a prototype, and what stands in that was given to no question.
			const given = Object.hasOwn(Object(mcpReq.inputResponses), key) ? mcpReq.inputResponses : undefined;
			return {...state.data, decision: decisionOf(inputResponse(given, key), state.data.name)};
		},
	};
}

function messageOf(plan: Plan, digest: string, id: string): string {
	const text = planLines(plan, digest, Number.POSITIVE_INFINITY).map(lineText).join('\n');
	return text.length <= mostLetters
		? text
		: `${text.slice(0, mostLetters)}…\nThe plan is longer than can be shown here. Read all of it with: mkcoa approve ${id}`;
}

const formOf = (name: string | undefined) => ({
	type: 'object' as const,
	properties: {
		decision: {type: 'string' as const, title: 'Apply exactly this plan?', enum: ['no', 'yes'], default: 'no'},
		words: {type: 'string' as const, title: 'If not, why?', maxLength: 2000},
		...(name === undefined
			? {}
			: {name: {type: 'string' as const, title: `This cannot be undone. To apply it, type ${name}`, maxLength: 400}}),
	},
	required: ['decision'],
});

/** Nothing but a yes is a yes. Whoever closed the question has not answered: the plan goes on waiting. */
function decisionOf(response: ReturnType<typeof inputResponse>, name: string | undefined): Decision {
	if (response.kind !== 'elicit' || response.action === 'cancel') return {kind: 'defer'};
	if (response.action === 'decline') return {kind: 'reject', feedback: ''};
	const content = contentSchema.safeParse(response.content);
	if (!content.success) return {kind: 'defer'};
	const {decision, words = '', name: typed = ''} = content.data;
	if (decision === 'no') return {kind: 'reject', feedback: words};
	if (name !== undefined && typed.trim().normalize() !== name.normalize())
		return {kind: 'reject', feedback: `The name that was typed is not ${name}`};
	return {kind: 'approve', client: true};
}

/** Whether a client says that it can ask the one who sits at it. One that says so falsely shows nothing, and nothing is approved. */
export function canElicit({mcpReq}: ServerContext, {server}: McpServer): boolean {
	const said = Object(mcpReq.envelope)[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
	const {elicitation} = Object(said) as {readonly elicitation?: {readonly form?: object; readonly url?: object}};
	return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}
