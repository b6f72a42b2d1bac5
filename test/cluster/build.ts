/**
 * Builds the programs of a real control plane into the cache: `npm run cluster:build`. Needs Go only for what is not there. Ends with 3
 * where Go is missing or too old, with 1 where a build failed.
 */
import {existsSync, mkdirSync, statSync} from 'node:fs';
import {setTimeout} from 'node:timers/promises';
import {MkcoaError} from '../../src/core/error.ts';
import {runLocks} from '../../src/state/run-locks.ts';
import {cacheRoot} from './binaries.ts';
import {BuildFailed, NeedsGo, requireGo} from './go-tool.ts';
import {makeProduct, type Product, products, removeLeftovers} from './products.ts';

type Options = {readonly say: (line: string) => void; readonly signal?: AbortSignal};

/**
 * Makes what the cache lacks and leaves the rest as it is.
 * @throws NeedsGo, BuildFailed, or the signal's reason
 */
export async function buildPrograms({say, signal}: Options) {
	const start = performance.now();
	const all = products();
	const isMissing = ({path}: Product) => !existsSync(path);
	const missing = all.filter(isMissing);
	const there = all.filter(product => !missing.includes(product));
	if (there.length > 0) say(`cached: ${there.map(({name}) => name).join(', ')}`);
	if (missing.length > 0) {
		mkdirSync(cacheRoot(), {recursive: true});
		const names = missing.map(({name}) => name);
		await requireGo([...new Set(missing.map(({goMod}) => goMod))], names, {cwd: cacheRoot(), signal});
		say(`to build: ${names.join(', ')}`);
		await alone({say, signal}, async () => {
			// Another build may have made them meanwhile.
			for (const product of missing.filter(isMissing)) await build(product, {say, signal});
		});
	}
	say(`all ${all.length} are in ${cacheRoot()} (${secondsSince(start)})`);
}

const secondsSince = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

async function build(product: Product, {say, signal}: {readonly say: Options['say']; readonly signal: AbortSignal | undefined}) {
	const start = performance.now();
	removeLeftovers(product);
	say(`building ${product.name} from ${product.source}`);
	await makeProduct(product, signal);
	const file = statSync(product.path);
	say(`built ${product.name}${file.isFile() ? `, ${Math.round(file.size / 1e6)} MB,` : ''} in ${secondsSince(start)}`);
}

/** One build at a time on this machine: two would do the same work twice. The lock ends with its process, however that ends. */
async function alone({say, signal}: {readonly say: Options['say']; readonly signal: AbortSignal | undefined}, work: () => Promise<void>) {
	const locks = runLocks(cacheRoot());
	const isMine = () => {
		try {
			locks.take('build');
			return true;
		} catch (error) {
			if (error instanceof MkcoaError && error.trouble.code === 'run-in-progress') return false;
			throw error;
		}
	};
	try {
		for (let hasSaid = false; !isMine(); hasSaid = true) {
			if (!hasSaid) say('another build is running; waiting for it');
			await setTimeout(200, undefined, {signal});
		}
		await work();
	} finally {
		locks.close();
	}
}

/** For a command: an expected failure becomes a message and an exit code. @returns whether everything is there */
export async function hasBuilt({say, signal}: Required<Options>): Promise<boolean> {
	try {
		await buildPrograms({say, signal});
		return true;
	} catch (error) {
		const reason: unknown = signal.aborted ? signal.reason : error;
		if (!(signal.aborted || error instanceof NeedsGo || error instanceof BuildFailed)) throw error;
		say(reason instanceof Error ? reason.message : String(reason));
		process.exitCode = error instanceof NeedsGo ? 3 : 1;
		return false;
	}
}

/** Aborted by what ends a command, so that it can clean up first. */
export function untilSignalled(): AbortSignal {
	const asked = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort(new Error(`stopped by ${signal}`)));
	return asked.signal;
}

if (import.meta.main) await hasBuilt({say: line => process.stderr.write(`${line}\n`), signal: untilSignalled()});
