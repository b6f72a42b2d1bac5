import {lstatSync, mkdirSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';

/**
 * Where Node may keep what it has compiled of mkcoa: `mkcoa/compiled` under `XDG_CACHE_HOME` or `~/.cache`. It can be removed at any time.
 * A relative `XDG_CACHE_HOME` is ignored, as the XDG base directory specification wants.
 * @returns undefined without an absolute place: below the working directory somebody else's code may lie
 */
export function compiledFolder(
	{XDG_CACHE_HOME: cache}: {readonly XDG_CACHE_HOME?: string | undefined},
	home: string | undefined,
): string | undefined {
	if (cache !== undefined && isAbsolute(cache)) return join(cache, 'mkcoa', 'compiled');
	return home !== undefined && isAbsolute(home) ? join(home, '.cache', 'mkcoa', 'compiled') : undefined;
}

/**
 * Whether nobody else can put code into the folder. It is made where it is missing.
 * @param user uid of the caller; undefined on Windows, where a profile is its user's alone
 */
export function isOurs(folder: string, user: number | undefined): boolean {
	try {
		const found = lstatSync(folder, {throwIfNoEntry: false}) ?? made(folder);
		return found.isDirectory() && (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
	} catch {
		return false;
	}
}

function made(folder: string) {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	return lstatSync(folder);
}
