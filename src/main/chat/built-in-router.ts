import {randomUUID} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {isAbsolute} from 'node:path';
import type {Brain} from '../../agents/conversation/brain.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';

/** No settings file that a ConfigMap can hold is larger. */
const mostBytes = 1024 * 1024;

/** The router on the cluster of a session, the working directory and the environment. Loaded when a conversation begins. */
export async function builtInRouter({cluster}: Session, {env, clock}: Host): Promise<Brain> {
	const [{routerBrain}, {liveWorld}] = await Promise.all([
		import('../../agents/router/router-brain.ts'),
		import('../../agents/router/live-world.ts'),
	]);
	const surroundings = {file: textOf, hasVariable: (name: string) => env[name] !== undefined};
	return routerBrain({world: signal => liveWorld(cluster, surroundings, signal), nowMs: clock.now, callId: randomUUID});
}

/** The text of a file below the working directory. */
async function textOf(path: string): Promise<string | undefined> {
	if (isAbsolute(path) || path.split('/').includes('..')) return undefined;
	try {
		const {size} = await stat(path);
		return size > mostBytes ? undefined : await readFile(path, 'utf8');
	} catch {
		return undefined;
	}
}
