import type {ToolCall} from '../commands/tool-command.ts';
import type {ExitCode} from '../core/outcome.ts';
import type {Host} from './host.ts';
import type {Ports} from './ports.ts';
import {openSession} from './session.ts';

/** One tool from the command line: connect, travel the road, print. */
export async function callTool({tool, input, options}: ToolCall<Ports>, host: Host): Promise<ExitCode> {
	const session = await openSession({options, host});
	try {
		return await session.print(tool, await session.run(tool, input));
	} finally {
		await session.close();
	}
}
