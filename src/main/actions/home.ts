import {prefersPlain} from '../../commands/host-streams.ts';
import {printOut} from '../../commands/render/paint.ts';
import {systemClock} from '../../core/clock.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {age} from '../../core/text/age.ts';
import {hanging, span} from '../../core/text/styled.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import type {ActionCall} from './answer.ts';

/** `mkcoa` alone in a terminal: the overview, from which every other screen opens. */
export async function home(call: ActionCall, host: Host): Promise<ExitCode> {
	if (prefersPlain(host.env)) return homeInLines(call, host);
	await (await import('../screens/shell.ts')).openShell({screen: 'home'}, {call, host});
	return exitCodes.done;
}

/** For screen readers, and terminals that know little: what waits, what was done last, and where to begin. */
async function homeInLines({options}: ActionCall, host: Host): Promise<ExitCode> {
	const clock = systemClock();
	const state = await openUserState(options, host, clock);
	try {
		const waiting = await state.waiting.list();
		const [last] = await state.reader.list(1);
		const lines = [
			waiting.length === 0
				? '- No plan waits for you'
				: `! ${waiting.length} plan${waiting.length === 1 ? ' waits' : 's wait'} for you: mkcoa approve`,
			last === undefined
				? '- Nothing was changed yet'
				: `- Last change ${age(clock.now() - Date.parse(last.startedAt))} ago: ${last.plan.summary}`,
			...(last === undefined ? [] : [`  Take it back with: mkcoa undo ${last.id}`]),
			'',
			'Look     mkcoa k8s list pods',
			'Deploy   mkcoa deploy canary NAME --image IMAGE',
			'Try it   mkcoa --sandbox shop k8s list pods',
			'More     mkcoa --help',
		];
		printOut(host.streams, width => lines.flatMap(line => hanging([span(line.slice(0, 2))], line.slice(2), {width})));
		return exitCodes.done;
	} finally {
		state.close();
	}
}
