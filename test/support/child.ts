import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import type {Ran} from './host.ts';

const program = fileURLToPath(new URL('../../dist/mkcoa.js', import.meta.url));

/** A real process of the built program; `code` is the exit code, or null where a signal ended it. */
export function startChild(words: readonly string[], folder: string) {
	const {NODE_OPTIONS: _, ...env} = process.env;
	const child = spawn(process.execPath, [program, ...words], {
		env: {...env, HOME: folder, XDG_STATE_HOME: `${folder}/state`, XDG_CONFIG_HOME: `${folder}/config`},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
	const printed = Promise.all([text(child.stdout), text(child.stderr)]);
	return {
		kill: (signal: NodeJS.Signals) => void child.kill(signal),
		ended: async (): Promise<Omit<Ran, 'code'> & {readonly code: number | null}> => {
			const [code, [out, err]] = await Promise.all([ended, printed]);
			return {code, out, err};
		},
	};
}
