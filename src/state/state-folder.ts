import {chmodSync, mkdirSync, statSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';
import {MkcoaError} from '../core/error.ts';

/** Variables that say where the state lies. */
export type StateEnvironment = {readonly MKCOA_STATE_DIR?: string | undefined; readonly XDG_STATE_HOME?: string | undefined};

/**
 * Where the journal, the audit log and the user's key lie: `MKCOA_STATE_DIR`, else `mkcoa` under `XDG_STATE_HOME` or `~/.local/state`.
 * A relative `XDG_STATE_HOME` is ignored, as the XDG base directory specification wants.
 * @throws MkcoaError `relative-state-folder` when `MKCOA_STATE_DIR` is no absolute path, `no-home-folder` when nothing names a place
 */
export function resolveStateFolder(environment: StateEnvironment, home: string | undefined): string {
	const own = environment.MKCOA_STATE_DIR;
	if (own !== undefined && own !== '') {
		if (isAbsolute(own)) return own;
		throw new MkcoaError({
			kind: 'usage',
			code: 'relative-state-folder',
			what: 'MKCOA_STATE_DIR is not an absolute path',
			quoted: own,
			next: 'Set it to a path that starts at the root',
		});
	}
	const base = environment.XDG_STATE_HOME;
	if (base !== undefined && isAbsolute(base)) return join(base, 'mkcoa');
	if (home !== undefined) return join(home, '.local', 'state', 'mkcoa');
	throw new MkcoaError({
		kind: 'environment',
		code: 'no-home-folder',
		what: 'There is no place for the journal',
		why: 'this account has no home folder, and HOME names none',
		next: 'Set MKCOA_STATE_DIR to the path of a folder of your own',
	});
}

/**
 * Makes the folder, or checks the one that is there, and closes it to others (0700).
 * @param uid the user's number; undefined where the system has none, and then owners are not compared
 * @throws MkcoaError `state-folder-unusable`, `state-folder-not-ours`, `state-folder-open-to-others`
 */
export function prepareFolder(folder: string, uid: number | undefined): void {
	try {
		const made = mkdirSync(folder, {recursive: true, mode: 0o700});
		if (made !== undefined) chmodSync(folder, 0o700);
		refuseForeign(folder, uid);
		chmodSync(folder, 0o700);
	} catch (error) {
		if (error instanceof MkcoaError) throw error;
		throw new MkcoaError(
			{
				kind: 'environment',
				code: 'state-folder-unusable',
				what: `The state folder ${folder} cannot be used`,
				quoted: error instanceof Error ? error.message : String(error),
				next: 'Make it a folder that you may write, or set MKCOA_STATE_DIR to another one',
			},
			{cause: error},
		);
	}
}

function refuseForeign(folder: string, uid: number | undefined) {
	const {uid: owner, mode} = statSync(folder);
	if (uid !== undefined && owner !== uid)
		throw new MkcoaError({
			kind: 'environment',
			code: 'state-folder-not-ours',
			what: `The state folder ${folder} belongs to another user`,
			why: `its owner is user ${owner}, and you are user ${uid}`,
			next: 'Set MKCOA_STATE_DIR to a folder of your own',
		});
	if ((mode & 0o022) !== 0)
		throw new MkcoaError({
			kind: 'environment',
			code: 'state-folder-open-to-others',
			what: `Others may write the state folder ${folder}`,
			why: `its mode is ${(mode & 0o777).toString(8)}, so what lies in it cannot be trusted`,
			next: `Look at what is in it, then run: chmod 700 ${folder}`,
		});
}
