import {isAbsolute, join} from 'node:path';

/**
 * Where Node may keep what it has compiled of mkcoa: `mkcoa/compiled` under `XDG_CACHE_HOME` or `~/.cache`. It can be removed at any time.
 * A relative `XDG_CACHE_HOME` is ignored, as the XDG base directory specification wants.
 */
export function compiledFolder({XDG_CACHE_HOME: cache}: {readonly XDG_CACHE_HOME?: string | undefined}, home: string): string {
	return join(cache !== undefined && isAbsolute(cache) ? cache : join(home, '.cache'), 'mkcoa', 'compiled');
}
