import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {serveOverPipes} from '../../mcp/edge/serve-stdio.ts';
import {openEdge} from '../edge/open-edge.ts';
import type {Host} from '../host.ts';
import type {ActionCall} from './answer.ts';

/** Serves the toolsets to the program that started mkcoa, until it closes its end. */
export async function mcpServe(call: ActionCall, host: Host): Promise<ExitCode> {
	const edge = await openEdge(call, host, agent => ({principal: host.user, agent}));
	const {verbose} = call.options;
	try {
		await serveOverPipes(edge.make, {
			input: host.input,
			output: host.output,
			signal: host.signal,
			onError: error => {
				if (verbose) host.streams.err(`${error.message}\n`);
			},
		});
		return exitCodes.done;
	} finally {
		await edge.close();
	}
}
