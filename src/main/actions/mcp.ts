import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import type {ActionCall} from './answer.ts';

/** Serves the toolsets: to the program that started mkcoa until it closes its end, or over HTTP until the person interrupts. */
export async function mcpServe(call: ActionCall, host: Host): Promise<ExitCode> {
	if (call.values.http !== undefined) await (await import('../edge/serve-over-http.ts')).serveOverHttp(call, host);
	else await (await import('../edge/serve-over-stdio.ts')).serveOverStdio(call, host);
	return exitCodes.done;
}
