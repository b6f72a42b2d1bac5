import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {MkcoaError, type Trouble} from '../core/error.ts';
import type {Streams} from '../core/streams.ts';

const troubles: {readonly [code: string]: Pick<Trouble, 'kind' | 'code' | 'why' | 'next'>} = {
	ENOENT: {kind: 'usage', code: 'no-such-file', why: 'it does not exist', next: 'Check the path'},
	EISDIR: {kind: 'usage', code: 'not-a-file', why: 'it is a folder', next: 'Name one file'},
	'no-manifests': {
		kind: 'usage',
		code: 'no-manifests',
		why: 'the folder holds no .yaml, .yml or .json file',
		next: 'Name a file, or another folder',
	},
	EACCES: {kind: 'environment', code: 'file-not-allowed', why: 'you may not read it', next: 'Check its owner and mode'},
};

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Why a file that a person named cannot be read, quoting its path; what nobody foresaw stays as it is. */
export function fileTrouble(path: string, error: unknown): unknown {
	const trouble = troubles[codeOf(error)];
	return trouble === undefined ? error : new MkcoaError({...trouble, what: `File '${path}' cannot be read`}, {cause: error});
}

/**
 * The files of a folder and of those below it as one text of many documents, in the order of their names, each headed by its path as Helm heads what it
 * renders.
 */
async function readFolder(folder: string): Promise<string> {
	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	const paths = entries
		.filter(entry => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
		.map(entry => join(entry.parentPath, entry.name));
	if (paths.length === 0) throw Object.assign(new Error('a folder without manifests'), {code: 'no-manifests'});
	const texts = await Promise.all(paths.sort().map(async path => `---\n# Source: ${path}\n${await readFile(path, 'utf8')}`));
	return texts.join('\n');
}

/**
 * Reads the files that flags name; `-` is standard input, and of a folder every manifest is read.
 * @throws MkcoaError that quotes the path
 */
export const fileReader =
	({readInput}: Pick<Streams, 'readInput'>) =>
	async (path: string): Promise<string> => {
		if (path === '-') return readInput();
		try {
			return await readFile(path, 'utf8').catch((error: unknown) => {
				if (codeOf(error) === 'EISDIR') return readFolder(path);
				throw error;
			});
		} catch (error) {
			throw fileTrouble(path, error);
		}
	};
