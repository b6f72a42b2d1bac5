import {printOut, widthOf} from '../../commands/render/paint.ts';
import {type Trouble, troubleOf} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {createRedactor} from '../../core/secrets/redact.ts';
import type {Streams} from '../../core/streams.ts';
import {count} from '../../core/text/count.ts';
import {hanging, lineText} from '../../core/text/styled.ts';
import {textTable} from '../../core/text/text-table.ts';
import {listedTools, tokensOf} from '../../mcp/edge/listed-schema.ts';
import {schemaTokens} from '../../mcp/edge/served-tools.ts';
import {type Compared, comparePins} from '../../mcp/outside/compare-pins.ts';
import type {Era} from '../../mcp/outside/connect-server.ts';
import {endpointOf, entryText, type ServerEntry} from '../../mcp/outside/server-entry.ts';
import {cleanDefinition} from '../../mcp/outside/tool-definition.ts';
import {toolName} from '../../mcp/outside/tool-name.ts';
import type {State} from '../../state/state.ts';
import {edgeTools, edgeToolsetNames} from '../edge/toolsets.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {definitionsIn} from '../outside/approved-tools.ts';
import {reachServer} from '../outside/reach-server.ts';
import {readServers} from '../outside/servers-file.ts';
import {doesText, standingText, toolsLines} from '../outside/tool-lines.ts';
import {type ActionCall, answer} from './answer.ts';

type Looked = {
	readonly name: string;
	readonly entry: ServerEntry;
	readonly isApproved: boolean;
	readonly tools: readonly Compared[];
	readonly era?: Era;
	readonly leftOut: readonly string[];
	readonly trouble?: Trouble;
};

/** Asks every server of the list what it says of its tools now; where there is none, tells of mkcoa's own toolsets. */
export async function mcpList(call: ActionCall, host: Host): Promise<ExitCode> {
	const servers = await readServers(host);
	if (servers.size === 0) return ownToolsets(call, host);
	const state = await openUserState({}, host, host.clock);
	try {
		const all = await Promise.all([...servers].map(([name, entry]) => look(name, entry, state, host)));
		await answer(host.streams, call.options, {servers: all.map(asData)}, () => tablesOf(all, host));
		if (call.options.output === 'text') tellChanges(all, host);
		return exitCodes.done;
	} finally {
		state.close();
	}
}

async function look(name: string, entry: ServerEntry, {outside}: State, host: Host): Promise<Looked> {
	const kept = await outside.approved(name);
	const approved = kept?.endpoint === endpointOf(entry) ? kept : undefined;
	const pins = approved === undefined ? [] : definitionsIn(approved);
	const about = {name, entry, isApproved: approved !== undefined};
	try {
		const server = await reachServer({name, entry, host, kept: outside, learn: createRedactor().learn, signal: host.signal});
		try {
			const {tools, leftOut} = await server.list(host.signal);
			return {...about, era: server.era, tools: comparePins(pins, tools), leftOut};
		} finally {
			await server.close();
		}
	} catch (error) {
		return {...about, tools: [], leftOut: [], trouble: troubleOf(error)};
	}
}

const tokensIn = (tools: readonly Compared[]) =>
	tokensOf(tools.filter(({standing}) => standing === 'pinned').map(({definition}) => cleanDefinition(definition)));

const stateOf = ({isApproved, tools, trouble}: Looked): string => {
	if (trouble !== undefined) return trouble.what;
	if (!isApproved) return 'not approved';
	const open = tools.filter(({standing}) => standing !== 'pinned').length;
	return open === 0 ? 'approved' : `approved, ${open} not as approved`;
};

function tablesOf(all: readonly Looked[], {streams}: Host): string {
	const view = {width: streams.width, terminal: streams.outIsTerminal};
	const servers = textTable({
		headers: ['SERVER', 'TOOLS', 'TOKENS', 'ERA', 'STATE', 'IS'],
		rows: all.map(each => [each.name, each.tools.length, tokensIn(each.tools), each.era ?? '-', stateOf(each), entryText(each.entry)]),
		view,
	});
	const tools = textTable({
		headers: ['TOOL', 'DOES', 'STATE'],
		rows: all.flatMap(({name, tools: listed}) =>
			listed.map(each => [`${name}.${each.name}`, doesText(each.definition), standingText(each)]),
		),
		view,
	});
	return all.every(({tools: listed}) => listed.length === 0) ? servers : `${servers}\n\n${tools}`;
}

/** How changed tools changed, and what else the person should know, below the tables. */
function tellChanges(all: readonly Looked[], {streams}: Host): void {
	for (const {name, isApproved, tools, leftOut, trouble} of all) {
		const changed = tools.filter(({standing}) => standing === 'changed');
		const isOpen = isApproved ? tools.some(({standing}) => standing !== 'pinned') : trouble === undefined;
		if (changed.length > 0) {
			streams.out(`\nChanged in ${name}, and not offered to any model:\n`);
			printOut(streams, width => toolsLines(changed, width));
		}
		for (const text of leftOut) streams.out(`Left out of ${name}: ${text}\n`);
		if (trouble !== undefined) streams.out(`\n${name}: ${[trouble.why, trouble.next].filter(Boolean).join('. ')}\n`);
		else if (isOpen) streams.out(`${changed.length > 0 ? '' : '\n'}Approve ${name} with: mkcoa mcp add ${name}\n`);
	}
}

const asData = (looked: Looked) => ({
	server: looked.name,
	...looked.entry,
	era: looked.era,
	approved: looked.isApproved,
	tokens: tokensIn(looked.tools),
	tools: looked.tools.map(each => ({
		tool: each.name,
		name: toolName(looked.name, each.name),
		does: doesText(each.definition),
		standing: each.standing,
		...(each.standing === 'changed' ? {changed: each.parts} : {}),
		description: cleanDefinition(each.definition).description,
	})),
	leftOut: looked.leftOut,
	trouble: looked.trouble,
});

/** Lines that a terminal does not break within a word; one line in a pipe. */
const wrapped = (text: string, streams: Streams) => hanging([], text, {width: widthOf(streams, streams.outIsTerminal)}).map(lineText);

/** What `mcp serve` serves, with what it costs a client. */
async function ownToolsets(call: ActionCall, {streams}: Host): Promise<ExitCode> {
	const costOf = async (names: string | undefined) => {
		const tools = (await edgeTools(names)).map(({tool}) => tool);
		return {tools: tools.length, tokens: tokensOf(listedTools(tools, schemaTokens))};
	};
	const rows = await Promise.all(edgeToolsetNames.map(async toolset => ({toolset, ...(await costOf(toolset))})));
	// Less than the sum: more of each schema is told where there is room for it.
	const together = await costOf(undefined);
	await answer(streams, call.options, {servers: [], toolsets: rows, together}, () =>
		[
			...wrapped('No MCP server of a third party is listed. Add one: mkcoa mcp add NAME -- COMMAND, or --url ADDRESS', streams),
			...wrapped(`mkcoa's own toolsets, ${count(together.tools, 'tool')}, as mkcoa mcp serve serves them:`, streams),
			'',
			textTable({
				headers: ['TOOLSET', 'TOOLS', 'TOKENS'],
				rows: [...rows, {toolset: 'all of them', ...together}].map(({toolset, tools, tokens}) => [toolset, tools, tokens]),
				view: {width: streams.width, terminal: streams.outIsTerminal},
			}),
		].join('\n'),
	);
	return exitCodes.done;
}
