import {readFile} from 'node:fs/promises';
import {MkcoaError, type Trouble} from '../core/error.ts';
import type {Streams} from '../core/streams.ts';

const troubles: {readonly [code: string]: Pick<Trouble, 'kind' | 'code' | 'why' | 'next'>} = {
	ENOENT: {kind: 'usage', code: 'no-such-file', why: 'it does not exist', next: 'Check the path'},
	EISDIR: {kind: 'usage', code: 'not-a-file', why: 'it is a folder', next: 'Name one file'},
	EACCES: {kind: 'environment', code: 'file-not-allowed', why: 'you may not read it', next: 'Check its owner and mode'},
};

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Why a file that a person named cannot be read, quoting its path; what nobody foresaw stays as it is. */
export function fileTrouble(path: string, error: unknown): unknown {
	const trouble = troubles[codeOf(error)];
	return trouble === undefined ? error : new MkcoaError({...trouble, what: `File '${path}' cannot be read`}, {cause: error});
}

/**
 * Reads the files that flags name; `-` is standard input.
 * @throws MkcoaError that quotes the path
 */
export const fileReader =
	({readInput}: Pick<Streams, 'readInput'>) =>
	async (path: string): Promise<string> => {
		if (path === '-') return readInput();
		try {
			return await readFile(path, 'utf8');
		} catch (error) {
			throw fileTrouble(path, error);
		}
	};
