import {MkcoaError, type Trouble, troubleOf} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import type {AnyTool} from '../../core/tool.ts';
import type {OutsideServer} from '../../mcp/outside/connect-server.ts';
import {endpointOf, type ServerEntry} from '../../mcp/outside/server-entry.ts';
import {serverOf} from '../../mcp/outside/tool-name.ts';
import type {OutsideServers} from '../../state/outside-store.ts';
import type {Host} from '../host.ts';
import type {Ports} from '../ports.ts';
import {allTools} from '../tool-groups.ts';
import {approvedTools} from './approved-tools.ts';
import {reachServer} from './reach-server.ts';
import {readServers} from './servers-file.ts';

type Around = {
	readonly host: Pick<Host, 'env' | 'home' | 'clock'>;
	/** The person's own, whatever cluster they look at. */
	readonly kept: OutsideServers;
	readonly redact: (value: Json) => Json;
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

type Group = {readonly name: string; readonly load: () => Promise<readonly AnyTool<Ports>[]>};

/** Third parties' servers as a session reaches them: none is started before something of it is wanted. */
export type Outside = {
	/** One group of tools for each server of the list. Never rejects: what goes wrong is told by `troubles`. */
	readonly groups: () => Promise<readonly Group[]>;
	/** Connects to all, and tells what is wrong with any of them; each trouble once. */
	readonly troubles: () => Promise<readonly Trouble[]>;
	/** A tool by its name, `SERVER_TOOL`. @throws MkcoaError where its server is listed and cannot be used */
	readonly toolNamed: (name: string) => Promise<AnyTool<Ports> | undefined>;
	/** The same among those that were met so far. */
	readonly met: (name: string) => AnyTool<Ports> | undefined;
	/** Ends every program that was started. */
	readonly close: () => Promise<void>;
};

/** Servers of the person's list whose tools were approved, each connected once, when it is first needed. */
export function outsideServers({host, kept, redact, learn, signal}: Around): Outside {
	const closed = new AbortController();
	const until = AbortSignal.any([signal, closed.signal]);
	const troubles: Trouble[] = [];
	const met = new Map<string, AnyTool<Ports>>();
	const connections = new Map<string, Promise<OutsideServer>>();
	const loaded = new Map<string, Promise<readonly AnyTool<Ports>[]>>();
	let listed: Promise<ReadonlyMap<string, ServerEntry>> | undefined;
	const list = () => {
		listed ??= readServers(host);
		return listed;
	};

	async function load(name: string, entry: ServerEntry): Promise<readonly AnyTool<Ports>[]> {
		const approved = await kept.approved(name);
		if (approved === undefined || approved.endpoint !== endpointOf(entry)) throw notApproved(name, approved !== undefined);
		const era = approved.era === 'legacy' ? 'legacy' : undefined;
		const connection = () => {
			const open = connections.get(name) ?? reachServer({name, entry, host, kept, learn, signal: until, era});
			connections.set(name, open);
			open.catch(() => connections.delete(name));
			return open;
		};
		const ended = () => {
			const open = connections.get(name);
			connections.delete(name);
			void open?.then(
				server => server.close(),
				() => {},
			);
		};
		const offered = await approvedTools({
			server: name,
			approved,
			connection,
			ended,
			redact,
			taken: new Set((await allTools()).keys()),
			signal: until,
		});
		troubles.push(...offered.troubles);
		for (const tool of offered.tools) met.set(tool.name, tool);
		return offered.tools;
	}
	const loadOnce = (name: string, entry: ServerEntry) => {
		const loading = loaded.get(name) ?? load(name, entry);
		loaded.set(name, loading);
		return loading;
	};
	const groups = async (): Promise<readonly Group[]> => {
		const servers = await list().catch((error: unknown) => {
			listed = Promise.resolve(new Map());
			troubles.push(troubleOf(error));
			return new Map<string, ServerEntry>();
		});
		return [...servers].map(([name, entry]) => ({
			name,
			load: async () => {
				const isFirst = !loaded.has(name);
				return loadOnce(name, entry).catch((error: unknown) => {
					if (isFirst) troubles.push(troubleOf(error));
					return [];
				});
			},
		}));
	};
	return {
		groups,
		async troubles() {
			await Promise.all((await groups()).map(({load: go}) => go()));
			return troubles.splice(0);
		},
		async toolNamed(name) {
			const server = serverOf(name);
			const entry = (await list()).get(server);
			if (entry === undefined) return undefined;
			return (await loadOnce(server, entry)).find(each => each.name === name);
		},
		met: name => met.get(name),
		async close() {
			closed.abort();
			const open = await Promise.allSettled(connections.values());
			await Promise.all(open.map(each => (each.status === 'fulfilled' ? each.value.close() : undefined)));
		},
	};
}

const notApproved = (name: string, isOther: boolean) =>
	new MkcoaError({
		kind: 'environment',
		code: 'outside-not-approved',
		what: `The MCP server ${name} is left out`,
		why: isOther ? 'its command or address is another one than you approved' : 'you have not approved its tools yet',
		next: `See them and say yes with: mkcoa mcp add ${name}`,
	});
