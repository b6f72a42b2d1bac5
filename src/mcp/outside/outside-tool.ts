import {createHash} from 'node:crypto';
import * as z from 'zod';
import {elevatedPrefix} from '../../core/consequences/elevation.ts';
import {MkcoaError, troubleOf} from '../../core/error.ts';
import {canonicalJson, type Json, type JsonObject} from '../../core/json.ts';
import type {Draft} from '../../core/plan.ts';
import {sealDraft} from '../../core/secrets/seal.ts';
import {cutToFit} from '../../core/text/cut-to-fit.ts';
import {modelAnswerCharacters} from '../../core/text/model-answer.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {escapeUnseen} from '../../core/text/strip-control.ts';
import {type AnyTool, type Context, changeTool, readTool, StoppedError} from '../../core/tool.ts';
import type {CalledTool} from './called-tool.ts';
import {cleanDefinition, reads, type ToolDefinition} from './tool-definition.ts';

/** What a tool needs of the server that it is on. */
export type Calling = {
	/** The server. */
	readonly server: string;
	/** Name by which models call it: `SERVER_TOOL`. */
	readonly name: string;
	/** As it was approved. */
	readonly definition: ToolDefinition;
	/** @throws MkcoaError where the server says something else of the tool now than was approved */
	readonly verify: (signal: AbortSignal) => Promise<void>;
	readonly call: (input: JsonObject, signal: AbortSignal) => Promise<CalledTool>;
	/** The one redactor: what it would take out of a text is a secret. */
	readonly redact: (value: Json) => Json;
};

/** Letters of JSON that a call may send: a person has to read all of it before a change. */
const mostLetters = 20_000;
/** What a model is told of a tool that others wrote. */
const mostDescription = 1000;

/** Stands in every plan that calls a third party: nothing but a person lets it pass. */
export const thirdParty = `${elevatedPrefix}third-party`;

const output = z.object({text: z.string(), structured: z.json().optional(), leftOut: z.array(z.string()).optional()});
const resolved = z.object({server: z.string(), tool: z.string(), arguments: z.string(), sha256: z.string()});

/**
 * A third party's tool as mkcoa's own are. One that says of itself that it reads is read from; every other one is a change whose plan shows
 * exactly what is sent, and which a person is always asked about. No secret that mkcoa knows is sent to either.
 */
