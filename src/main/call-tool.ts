import type {Options} from '../commands/options.ts';
import type {ToolCall} from '../commands/tool-command.ts';
import {MkcoaError} from '../core/error.ts';
import type {ExitCode} from '../core/outcome.ts';
import type {AnyTool} from '../core/tool.ts';
import {rolloutOf} from '../tui/chat/running-rollout.ts';
import type {Host} from './host.ts';
import type {Ports} from './ports.ts';
import {openSession, type Session} from './session.ts';
import type {RoadChange} from './session-road.ts';

/** One tool from the command line: connect, travel the road, print. */
export async function callTool(call: ToolCall<Ports>, host: Host): Promise<ExitCode> {
	const {tool, input, options, isWatched, isEverywhere} = call;
	if (isEverywhere) return (await import('./actions/every-context.ts')).everyContext(call, host);
	if (isWatched && tool.name === 'generate_realtime_dashboard')
		return (await import('./actions/watch-dashboard.ts')).watchDashboard(call, host);
	if (isWatched) return (await import('./actions/watch-rollout.ts')).watchRolloutCommand(input, options, host);
	const session = await openSession({options, host, clusterless: tool.needsCluster?.(input) === false});
	try {
		const way = await otherWay(tool, options);
		if (way === undefined && tool.findings !== undefined) return await callFinding(call, session, host);
		if (way === undefined) return await session.print(tool, await session.run(tool, input, tellingWatch(session, options, host)));
		return await session.print(way.tool, await session.run(way.tool, {...way.input, tool: tool.name, input: JSON.stringify(input)}));
	} finally {
		await session.close();
	}
}

/** A tool that looks for what is wrong: what it found may be wanted in another format, and may decide how the call ends. */
async function callFinding({tool, input, options, failOn}: ToolCall<Ports>, session: Session, host: Host): Promise<ExitCode> {
	const {exitCodeWith, foundBy, printFindings} = await import('./findings-report.ts');
	const outcome = await session.run(tool, input);
	if (options.report === undefined) await session.print(tool, outcome);
	else {
		session.quiet();
		await printFindings(tool, outcome, {options, host});
	}
	return exitCodeWith(outcome, foundBy(tool, outcome), failOn);
}

/** A person at a terminal is told once how to watch a rollout on a screen. The embedded cluster is of this process: no other one reaches it. */
function tellingWatch({emit}: Session, {sandbox, output, quiet}: Options, {streams}: Host): RoadChange {
	if (!streams.canAsk || sandbox !== undefined || output !== 'text' || quiet) return {};
	let rollout: string | undefined;
	return {
		emit(event) {
			emit(event);
			rollout = rolloutOf(event) ?? rollout;
			if (event.kind === 'approved' && rollout !== undefined)
				emit({kind: 'note', text: `In another terminal this shows it live: mkcoa deploy status ${rollout} --watch`});
		},
	};
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
