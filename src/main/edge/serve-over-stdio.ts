import {printErr} from '../../commands/render/paint.ts';
import {MkcoaError} from '../../core/error.ts';
import {hanging} from '../../core/text/styled.ts';
import {serveOverPipes} from '../../mcp/edge/serve-stdio.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import {localCaller} from './local-caller.ts';
import {openEdge} from './open-edge.ts';

/** For a person who typed the command: what comes next looks like nothing happens. */
const hint = [
	'An MCP client starts this and speaks to it over standard input. End it with Ctrl-C.',
	'Put it into a client with mkcoa mcp install CLIENT, or serve over HTTP with --http',
];

/** Serves the toolsets to the program that started mkcoa: it calls as the account that it runs under. */
export async function serveOverStdio(call: ActionCall, host: Host): Promise<void> {
	refuseForHttp(call);
	if (host.streams.canAsk) printErr(host.streams, width => hint.flatMap(text => hanging([], text, {width})));
	const caller = localCaller(call, host);
	const edge = await openEdge(call, host, caller);
	try {
		await serveOverPipes(edge.make, {
			input: host.input,
			output: host.output,
			signal: host.signal,
			tasks: {
				newsFor: edge.newsFor,
				// He listens for long, and his role counts at each look.
				caller: {
					...{principal: host.user, agent: ''},
					get rights() {
						return caller(undefined, '').rights;
					},
				},
			},
			onError: error => {
				if (call.options.verbose) host.streams.err(`${error.message}\n`);
			},
		});
	} finally {
		await edge.close();
	}
}

/** Whoever gives them believes that they protect something. */
const forHttp = {
	tlsCert: '--tls-cert',
	tlsKey: '--tls-key',
	name: '--name',
	issuer: '--issuer',
	audience: '--audience',
	jwks: '--jwks',
	impersonate: '--impersonate',
	noAuth: '--no-auth',
} as const;

function refuseForHttp({values}: ActionCall): void {
	const given = Object.entries(forHttp).find(([name]) => values[name as keyof typeof forHttp] !== undefined);
	if (given === undefined) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-flag',
		what: `${given[1]} is for callers over HTTP`,
		why: 'over standard input the one program calls that started mkcoa, as you',
		next: 'Give --http as well, or leave it out',
	});
}
