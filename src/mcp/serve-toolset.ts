import {Server} from '@modelcontextprotocol/sdk/server/index.js';
import {type CallToolRequest, CallToolRequestSchema, ListToolsRequestSchema} from '@modelcontextprotocol/sdk/types.js';
import {MkcoaError, type Trouble} from '../core/error.ts';
import type {Emit} from '../core/event.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import {servedTool} from '../core/served-tool.ts';
import {modelAnswer} from '../core/text/model-answer.ts';
import {nearestNames} from '../core/text/nearest-names.ts';
import type {AnyTool} from '../core/tool.ts';
import {type Caller, callerOf} from './caller.ts';
import {frozenCopy} from './frozen-copy.ts';
import {callKey, originKey, stopNotification} from './wire.ts';

/** Carries one call along the road. */
export type Carry<Ports> = (
	tool: AnyTool<Ports>,
	input: unknown,
	way: {readonly caller: Caller; readonly emit: Emit; readonly signal: AbortSignal},
) => Promise<AnyOutcome>;

/** Tools that are served together, as one MCP server. */
export type Toolset<Ports> = {readonly name: string; readonly tools: readonly AnyTool<Ports>[]};

/**
 * An MCP server of one toolset. Every call ends in an Outcome: as `structuredContent` for programs, and as text short enough for a model. What
 * a tool throws is told as a failure without its message, which may hold anything.
 */
export function serveToolset<Ports>({name, tools}: Toolset<Ports>, carry: Carry<Ports>): Server {
	const server = new Server({name: `mkcoa-${name}`, version: '1'}, {capabilities: {tools: {}}});
	// Made once: what a model was told of a tool is what it stays.
	const listed = tools.map(tool => {
		const {origin, inputSchema, ...served} = servedTool(tool);
		return {
			...served,
			inputSchema: {...inputSchema, type: 'object' as const},
			...(origin === undefined ? {} : {_meta: {[originKey]: origin}}),
		};
	});
	// A stop may overtake the call that it is for.
	const stops = new Map<string, AbortController>();
	const stopOf = (id: string) => {
		const stop = stops.get(id) ?? new AbortController();
		stops.set(id, stop);
		return stop;
	};
	server.setRequestHandler(ListToolsRequestSchema, async () => ({tools: frozenCopy(listed)}));
	server.setNotificationHandler(stopNotification, ({params}) => stopOf(params.call).abort());
	server.setRequestHandler(CallToolRequestSchema, async ({params}, {authInfo, signal}) => {
		const id = String(params._meta?.[callKey] ?? '');
		const stop = stopOf(id);
		const emit: Emit = event => {
			const message = {method: 'notifications/mkcoa/event', params: {call: id, event: frozenCopy(event)}} as const;
			// A client that has gone hears nothing more; the call ends by its signal.
			void server.notification(message).catch(() => {});
		};
		try {
			return resultOf(
				await outcomeOf(tools, params, callerOf(authInfo), (tool, input, caller) =>
					carry(tool, input, {caller, emit, signal: AbortSignal.any([signal, stop.signal])}),
				),
			);
		} finally {
			stops.delete(id);
		}
	});
	return server;
}

type Go<Ports> = (tool: AnyTool<Ports>, input: unknown, caller: Caller) => Promise<AnyOutcome>;

async function outcomeOf<Ports>(
	tools: readonly AnyTool<Ports>[],
	{name, arguments: input = {}}: CallToolRequest['params'],
	caller: Caller | undefined,
	go: Go<Ports>,
): Promise<AnyOutcome> {
	const tool = tools.find(each => each.name === name);
	if (caller === undefined) return failed(name, nameless);
	if (tool === undefined) return failed(name, unknownTool(name, tools));
	try {
		return await go(tool, frozenCopy(input), caller);
	} catch (error) {
		return failed(name, error instanceof MkcoaError ? error.trouble : unforeseen);
	}
}

const nameless: Trouble = {kind: 'bug', code: 'no-caller', what: 'A call does not say who makes it', next: 'Report it'};
const unforeseen: Trouble = {
	kind: 'bug',
	code: 'bug',
	what: 'The tool failed in a way that mkcoa did not foresee',
	next: 'Do the same by a command with --verbose and report what it prints',
};

/** A call of a tool that nobody serves. */
export function unknownTool(name: string, tools: readonly {readonly name: string}[]): Trouble {
	const names = tools.map(tool => tool.name);
	const near = nearestNames(name, names);
	const next = near.length === 0 ? 'Use one of the tools that are listed' : `The nearest names are ${near.join(', ')}`;
	return {kind: 'usage', code: 'unknown-tool', what: 'There is no such tool', next, quoted: name.slice(0, 100)};
}

/** An outcome of a call that changed nothing. */
export const failed = (tool: string, error: Trouble): AnyOutcome => ({kind: 'failed', tool, error, done: [], undone: [], left: []});

const resultOf = (outcome: AnyOutcome) => ({
	content: [{type: 'text' as const, text: modelAnswer(outcome)}],
	structuredContent: {...frozenCopy(outcome)},
	isError: outcome.kind === 'failed',
});
