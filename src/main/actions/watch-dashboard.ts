import type {ToldDashboard} from '../../agents/monitoring/dashboard/dashboard-output.ts';
import {prefersPlain} from '../../commands/host-streams.ts';
import type {ToolCall} from '../../commands/tool-command.ts';
import type {DashboardPicture} from '../../core/dashboard/dashboard-picture.ts';
import {MkcoaError} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import type {Ports} from '../ports.ts';
import {openSession, type Session} from '../session.ts';

/** Nobody sees more than one picture in so long, and nothing may stay older than the longest. */
const [leastMs, mostMs] = [5000, 60_000];
/** A read that takes longer has failed. */
const limitMs = 60_000;

/** As often as there may be a new sample to draw. */
const everyMs = ({stepSeconds}: Pick<DashboardPicture, 'stepSeconds'>) => Math.min(mostMs, Math.max(leastMs, stepSeconds * 1000));

/** `monitor dashboard --watch`: the live screen in a terminal, else the newest figures each time that they were read, until the person interrupts. */
export async function watchDashboard({tool, input, options}: ToolCall<Ports>, host: Host): Promise<ExitCode> {
	if (options.output === 'yaml')
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-flag',
			what: '--watch prints no YAML',
			next: 'Use --json: it prints a line for each look',
		});
	const session = await openSession({options, host});
	try {
		// What cannot be read at all is told as without --watch.
		const outcome = await session.run(tool, input);
		if (outcome.kind !== 'done') return await session.print(tool, outcome);
		session.quiet();
		const first = outcome.output as ToldDashboard;
		let unseen: ToldDashboard | undefined = first;
		// What was just read is the first look.
		const read = async () => {
			const known = unseen;
			unseen = undefined;
			return known ?? readAgain(session, {tool, input});
		};
		const {streams, env} = host;
		if (input.html === true) {
			const onReady = (url: string) => streams.out(`${url}\n`);
			session.emit({kind: 'note', text: 'The page is served to this machine until Ctrl-C'});
			const serving = {clock: host.clock, everyMs, limitMs, signal: session.signal, onReady};
			await (await import('./serve-dashboard.ts')).serveDashboard(first, read, serving);
			return exitCodes.done;
		}
		const isScreen = options.output === 'text' && streams.canAsk && streams.outIsTerminal && !prefersPlain(env);
		if (isScreen) {
			const call = {values: {}, options};
			await (await import('../screens/shell.ts')).openShell({screen: 'dashboard', first, read, everyMs}, {call, host, session});
		} else
			await (await import('./dashboard-looks.ts')).printLooks(first, read, {
				isJson: options.output === 'json',
				streams,
				clock: host.clock,
				everyMs,
				limitMs,
				signal: session.signal,
			});
		return exitCodes.done;
	} finally {
		await session.close();
	}
}

async function readAgain({run}: Session, {tool, input}: Pick<ToolCall<Ports>, 'tool' | 'input'>): Promise<ToldDashboard> {
	const outcome = await run(tool, input, {emit() {}});
	if (outcome.kind === 'done') return outcome.output as ToldDashboard;
	throw outcome.kind === 'failed' ? new MkcoaError(outcome.error) : new Error(`A read ended as ${outcome.kind}`);
}
