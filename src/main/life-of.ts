import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import type {Road} from '../core/road/road.ts';

/** `user@host/process-random`: one name for each run, by which others on the same machine can tell whether it lives. */
export function lifeOf(user: string): Pick<Road<unknown>, 'holder' | 'holderDied'> {
	const host = hostname();
	return {
		holder: `${user}@${host}/${process.pid}-${randomUUID().slice(0, 8)}`,
		holderDied(holder) {
			const [, otherHost, id] = /@([^@/]+)\/(\d+)-[0-9a-f]+$/.exec(holder) ?? [];
			return otherHost === host && id !== undefined && Number(id) !== process.pid && !isRunning(Number(id));
		},
	};
}

/** A process of somebody else answers that it may not be signalled, and runs. */
function isRunning(id: number): boolean {
	try {
		return process.kill(id, 0);
	} catch (error) {
		return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
	}
}
