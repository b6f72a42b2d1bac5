import {execFile} from 'node:child_process';
import {readdir, readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {temporaryFolder} from '../support/temporary-folder.ts';

/** One thing that a scenario looked at. */
type Check = {readonly id: string; readonly status: string; readonly errorMessage?: string};

const require = createRequire(import.meta.url);

/** The stable release of the official scenarios, and the one that knows 2026-07-28. */
const releases = {
	conformance: require.resolve('conformance/package.json'),
	'conformance-next': require.resolve('conformance-next/package.json'),
};
type Release = keyof typeof releases;

const folderOf = (release: Release) => dirname(releases[release]);

/** Scenarios that a revision requires of a server, as its release lists them. */
export const requirements = (revision: string) => readFile(join(folderOf('conformance-next'), 'requirements', `${revision}.yaml`), 'utf8');

/** Runs official scenarios against a server as a program of its own, and answers their checks by scenario. */
export async function runOfficial(
	release: Release,
	url: string,
	choice: readonly string[],
): Promise<ReadonlyMap<string, readonly Check[]>> {
	const results = await temporaryFolder();
	const program = join(folderOf(release), 'dist/index.js');
	// What it ends with is in the checks, and more.
	await promisify(execFile)(process.execPath, [program, 'server', '--url', url, ...choice, '-o', results], {
		maxBuffer: 64 * 1024 * 1024,
	}).catch((error: {readonly code?: unknown}) => {
		if (typeof error.code !== 'number') throw error;
	});
	const folders = await readdir(results);
	const read = folders.map(async folder => {
		const [, scenario = folder] = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(folder) ?? [];
		return [scenario, JSON.parse(await readFile(join(results, folder, 'checks.json'), 'utf8')) as readonly Check[]] as const;
	});
	return new Map(await Promise.all(read));
}
