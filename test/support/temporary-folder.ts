import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {whenOver} from './when-over.ts';

/** A folder for one test or for the tests of one file, removed at their end. */
export async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'mkcoa-test-'));
	whenOver(() => rm(folder, {recursive: true, force: true}));
	return folder;
}
