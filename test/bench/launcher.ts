import {execFile, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';

/** One program from its start to its end. */
export type Sample = {
	readonly wallMs: number;
	/** User and system time together, of all its threads. */
	readonly cpuMs: number;
	/** Largest resident set. */
	readonly peakRssMb: number;
	readonly outputBytes: number;
	readonly outputLines: number;
};

export type CommandLine = readonly [program: string, ...args: string[]];

/** Runs one command line. @throws with what it said on standard error when its exit code is not an expected one */
export type Measure = (command: CommandLine, exits?: readonly number[]) => Promise<Sample>;

/**
 * Builds the launcher (`launcher/main.go`) into a folder, and answers where it is; a second with a warm build cache.
 */
export function buildLauncher(folder: string): string {
	const launcher = join(folder, 'launcher');
	const built = spawnSync('go', ['build', '-trimpath', '-o', launcher, '.'], {
		cwd: join(import.meta.dirname, 'launcher'),
		env: {...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'local'},
		encoding: 'utf8',
	});
	if (built.error) throw new Error(`go is needed to build ${import.meta.dirname}/launcher: ${built.error.message}`);
	if (built.status !== 0) throw new Error(`the launcher was not built:\n${built.stderr}`);
	return launcher;
}

/** @param env of the measured programs */
export function measureWith(launcher: string, env: NodeJS.ProcessEnv): Measure {
	return async (command, exits = [0]) => {
		const {stdout} = await promisify(execFile)(launcher, [...command], {env, maxBuffer: 16 * 1024 * 1024});
		const {exitCode, stderr, ...sample}: Sample & {readonly exitCode: number; readonly stderr: string} = JSON.parse(stdout);
		if (exits.includes(exitCode)) return sample;
		throw new Error(`${command.join(' ')} ended with ${exitCode}:\n${stderr.slice(-2000)}`);
	};
}
