import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

/** Drain3 in a folder of its own, by its interpreter. */
export type Drain3 = {readonly version: string; readonly secondsFor: (file: string) => number};

const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mkcoa', 'drain3');
const python = join(home, 'bin', 'python');

const run = (program: string, args: readonly string[]) =>
	execFileSync(program, [...args], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).trim();

/**
 * Drain3 from PyPI, installed into the cache where it is not yet.
 * @throws where there is no Python, or no package index
 */
export function installDrain3(): Drain3 {
	if (!existsSync(python)) run('python3', ['-m', 'venv', home]);
	const version = () => run(python, ['-c', 'from importlib.metadata import version; print(version("drain3"))']);
	try {
		version();
	} catch {
		run(python, ['-m', 'pip', '--quiet', '--disable-pip-version-check', 'install', 'drain3']);
	}
	return {version: version(), secondsFor: file => Number(run(python, [join(import.meta.dirname, 'mine-with-drain3.py'), file]))};
}
