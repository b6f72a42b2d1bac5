import type {Options} from '../commands/options.ts';
import type {ToolCall} from '../commands/tool-command.ts';
import {MkcoaError} from '../core/error.ts';
import type {ExitCode} from '../core/outcome.ts';
import type {AnyTool} from '../core/tool.ts';
import type {Host} from './host.ts';
import type {Ports} from './ports.ts';
import {openSession} from './session.ts';

/** One tool from the command line: connect, travel the road, print. */
export async function callTool({tool, input, options, isWatched}: ToolCall<Ports>, host: Host): Promise<ExitCode> {
	if (isWatched) return (await import('./actions/watch-rollout.ts')).watchRolloutCommand(input, options, host);
	const session = await openSession({options, host});
	try {
		const way = await otherWay(tool, options);
		if (way === undefined) return await session.print(tool, await session.run(tool, input));
		return await session.print(way.tool, await session.run(way.tool, {...way.input, tool: tool.name, input: JSON.stringify(input)}));
	} finally {
		await session.close();
	}
}

/** A change that is not to happen in the cluster: the tool that takes it to a repository, or tries it on a copy. */
async function otherWay({effect, command}: AnyTool<Ports>, {gitops, rehearse}: Options) {
	if (gitops === undefined && !rehearse) return undefined;
	const flag = rehearse ? '--rehearse' : '--gitops';
	if (effect === 'read') throw badFlag(`mkcoa ${command.join(' ')} changes nothing that ${flag} could be for`, `Leave ${flag} out`);
	if (gitops === undefined) return {tool: (await import('../agents/deploy/rehearsal/rehearse.ts')).rehearse, input: {}};
	if (rehearse) throw badFlag('--rehearse and --gitops exclude each other', 'Rehearse first, then deliver');
	return {tool: (await import('../agents/deploy/ownership/gitops/gitops-deliver.ts')).gitopsDeliver, input: {repository: gitops}};
}

const badFlag = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'bad-flag', what, next});
