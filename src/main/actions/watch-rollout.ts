import {prefersPlain} from '../../commands/host-streams.ts';
import type {Options} from '../../commands/options.ts';
import {printOut} from '../../commands/render/paint.ts';
import {MkcoaError} from '../../core/error.ts';
import type {JsonObject} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {RolloutPicture} from '../../core/rollout-picture.ts';
import type {Host} from '../host.ts';
import {rolloutEnd} from './rollout-lines.ts';

/** `deploy status --watch`: the live screen in a terminal, else a line for each change until the rollout ends. */
export async function watchRolloutCommand({name, namespace}: JsonObject, options: Options, host: Host): Promise<ExitCode> {
	const watched = {name: String(name), ...(typeof namespace === 'string' ? {namespace} : {})};
	if (options.output === 'yaml')
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-flag',
			what: '--watch prints no YAML',
			next: 'Use --json: it prints a line for each change',
		});
	const {streams, env} = host;
	const isScreen = options.output === 'text' && streams.canAsk && streams.outIsTerminal && !prefersPlain(env);
	if (!isScreen) return (await import('./rollout-lines.ts')).printRollout(watched, options, host);
	let last: RolloutPicture | undefined;
	const left = (picture: RolloutPicture) => {
		last = picture;
	};
	const call = {values: {}, options};
	await (await import('../screens/shell.ts')).openShell({screen: 'rollout', ...watched, left}, {call, host});
	if (last === undefined) return exitCodes.done;
	const {exit, lines} = rolloutEnd(last);
	printOut(streams, lines);
	return exit ?? exitCodes.done;
}
