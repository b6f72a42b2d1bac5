import {readFileSync} from 'node:fs';

/** Linux counts the CPU time of a process in hundredths of a second. */
const ticksPerSecond = 100;
const windowMs = 2000;

/** What a process has used of processors since its start, its threads included. */
export function cpuSeconds(pid: number): number {
	// The name in brackets may hold spaces; fields are counted behind it. 14 and 15 are user and system time.
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/**
 * Waits until these programs have used less than a tenth of one core together for two seconds.
 * @returns the share of one core that they used in the last window
 * @throws when they never were
 */
export async function untilQuiet(pids: readonly number[], {limit = 0.1, tries = 60} = {}): Promise<number> {
	const all = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
	let used = Number.POSITIVE_INFINITY;
	for (let left = tries; left > 0 && used > limit; left--) {
		const before = all();
		await new Promise(resolve => setTimeout(resolve, windowMs));
		used = (all() - before) / (windowMs / 1000);
	}
	if (used > limit) throw new Error(`the control plane never came to rest: it used ${used.toFixed(2)} of a core at last`);
	return used;
}
