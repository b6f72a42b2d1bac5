/**
 * Builds the programs of a real control plane into the cache: `npm run cluster:build`. Needs Go; does nothing when they are there.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdir, rename, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {type GoModule, goModules, moduleCache, moduleFolder} from './binaries.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);
const secondsSince = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

async function goBuild(module: GoModule, goPackage: string, output: string) {
	const flags = ['-trimpath', '-p', '2', '-mod=readonly', `-ldflags=-s -w ${module.flags.join(' ')}`];
	const child = spawn('go', ['build', ...flags, '-o', output, goPackage], {
		cwd: moduleFolder(module),
		// The committed go.sum decides what is built; a tool chain is never downloaded in passing.
		env: {...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'local'},
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`go build ${goPackage} ended with ${code}`);
}

/** Builds beside the final name and renames, so that a broken build never looks finished. */
async function buildBinary(module: GoModule, name: string, goPackage: string) {
	const target = join(moduleCache(module), name);
	if (existsSync(target)) return;
	await mkdir(dirname(target), {recursive: true});
	const start = performance.now();
	say(`building ${name} from ${goPackage}`);
	await goBuild(module, goPackage, `${target}.${process.pid}`);
	await rename(`${target}.${process.pid}`, target);
	say(`built ${name} (${Math.round((await stat(target)).size / 1e6)} MB) in ${secondsSince(start)}`);
}

/** Leaves what is in the cache as it is. */
export async function buildBinaries() {
	for (const module of goModules) {
		for (const [name, goPackage] of Object.entries(module.packages)) await buildBinary(module, name, goPackage);
	}
}

if (import.meta.main) {
	const start = performance.now();
	await buildBinaries();
	say(`every program is there (${secondsSince(start)})`);
}
