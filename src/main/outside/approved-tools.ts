import {MkcoaError, type Trouble, troubleOf} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import {count} from '../../core/text/count.ts';
import type {AnyTool} from '../../core/tool.ts';
import {type Compared, comparePins} from '../../mcp/outside/compare-pins.ts';
import type {OutsideServer} from '../../mcp/outside/connect-server.ts';
import {outsideTool} from '../../mcp/outside/outside-tool.ts';
import {hashOf, type ToolDefinition, toolDefinition} from '../../mcp/outside/tool-definition.ts';
import {toolName} from '../../mcp/outside/tool-name.ts';
import type {Approved} from '../../state/outside-store.ts';
import type {Ports} from '../ports.ts';

/** The definitions of an approval; what this version does not know of them is approved no more. */
export const definitionsIn = ({tools}: Pick<Approved, 'tools'>): readonly ToolDefinition[] =>
	tools.flatMap(each => {
		const read = toolDefinition.safeParse(each);
		return read.success ? [read.data] : [];
	});

type Offering = {
	readonly server: string;
	readonly approved: Approved;
	/** The connection, made again where the last one ended. */
	readonly connection: () => Promise<OutsideServer>;
	/** Told that a connection ended, so that the next call makes another one. */
	readonly ended: () => void;
	readonly redact: (value: Json) => Json;
	/** Names of mkcoa's own tools. */
	readonly taken: ReadonlySet<string>;
	readonly signal: AbortSignal;
};

/** What a server offers to models, and what people should know of the rest. */
type Offered = {readonly tools: readonly AnyTool<Ports>[]; readonly troubles: readonly Trouble[]};

/** After these a connection is made anew: a server at an address forgets its sessions when it is started again. */
const lost: ReadonlySet<string> = new Set(['outside-unreachable', 'outside-failed']);

/** The tools of a server that say of themselves what was approved, under names of their own. @throws MkcoaError where it cannot be reached */
export async function approvedTools({server, approved, connection, ended, redact, taken, signal}: Offering): Promise<Offered> {
	const pins = definitionsIn(approved);
	const using = async <Answer>(go: (server: OutsideServer) => Promise<Answer>): Promise<Answer> => {
		const open = await connection();
		try {
			return await go(open);
		} catch (error) {
			if (open.isOver() || lost.has(troubleOf(error).code)) ended();
			throw error;
		}
	};
	const {tools: listed, leftOut} = await using(each => each.list(signal));
	const tools: AnyTool<Ports>[] = [];
	const nameless: string[] = [];
	for (const {standing, definition} of comparePins(pins, listed)) {
		if (standing !== 'pinned') continue;
		const name = toolName(server, definition.name);
		if (name === undefined || taken.has(name) || tools.some(each => each.name === name)) nameless.push(definition.name);
		else
			tools.push(
				outsideTool<Ports>({
					server,
					name,
					definition,
					redact,
					call: (input, until) => using(each => each.call(definition.name, input, until)),
					verify: until => using(async each => stillSame(server, definition, (await each.list(until)).tools)),
				}),
			);
	}
	const compared = comparePins(pins, listed);
	return {tools, troubles: [...standingTroubles(server, compared), ...leftOutTroubles(server, [...leftOut, ...nameless.map(noName)])]};
}

const noName = (tool: string) => `${tool}: there is no name for it that is free`;

function stillSame(server: string, definition: ToolDefinition, listed: readonly ToolDefinition[]): void {
	const now = listed.find(({name}) => name === definition.name);
	if (now !== undefined && hashOf(now) === hashOf(definition)) return;
	throw new MkcoaError({
		kind: 'environment',
		code: 'outside-tool-changed',
		what: `${definition.name} of ${server} was not called`,
		why: now === undefined ? 'the server does not list it any more' : 'it says something else of itself than you approved',
		next: `See what changed with: mkcoa mcp list. Approve it with: mkcoa mcp add ${server}`,
	});
}

function standingTroubles(server: string, compared: readonly Compared[]): readonly Trouble[] {
	const of = (wanted: Compared['standing']) => compared.filter(({standing}) => standing === wanted).map(({name}) => name);
	const [changed, added] = [of('changed'), of('new')];
	const next = `See how with: mkcoa mcp list. Approve with: mkcoa mcp add ${server}`;
	const about = (code: string, what: string): Trouble => ({kind: 'environment', code, what, next});
	return [
		...(changed.length === 0
			? []
			: [
					about(
						'outside-tool-changed',
						`${count(changed.length, 'tool')} of ${server} ${changed.length === 1 ? 'says something else of itself' : 'say something else of themselves'} than you approved and ${changed.length === 1 ? 'is' : 'are'} not offered: ${named(changed)}`,
					),
				]),
		...(added.length === 0
			? []
			: [
					about(
						'outside-tool-new',
						`${count(added.length, 'tool')} of ${server} ${added.length === 1 ? 'is' : 'are'} new and not approved: ${named(added)}`,
					),
				]),
	];
}

const leftOutTroubles = (server: string, leftOut: readonly string[]): readonly Trouble[] =>
	leftOut.length === 0
		? []
		: [
				{
					kind: 'environment',
					code: 'outside-tool-unusable',
					what: `Left out of ${server}: ${leftOut.slice(0, 5).join('; ')}${more(leftOut)}`,
				},
			];

const named = (names: readonly string[]) => `${names.slice(0, 5).join(', ')}${more(names)}`;
const more = (all: readonly string[]) => (all.length > 5 ? ` and ${all.length - 5} more` : '');
