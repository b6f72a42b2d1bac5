import {MkcoaError, type Trouble} from '../core/error.ts';

const moveAside = 'Nothing was written to it. Move it aside, keep it, and run the command again: mkcoa then starts a new one';

/** A file that is not what it should be. It is left as it is. */
export const damaged = (file: string, why: string, options?: ErrorOptions) =>
	new MkcoaError(
		{kind: 'environment', code: 'state-damaged', what: `The state file ${file} cannot be used`, why, next: moveAside},
		options,
	);

/** A file that a newer mkcoa wrote. It is left as it is. */
export const tooNew = (file: string, version: number) =>
	new MkcoaError({
		kind: 'environment',
		code: 'state-too-new',
		what: `The state file ${file} cannot be used`,
		why: `a newer mkcoa wrote it, in version ${version}`,
		next: 'Run the newer mkcoa, or set MKCOA_STATE_DIR to another folder',
	});

type Known = Omit<Trouble, 'kind' | 'what'>;

const full: Known = {code: 'disk-full', why: 'the disk is full', next: 'Free some space and run the command again'};
const broken: Known = {code: 'state-damaged', why: 'it is damaged, or no SQLite file', next: moveAside};
const closed: Known = {
	code: 'state-not-writable',
	why: 'it may not be written',
	next: 'Check its owner, its mode and whether its disk is read-only',
};
const busy: Known = {
	code: 'state-busy',
	why: 'another mkcoa is writing to it',
	next: 'Wait until the other one has ended and run the command again',
};

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html), and the system's own. */
const known: {readonly [code: string | number]: Known} = {
	3: closed,
	5: busy,
	6: busy,
	8: closed,
	10: {code: 'state-io', why: 'the disk did not read or write', next: 'Check the disk'},
	11: broken,
	13: full,
	14: closed,
	26: broken,
	ENOSPC: full,
	EDQUOT: full,
	EACCES: closed,
	EPERM: closed,
	EROFS: closed,
	EISDIR: {...broken, why: 'it is a folder'},
};

/** Turns what SQLite or the file system threw into words for the person; anything else passes unchanged. */
export function storageError(error: unknown, file: string): unknown {
	if (!(error instanceof Error)) return error;
	const found =
		'errcode' in error && typeof error.errcode === 'number'
			? known[error.errcode & 0xff]
			: 'code' in error
				? known[String(error.code)]
				: undefined;
	if (found === undefined) return error;
	return new MkcoaError(
		{kind: 'environment', what: `The state file ${file} cannot be used`, ...found, quoted: error.message},
		{cause: error},
	);
}
