import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {text} from 'node:stream/consumers';

/** A machine that cannot build: its message says what is missing, how to get it and what works without. */
export class NeedsGo extends Error {}
/** Something that Go itself reported on stderr. */
export class BuildFailed extends Error {}

type Call = {readonly cwd: string; readonly signal?: AbortSignal | undefined};

/**
 * Runs `go`; what it reports goes to stderr. Proxies and flags are those of the environment.
 * @returns its stdout
 * @throws BuildFailed when it ends with another code than 0; the signal's reason when aborted; an ENOENT error when there is no Go
 */
export async function runGo(args: readonly string[], {cwd, signal}: Call): Promise<string> {
	const child = spawn('go', args, {cwd, env: goEnvironment(), stdio: ['ignore', 'pipe', 'inherit']});
	// Upon an interrupt, and on nothing else, it removes its temporary files.
	const interrupt = () => child.kill('SIGINT');
	signal?.addEventListener('abort', interrupt);
	try {
		const [output, [code, killedBy]] = await Promise.all([text(child.stdout), once(child, 'close')]);
		signal?.throwIfAborted();
		if (code !== 0) throw new BuildFailed(`go ${args.slice(0, 2).join(' ')} … ${args.at(-1)} ended with ${code ?? killedBy}`);
		return output;
	} finally {
		signal?.removeEventListener('abort', interrupt);
	}
}

/** The committed go.sum decides what is built; a tool chain is never downloaded in passing. */
const goEnvironment = () => ({...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOTOOLCHAIN: process.env.GOTOOLCHAIN || 'local'});

type Version = readonly [number, number, number];
const parsed = (version: string): Version => {
	const [, major, minor, patch] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
	return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
};
const newest = (versions: readonly string[]) => versions.toSorted((one, other) => compare(parsed(one), parsed(other))).at(-1) ?? '';
const compare = (one: Version, other: Version) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

const wanted = (goModFile: string) => /^go (\S+)$/m.exec(readFileSync(goModFile, 'utf8'))?.[1] ?? '';

/**
 * Asks the Go on PATH for its version.
 * @param goModFiles whose `go` lines it has to satisfy
 * @param products what it is needed for
 * @throws NeedsGo
 */
export async function requireGo(goModFiles: readonly string[], products: readonly string[], call: Call) {
	const needed = newest(goModFiles.map(wanted));
	const found = await runGo(['env', 'GOVERSION'], call).catch(error => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (found === undefined) throw new NeedsGo(advice('Go is not installed, or not on PATH', needed, products));
	// Any other setting lets Go fetch the tool chain that it needs.
	const isFixed = goEnvironment().GOTOOLCHAIN === 'local';
	if (isFixed && compare(parsed(found), parsed(needed)) < 0) throw new NeedsGo(advice(`Go is too old: ${found.trim()}`, needed, products));
}

const advice = (what: string, needed: string, products: readonly string[]) =>
	`${what}. Go ${needed} or newer builds ${products.join(', ')}.
Install it (https://go.dev/doc/install) and run npm run cluster:build again.
Everything but the tests on a real control plane works without it: mkcoa, npm test, the embedded cluster (mkcoa --sandbox).`;
