import {printErr} from '../../commands/render/paint.ts';
import {MkcoaError} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {createRedactor} from '../../core/secrets/redact.ts';
import {count} from '../../core/text/count.ts';
import {emptyLine, hanging, span} from '../../core/text/styled.ts';
import {listenForCallback} from '../../mcp/outside/callback-listener.ts';
import {type Compared, comparePins} from '../../mcp/outside/compare-pins.ts';
import type {Era} from '../../mcp/outside/connect-server.ts';
import {endpointOf, entryText, type ServerEntry} from '../../mcp/outside/server-entry.ts';
import {cleanDefinition, type ToolDefinition} from '../../mcp/outside/tool-definition.ts';
import {toolName} from '../../mcp/outside/tool-name.ts';
import type {State} from '../../state/state.ts';
import {askYes} from '../../tui/ask-yes.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {definitionsIn} from '../outside/approved-tools.ts';
import {checkName, entryOfWords, noSuchServer} from '../outside/entry-of-words.ts';
import {reachServer} from '../outside/reach-server.ts';
import {readServers, writeServer} from '../outside/servers-file.ts';
import {doesText, standingText, toolsLines} from '../outside/tool-lines.ts';
import {type ActionCall, answer} from './answer.ts';

type Adding = {readonly name: string; readonly entry: ServerEntry; readonly call: ActionCall; readonly host: Host; readonly state: State};

/** Adds a third party's server, or approves anew what one that is there says of itself: the person sees every tool and says yes. */
export async function mcpAdd(call: ActionCall, host: Host): Promise<ExitCode> {
	const {name = '', url} = call.values;
	await checkName(name);
	const given = entryOfWords({command: call.lists?.command ?? [], url, env: call.lists?.env ?? []});
	const servers = await readServers(host);
	const known = servers.get(name);
	if (given !== undefined && known !== undefined && endpointOf(given) !== endpointOf(known)) throw isThere(name, known);
	const entry = given ?? known;
	if (entry === undefined) throw noSuchServer(name, [...servers.keys()]);
	const state = await openUserState({}, host, host.clock);
	try {
		return await add({name, entry, call, host, state}, known !== undefined);
	} finally {
		state.close();
	}
}

async function add(adding: Adding, isKnown: boolean): Promise<ExitCode> {
	const {name, entry, call, host, state} = adding;
	const {era, tools, leftOut} = await seen(adding);
	const before = await state.outside.approved(name);
	const pins = before?.endpoint === endpointOf(entry) ? definitionsIn(before) : [];
	const compared = comparePins(pins, tools);
	const open = compared.filter(({standing}) => standing !== 'pinned');
	show(adding, {era, compared, open, leftOut});
	const said = await answered(adding, open.length === 0 && isKnown);
	if (said !== 'yes') {
		// What signing in brought belongs to a server that is not wanted.
		if (before === undefined) await state.outside.forget(name);
		if (said === 'no') host.streams.err('Nothing was approved.\n');
	} else {
		await state.outside.approve(name, {endpoint: endpointOf(entry), era, tools});
		await writeServer(host, name, entry);
		await state.audit.append({
			action: 'granted',
			tool: `${name}_*`,
			identity: host.user,
			context: '*',
			detail: `tools of the MCP server ${name}: ${count(tools.length, 'tool')}, ${entryText(entry)}`,
		});
	}
	await answer(host.streams, call.options, resultOf(adding, {era, compared, leftOut, said}), () =>
		said === 'yes' ? `✓ ${name}: ${count(tools.length, 'tool')} approved. Models call them ${name}_TOOL` : '',
	);
	return said === 'no' ? exitCodes.declined : exitCodes.done;
}

/** Connects, signing in where the server asks for it and a person is there. */
async function seen({name, entry, host, state}: Adding) {
	const {streams, signal} = host;
	const callback = 'url' in entry && streams.canAsk ? await listenForCallback() : undefined;
	const show = (address: URL) => streams.err(`Sign in to ${name} with a browser of this machine:\n\n  ${address.href}\n\n`);
	try {
		const server = await reachServer({
			name,
			entry,
			host,
			kept: state.outside,
			learn: createRedactor().learn,
			signal,
			isFirst: true,
			person: callback === undefined ? undefined : {callback, show},
		});
		try {
			return {era: server.era, ...(await server.list(signal))};
		} finally {
			await server.close();
		}
	} finally {
		callback?.close();
	}
}

type Shown = {
	readonly era: Era;
	readonly compared: readonly Compared[];
	readonly open: readonly Compared[];
	readonly leftOut: readonly string[];
};

function show({name, entry, host, call}: Adding, {era, compared, open, leftOut}: Shown): void {
	const {output, yes, dryRun} = call.options;
	// Whoever is asked has seen it, whatever is printed for a program.
	if (output !== 'text' && (yes || dryRun || open.length === 0)) return;
	const pinned = compared.length - open.length;
	printErr(host.streams, width => [
		...hanging([span(`${name}  `, 'strong')], `${entryText(entry)}, ${era === 'modern' ? '2026-07-28' : '2025-11-25 or before'}`, {width}),
		...('url' in entry
			? []
			: hanging([span('! ', 'warn')], 'This program runs as you: it can read and change all that you can', {width, tone: 'warn'})),
		emptyLine,
		...toolsLines(open, width),
		...(pinned === 0 ? [] : [[span(`${count(pinned, 'tool')} as you approved ${pinned === 1 ? 'it' : 'them'}`)]]),
		...leftOut.flatMap(text => hanging([span('! ', 'warn')], `Left out: ${text}`, {width})),
	]);
}

type Said = 'yes' | 'no' | 'not asked';

async function answered({name, call, host}: Adding, isSame: boolean): Promise<Said> {
	if (call.options.dryRun) return 'not asked';
	if (isSame || call.options.yes) return 'yes';
	if (!host.streams.canAsk)
		throw new MkcoaError({
			kind: 'usage',
			code: 'nobody-to-ask',
			what: `No tool of ${name} was approved`,
			why: 'nobody is there to say yes',
			next: 'Read them above, and add --yes; or run it at a terminal',
		});
	const isYes = await askYes(`Let models see and call these tools of ${name}?`, {input: host.input, output: host.screen}, host.signal);
	return isYes ? 'yes' : 'no';
}

type Result = Omit<Shown, 'open'> & {readonly said: Said};

const resultOf = ({name, entry}: Adding, {era, compared, leftOut, said}: Result) => ({
	server: name,
	...entry,
	era,
	approved: said === 'yes',
	tools: compared.map(each => ({
		tool: each.name,
		name: toolName(name, each.name),
		does: doesText(each.definition),
		standing: standingText(each),
		...describing(each.definition),
	})),
	leftOut,
});

const describing = (definition: ToolDefinition) => {
	const {title, description, inputSchema} = cleanDefinition(definition);
	return {title, description, inputSchema};
};

const isThere = (name: string, entry: ServerEntry) =>
	new MkcoaError({
		kind: 'usage',
		code: 'mcp-server-exists',
		what: `There is an MCP server ${name} already`,
		why: `it is ${entryText(entry)}`,
		next: `Choose another name, or remove it first: mkcoa mcp remove ${name}`,
	});
