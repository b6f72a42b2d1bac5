import {resolve} from 'node:path';
import type {Started} from './host.ts';

/** What of a process tells how it was started. */
type Process = Pick<NodeJS.Process, 'execPath' | 'argv' | 'cwd' | 'platform' | 'getBuiltinModule'>;

/** How a process was started. One binary holds its script; elsewhere Node is given one, by whatever name (a link of npm stays the link). */
export function startedAs({execPath, argv: [, script], cwd, platform, getBuiltinModule}: Process): Started {
	const isOneBinary = getBuiltinModule('node:sea').isSea();
	const folder = cwd();
	return {command: isOneBinary || script === undefined ? [execPath] : [execPath, resolve(folder, script)], folder, platform};
}