export function outsideTool<Ports>(calling: Calling): AnyTool<Ports> {
	const {server, name, definition} = calling;
	const {title, description, inputSchema, annotations} = cleanDefinition(definition);
	const isRead = reads(definition);
	const told = [title, description].filter(Boolean).join(': ').slice(0, mostDescription);
	const common = {
		name,
		origin: `${server}.${definition.name}`,
		summary: `[Tool of ${server}, a third party] ${told}`,
		annotations: {
			readOnlyHint: isRead,
			destructiveHint: !isRead && annotations.destructiveHint !== false,
			idempotentHint: annotations.idempotentHint === true,
			openWorldHint: true,
		},
		command: ['mcp', 'call', `${server}.${definition.name}`],
		positionals: [],
		input: z.looseObject({}),
		inputSchema: {...inputSchema, type: 'object'},
		output,
		text: ({text, structured, leftOut = []}: z.output<typeof output>) =>
			[
				...(text === '' ? [] : [text]),
				...(structured === undefined ? [] : [JSON.stringify(structured, undefined, 2)]),
				...(leftOut.length === 0 ? [] : [`Not shown: ${leftOut.join('; ')}`]),
			].join('\n'),
	};
	if (isRead)
		return readTool({
			...common,
			effect: 'read',
			async run(input: unknown, {signal, answerCharacters}: Context<Ports>) {
				const sent = argumentsOf(calling, input);
				await calling.verify(signal);
				return fitted(await calling.call(sent, signal), answerCharacters);
			},
		});
	return changeTool({
		...common,
		effect: annotations.destructiveHint === false ? 'change' : 'destructive',
		resolved,
		async plan(input: unknown, {signal}: Context<Ports>) {
			const sent = argumentsOf(calling, input);
			await calling.verify(signal);
			return draftOf(calling, sent);
		},
		async apply({input, steps}, {signal, answerCharacters, emit}: Context<Ports>) {
			// A yes was given to these letters. A plan in which a secret was hidden is none that could be sent.
			if (sha256(input.arguments) !== input.sha256) throw secretInside(calling);
			await calling.verify(signal);
			emit({kind: 'step', index: 0, of: 1, title: steps[0]?.title ?? name});
			try {
				return fitted(await calling.call(JSON.parse(input.arguments) as JsonObject, signal), answerCharacters);
			} catch (error) {
				throw unsure(calling, error);
			}
		},
	});
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** JSON in which nothing is hidden from the eye. */
const visible = (value: JsonObject): string =>
	escapeUnseen(JSON.stringify(value), character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

function argumentsOf(calling: Calling, input: unknown): JsonObject {
	// Tools are called with JSON objects.
	const sent = input as JsonObject;
	const letters = JSON.stringify(sent).length;
	if (letters > mostLetters)
		throw new MkcoaError({
			kind: 'usage',
			code: 'outside-input-too-long',
			what: `The input of ${calling.name} has ${letters} letters`,
			why: `${mostLetters} at most are sent to a third party`,
			next: 'Send less',
		});
	if (canonicalJson(calling.redact(sent)) !== canonicalJson(sent)) throw secretInside(calling);
	return sent;
}

function draftOf(calling: Calling, sent: JsonObject): Draft<z.output<typeof resolved>> {
	const {server, definition, name} = calling;
	const isDestructive = definition.annotations.destructiveHint !== false;
	const text = canonicalJson(sent);
	const said = shortLine(definition.description, 300);
	const draft: Draft<z.output<typeof resolved>> = {
		input: {server, tool: definition.name, arguments: text, sha256: sha256(text)},
		summary: `Call ${definition.name} of the MCP server ${server}`,
		risk: {
			level: isDestructive ? 'high' : 'medium',
			reasons: [isDestructive ? 'nothing says that it destroys nothing' : 'what it changes is not known before'],
		},
		steps: [{title: `Call ${definition.name} of ${server} with ${visible(sent)}`, writes: [], outside: true}],
		changes: [],
		consequences: [
			{
				id: thirdParty,
				severity: isDestructive ? 'danger' : 'warning',
				text: `A server of a third party does this: mkcoa can neither compute what ${name} changes nor take it back`,
			},
			...(said === '' ? [] : [{id: 'third-party-words', severity: 'info' as const, text: `${server} says of it: “${said}”`}]),
		],
		preconditions: [],
		verify: [`${server} answers without an error`],
		undo: {possible: false, how: `${server} is a third party's; what it did is taken back there, if at all`},
	};
	if (canonicalJson(sealDraft(draft).draft) !== canonicalJson(draft)) throw secretInside(calling);
	return draft;
}

/** An answer within the budget of whoever asked. */
function fitted({text, structured}: CalledTool, answerCharacters = modelAnswerCharacters): z.output<typeof output> {
	const whole = {text, ...(structured === undefined ? {} : {structured})};
	const {value, leftOut} = Number.isFinite(answerCharacters) ? cutToFit(whole, answerCharacters - 500) : {value: whole, leftOut: []};
	const kept = output.safeParse(value);
	return {...(kept.success ? kept.data : {text: ''}), ...(leftOut.length === 0 ? {} : {leftOut: [...leftOut]})};
}

/** The call was sent: whatever came back, it may have had its effect. */
function unsure({server, definition}: Calling, error: unknown): StoppedError {
	const {next, ...trouble} = troubleOf(error);
	return new StoppedError({
		trouble: {
			...trouble,
			next: `Look there before you call it again: it was sent, and may have been done${next === undefined ? '' : `. ${next}`}`,
		},
		undone: [],
		left: [`whatever ${definition.name} of ${server} did before it failed`],
	});
}

const secretInside = ({name}: Calling) =>
	new MkcoaError({
		kind: 'usage',
		code: 'secret-in-arguments',
		what: `${name} was not called`,
		why: 'a secret value stands in its input, and none is sent to a third party',
		next: 'Leave it out',
	});
