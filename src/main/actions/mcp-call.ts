import {MkcoaError} from '../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {toolName} from '../../mcp/outside/tool-name.ts';
import type {Host} from '../host.ts';
import {noSuchServer} from '../outside/entry-of-words.ts';
import {readServers} from '../outside/servers-file.ts';
import {openSession, type Session} from '../session.ts';
import {type ActionCall, answer} from './answer.ts';

/** Calls one tool: of a third party's server along the road, or of mkcoa's own edge as a client from outside does. */
export async function mcpCall(call: ActionCall, host: Host): Promise<ExitCode> {
	const {tool = ''} = call.values;
	const input = inputOf(call.values.input === '-' ? await host.streams.readInput() : (call.values.input ?? '{}'));
	const dot = tool.indexOf('.');
	return dot === -1
		? ownTool(tool, input, call, host)
		: outsideTool({server: tool.slice(0, dot), tool: tool.slice(dot + 1)}, input, call, host);
}

function inputOf(text: string): JsonObject {
	try {
		const value: unknown = JSON.parse(text);
		if (isJsonObject(value)) return value;
	} catch {
		// Told below.
	}
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-input',
		what: 'The input is no JSON object',
		next: 'Write it like --input \'{"name": "web"}\'',
		quoted: text,
	});
}

type Named = {readonly server: string; readonly tool: string};

async function outsideTool({server, tool}: Named, input: JsonObject, call: ActionCall, host: Host): Promise<ExitCode> {
	const servers = await readServers(host);
	if (!servers.has(server)) throw noSuchServer(server, [...servers.keys()]);
	// What a third party does is done in no cluster, and none needs to be there.
	const session = await openSession({options: call.options, host, here: true});
	try {
		const found = await session.toolNamed(toolName(server, tool) ?? '');
		if (found === undefined) throw await notOffered({server, tool}, session);
		const outcome = await session.run(found, input);
		if (outcome.kind !== 'done' || outcome.plan !== undefined) return await session.print(found, outcome);
		const {text = '', structured} = isJsonObject(outcome.output) ? outcome.output : {};
		session.quiet();
		await answer(host.streams, call.options, structured ?? {text}, () =>
			found.text(outcome.output, {width: host.streams.width, terminal: false, nowMs: host.clock.now()}),
		);
		return exitCodes.done;
	} finally {
		await session.close();
	}
}

async function notOffered({server, tool}: Named, {outside}: Session): Promise<MkcoaError> {
	const group = (await outside.groups()).find(({name}) => name === server);
	const names = ((await group?.load()) ?? []).map(({origin = ''}) => origin);
	const [trouble] = await outside.troubles();
	const near = nearestNames(`${server}.${tool}`, names);
	return new MkcoaError({
		kind: 'usage',
		code: 'no-such-tool',
		what: `${server} offers no tool ${JSON.stringify(tool.slice(0, 100))} that you approved`,
		...(trouble === undefined ? {} : {why: trouble.what}),
		next: near.length === 0 ? 'See its tools with: mkcoa mcp list' : `The nearest are ${near.join(', ')}`,
	});
}

async function ownTool(name: string, input: JsonObject, call: ActionCall, host: Host): Promise<ExitCode> {
	const [{openEdge}, {localCaller}, {callInProcess}] = await Promise.all([
		import('../edge/open-edge.ts'),
		import('../edge/local-caller.ts'),
		import('../../mcp/outside/call-in-process.ts'),
	]);
	// Whoever has the shell may name any context by --context as well.
	const values = typeof input.context === 'string' && call.options.sandbox === undefined ? {...call.values, contexts: 'all'} : call.values;
	const edge = await openEdge({...call, values}, host, localCaller(call, host), {lasts: false});
	try {
		const {text, structured, isError} = await callInProcess(transport => edge.make({era: 'legacy'}).connect(transport), {
			name,
			input,
			signal: host.signal,
		});
		if (isError) {
			host.streams.err(`${text}\n`);
			return exitCodes.failed;
		}
		await answer(host.streams, call.options, structured ?? {text}, () => text);
		return isJsonObject(structured) && structured.kind === 'waiting' ? exitCodes.waiting : exitCodes.done;
	} finally {
		await edge.close();
	}
}
