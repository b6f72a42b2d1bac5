import {MkcoaError} from '../../core/error.ts';
import {stripControl} from '../../core/text/strip-control.ts';

type GitCall = {
	readonly input?: string | Buffer;
	/** Exit codes that are answers and no failures. */
	readonly accept?: readonly number[];
	readonly env?: {readonly [name: string]: string};
};

/** Runs the person's own git with an argument array. Resolves with its standard output and exit code. */
export type Git = (args: readonly string[], call?: GitCall) => Promise<{readonly out: Buffer; readonly code: number}>;

/** A clone of a large repository over a slow line; a push waits for the server's hooks. */
const longestMs = 10 * 60_000;
const mostBytes = 256 * 1024 * 1024;

/** Nothing is asked in the middle of a run, and no transport may start a program of its own. */
const quiet = {GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file', GCM_INTERACTIVE: 'never', LC_ALL: 'C'};

/**
 * @param environment the person's, for their credentials, agent and proxies
 * @throws MkcoaError `git-missing`, `git-nobody`, `git-failed` with git's own last words
 */
export const gitIn =
	(folder: string, environment: {readonly [name: string]: string | undefined}, signal: AbortSignal): Git =>
	async (args, {input = '', accept = [], env = {}} = {}) => {
		const {execa} = await import('execa');
		const result = await execa('git', [...args], {
			cwd: folder,
			env: {...environment, ...quiet, GIT_SSH_COMMAND: environment.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes', ...env},
			extendEnv: false,
			input,
			encoding: 'buffer',
			maxBuffer: mostBytes,
			timeout: longestMs,
			cancelSignal: signal,
			reject: false,
		});
		signal.throwIfAborted();
		const {exitCode, stdout, stderr, code} = result;
		if (exitCode !== undefined && (exitCode === 0 || accept.includes(exitCode))) return {out: Buffer.from(stdout), code: exitCode};
		throw failure(args[0] ?? '', code, Buffer.from(stderr ?? '').toString('utf8'));
	};

function failure(verb: string, code: string | undefined, words: string): MkcoaError {
	if (code === 'ENOENT')
		return new MkcoaError({
			kind: 'environment',
			code: 'git-missing',
			what: 'git cannot be started',
			why: 'it is not installed, or the folder does not exist',
			next: 'Install git, and check the folder',
		});
	if (/tell me who you are|empty ident name|no email was given/i.test(words))
		return new MkcoaError({
			kind: 'environment',
			code: 'git-nobody',
			what: 'Git does not know in whose name to commit',
			why: 'user.name and user.email are set nowhere',
			next: 'Say it once: git config --global user.name NAME, and git config --global user.email ADDRESS',
		});
	return new MkcoaError({
		kind: 'environment',
		code: 'git-failed',
		what: `git ${verb} failed`,
		next: 'Try the same by hand in a clone of the repository',
		quoted: stripControl(withoutPasswords(words).trim().slice(-400)),
	});
}

/** `https://user:password@host` → `https://host`: git repeats addresses in its errors. */
export const withoutPasswords = (text: string) => text.replace(/(\w+:\/\/)[^/@\s]+@/g, '$1');
