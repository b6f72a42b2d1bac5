import {troubleOf} from '../core/error.ts';
import type {Event} from '../core/event.ts';
import type {Json} from '../core/json.ts';
import type {AnyOutcome} from '../core/outcome.ts';
import type {servedTool} from '../core/served-tool.ts';
import type {AnyTool} from '../core/tool.ts';
import type {Caller} from './caller.ts';
import {connectToolset, type ToolsetClient} from './connect-toolset.ts';
import {frozenCopy} from './frozen-copy.ts';
import {type Carry, failed, serveToolset, unknownTool} from './serve-toolset.ts';
import {originKey} from './wire.ts';

type Served = ReturnType<typeof servedTool>;
type Call = Caller & {readonly id: string; readonly tool: string; readonly input: Json};
type Told = {readonly kind: 'run'; readonly id: string; readonly event: Event};

/** Tools of some toolsets, and of no other. */
type Reachable = {
	readonly list: () => Promise<readonly Served[]>;
	/** Never rejects: what goes wrong is an Outcome. */
	readonly call: (call: Call, emit: (told: Told) => void, signal: AbortSignal) => Promise<AnyOutcome>;
	readonly within: (toolsets: readonly string[]) => Reachable;
};

/** Toolsets as agents reach them: each behind its own MCP server, started when it is first needed. */
export type ToolsInProcess = {
	/** All where none is named. */
	readonly of: (toolsets?: readonly string[]) => Reachable;
	readonly close: () => Promise<void>;
};

type Loading<Ports> = {readonly name: string; readonly load: () => Promise<readonly AnyTool<Ports>[]>};
type Started = {readonly client: ToolsetClient; readonly tools: readonly Served[]};

/** Which toolsets are reached. */
type Wanted = (toolset: string) => boolean;

/**
 * @param others toolsets of third parties, asked for when tools are first needed
 * @param carry takes one call along the road; it decides who is asked
 */
export function toolsInProcess<Ports>(
	toolsets: readonly Loading<Ports>[],
	others: () => Promise<readonly Loading<Ports>[]>,
	carry: Carry<Ports>,
): ToolsInProcess {
	const started = new Map<string, Promise<Started>>();
	const start = async ({name, load}: Loading<Ports>): Promise<Started> => {
		const client = await connectToolset(serveToolset({name, tools: await load()}, carry));
		return {client, tools: frozenCopy((await client.list()).map(servedOf))};
	};
	const startedOnce = (toolset: Loading<Ports>) => {
		const known = started.get(toolset.name) ?? start(toolset);
		started.set(toolset.name, known);
		return known;
	};
	const reach = (isWanted: Wanted): Reachable => {
		const all = async () => Promise.all([...toolsets, ...(await others())].filter(({name}) => isWanted(name)).map(startedOnce));
		return {
			list: async () => (await all()).flatMap(({tools}) => tools),
			within: names => reach(name => isWanted(name) && names.includes(name)),
			async call({id, tool, input, agent, chosen, onlyShown}, emit, signal) {
				try {
					const servers = await all();
					const server = servers.find(({tools}) => tools.some(({name}) => name === tool));
					if (server === undefined)
						return failed(
							tool,
							unknownTool(
								tool,
								servers.flatMap(({tools}) => tools),
							),
						);
					return await server.client.call(
						{tool, input, caller: {agent, chosen, onlyShown}},
						event => emit({kind: 'run', id, event}),
						signal,
					);
				} catch (error) {
					const {quoted, ...trouble} = troubleOf(error);
					return failed(tool, trouble);
				}
			},
		};
	};
	return {
		of: names => reach(name => names?.includes(name) ?? true),
		async close() {
			const all = await Promise.allSettled(started.values());
			await Promise.all(all.map(each => (each.status === 'fulfilled' ? each.value.client.close() : undefined)));
		},
	};
}

/** A tool as its server listed it. A hint that it does not give is taken for the more dangerous one. */
const servedOf = ({
	name,
	description = '',
	inputSchema,
	annotations,
	_meta,
}: Awaited<ReturnType<ToolsetClient['list']>>[number]): Served => ({
	name,
	description,
	inputSchema,
	annotations: {
		readOnlyHint: annotations?.readOnlyHint ?? false,
		destructiveHint: annotations?.destructiveHint ?? true,
		idempotentHint: annotations?.idempotentHint ?? false,
		openWorldHint: annotations?.openWorldHint ?? true,
	},
	...(typeof _meta?.[originKey] === 'string' ? {origin: _meta[originKey]} : {}),
});
