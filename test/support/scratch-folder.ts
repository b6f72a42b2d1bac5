import {accessSync, constants, readFileSync, statfsSync} from 'node:fs';
import {tmpdir} from 'node:os';

const memory = '/dev/shm';
/** Far more than all tests hold at once; containers often have 64 MiB. */
const leastBytes = 2 ** 30;

/**
 * Where tests keep their files: in memory where that has room and programs may be started from it. Each command that is run in a test makes a
 * database and commits to it, and a commit waits for the disk.
 */
export function scratchFolder(): string {
	if (process.env.TMPDIR !== undefined || process.platform !== 'linux') return tmpdir();
	try {
		accessSync(memory, constants.W_OK);
		const {bavail, bsize} = statfsSync(memory);
		const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
		const startsPrograms = mounts.every(line => line.split(' ')[1] !== memory || !/\bnoexec\b/.test(line));
		return startsPrograms && bavail * bsize >= leastBytes ? memory : tmpdir();
	} catch {
		return tmpdir();
	}
}
