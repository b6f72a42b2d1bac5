import {mkdtempSync, readdirSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {programsIn} from './programs-in.ts';

/** A control plane that a test forgot ends with the worker of that test, which takes a moment. */
const patienceMs = 10_000;

/**
 * Gives all test files a temporary folder of their own, where every control plane lives. After the last test nothing may run in it any
 * more and nothing may be in it: what runs is ended, and the run fails.
 */
export default function setup() {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mkcoa-tests-')));
	process.env.TMPDIR = folder;
	return async () => {
		const deadline = performance.now() + patienceMs;
		while (leftIn(folder).length > 0 && performance.now() < deadline) await setTimeout(100);
		const left = leftIn(folder);
		for (const {pid} of programsIn(folder)) process.kill(pid, 'SIGKILL');
		rmSync(folder, {recursive: true, force: true, maxRetries: 5});
		if (left.length > 0) throw new Error(`the tests left behind:\n${left.join('\n')}`);
	};
}

const leftIn = (folder: string) => [
	...programsIn(folder).map(({pid, command}) => `process ${pid}: ${command.slice(0, 200)}`),
	...readdirSync(folder),
];
