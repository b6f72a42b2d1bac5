import packageJson from '../../../package.json' with {type: 'json'};
import {proxyOf} from '../../mcp/kubernetes/client/transport/dispatcher.ts';
import type {CallbackListener} from '../../mcp/outside/callback-listener.ts';
import type {Era, OutsideServer} from '../../mcp/outside/connect-server.ts';
import {endpointOf, type ServerEntry} from '../../mcp/outside/server-entry.ts';
import type {OutsideServers} from '../../state/outside-store.ts';
import type {Host} from '../host.ts';

export type Reaching = {
	readonly name: string;
	readonly entry: ServerEntry;
	readonly host: Pick<Host, 'env' | 'clock'>;
	readonly kept: Pick<OutsideServers, 'signIn' | 'keepSignIn'>;
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
	readonly era?: Era | undefined;
	/** See `Connecting`. */
	readonly isFirst?: boolean | undefined;
	/** A person who can sign in now, and how the address is shown. */
	readonly person?: {readonly callback: CallbackListener; readonly show: (address: URL) => void} | undefined;
};

/** Connects to a server of the person's list. The SDK of clients is loaded here. @throws MkcoaError in words */
export async function reachServer({name, entry, host, kept, learn, signal, era, isFirst, person}: Reaching): Promise<OutsideServer> {
	const [{connectServer}, {signInProvider}] = await Promise.all([
		import('../../mcp/outside/connect-server.ts'),
		import('../../mcp/outside/sign-in.ts'),
	]);
	const endpoint = endpointOf(entry);
	const store = {
		load: () => kept.signIn(name, endpoint),
		save: (value: Parameters<typeof kept.keepSignIn>[2]) => kept.keepSignIn(name, endpoint, value),
	};
	return connectServer({
		name,
		entry,
		version: packageJson.version,
		environment: host.env,
		clock: host.clock,
		signal,
		era,
		isFirst,
		proxyOf: server => proxyOf(server, undefined, host.env),
		signIn: signInProvider({
			name,
			store,
			learn,
			person: person === undefined ? undefined : {...person.callback, show: person.show},
		}),
		...(person === undefined ? {} : {comesBack: () => person.callback.answer(host.clock, signal)}),
	});
}
