import type {ToolCall} from '../commands/tool-command.ts';
import {MkcoaError} from '../core/error.ts';
import type {ExitCode} from '../core/outcome.ts';
import type {AnyTool} from '../core/tool.ts';
import type {Host} from './host.ts';
import type {Ports} from './ports.ts';
import {openSession} from './session.ts';

/** One tool from the command line: connect, travel the road, print. */
export async function callTool({tool, input, options}: ToolCall<Ports>, host: Host): Promise<ExitCode> {
	const session = await openSession({options, host});
	try {
		if (options.gitops === undefined) return await session.print(tool, await session.run(tool, input));
		const delivery = await deliveryOf(tool);
		const delivered = {tool: tool.name, input: JSON.stringify(input), repository: options.gitops};
		return await session.print(delivery, await session.run(delivery, delivered));
	} finally {
		await session.close();
	}
}

/** The tool that takes a change to a repository in place of the cluster. */
async function deliveryOf({effect, command}: AnyTool<Ports>): Promise<AnyTool<Ports>> {
	if (effect !== 'read') return (await import('../agents/deploy/tools/gitops-deliver.ts')).gitopsDeliver;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-flag',
		what: `mkcoa ${command.join(' ')} changes nothing that --gitops could deliver`,
		next: 'Leave --gitops out',
	});
}
