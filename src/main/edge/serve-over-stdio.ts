import {serveOverPipes} from '../../mcp/edge/serve-stdio.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import {openEdge} from './open-edge.ts';

/** Serves the toolsets to the program that started mkcoa: it calls as the account that it runs under. */
export async function serveOverStdio(call: ActionCall, host: Host): Promise<void> {
	const edge = await openEdge(call, host, (_, agent) => ({principal: host.user, agent}));
	try {
		await serveOverPipes(edge.make, {
			input: host.input,
			output: host.output,
			signal: host.signal,
			onError: error => {
				if (call.options.verbose) host.streams.err(`${error.message}\n`);
			},
		});
	} finally {
		await edge.close();
	}
}
