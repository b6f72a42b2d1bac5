import {createHash, randomUUID} from 'node:crypto';
import {readFileSync, readlinkSync} from 'node:fs';
import {hostname} from 'node:os';
import type {Road} from '../core/road/road.ts';

/**
 * `user@host/process-space-random`: one name for each run, by which others in the same process space can tell whether it lives.
 * @param space see `processSpace`; where it is empty nobody is taken for dead
 */
export function lifeOf(user: string, space = processSpace()): Pick<Road<unknown>, 'holder' | 'holderDied'> {
	const place = space === '' ? '' : `-${space}`;
	return {
		holder: `${user}@${hostname()}/${process.pid}${place}-${randomUUID().slice(0, 8)}`,
		holderDied(holder) {
			const [, id, itsSpace] = /\/(\d+)-([0-9a-f]+)-[0-9a-f]+$/.exec(holder) ?? [];
			return space !== '' && itsSpace === space && Number(id) !== process.pid && !isRunning(Number(id));
		},
	};
}

/**
 * Tells where a process number means the same process: one boot of one kernel, one PID namespace. A host name does not, since containers,
 * pods on the network of their node and laptops may share one. Empty where the system does not say, as on macOS and Windows.
 */
function processSpace(): string {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
		return createHash('sha256')
			.update(`${boot} ${readlinkSync('/proc/self/ns/pid')}`)
			.digest('hex')
			.slice(0, 8);
	} catch {
		return '';
	}
}

/** A process of somebody else answers that it may not be signalled, and runs. */
function isRunning(id: number): boolean {
	try {
		return process.kill(id, 0);
	} catch (error) {
		return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
	}
}
