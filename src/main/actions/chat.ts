import {prefersPlain} from '../../commands/host-streams.ts';
import {printErr} from '../../commands/render/paint.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {hanging, span} from '../../core/text/styled.ts';
import {saidOf} from '../chat/said-of.ts';
import type {Host} from '../host.ts';
import type {ActionCall} from './answer.ts';

/** A request in the person's own words, or a conversation; also what was said before. Each is loaded when it is asked for: the screen comes first. */
export async function chat(call: ActionCall, host: Host): Promise<ExitCode> {
	if (call.values.sessions !== undefined) return (await import('./conversations.ts')).listConversations(call, host);
	if (call.values.export !== undefined) return (await import('./conversations.ts')).exportConversation(call, host);
	const {words, resume} = wordsOf(call.values);
	const {streams, clock} = host;
	const tell = (text: string) =>
		call.options.quiet ? undefined : printErr(streams, width => hanging([span('! ', 'warn')], text, {width}));
	const said = await saidOf(words, streams, {clock, tell});
	if (said !== undefined || prefersPlain(host.env)) return (await import('./chat-in-lines.ts')).chatInLines(said, {call, host, resume});
	await (await import('../screens/shell.ts')).openShell({screen: 'chat', resume}, {call, host});
	return exitCodes.done;
}

/** `--resume` may stand before the words, and then it seems to be given the first of them. */
function wordsOf({request = '', resume}: ActionCall['values']): {readonly words: string; readonly resume: string | undefined} {
	if (resume === undefined || resume === '' || /^[0-9a-hjkmnp-tv-z]{12}$/.test(resume)) return {words: request.trim(), resume};
	return {words: `${resume} ${request}`.trim(), resume: ''};
}
