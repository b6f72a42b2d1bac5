import {homedir, userInfo} from 'node:os';
import {isAbsolute} from 'node:path';

/** What the system knows of the account, or undefined: in a container a user number may have no entry, and Node throws then. */
function asked(ask: () => string): string | undefined {
	try {
		return ask();
	} catch {
		return undefined;
	}
}

/** The home folder, absolute; undefined where neither `HOME` nor the account names one: below the working directory somebody else's files may lie. */
export function homeFolder(ask: () => string = homedir): string | undefined {
	const home = asked(ask);
	return home !== undefined && isAbsolute(home) ? home : undefined;
}

/** The account's name, else its number, else `unknown`: a Lease and the audit log name somebody in any case. */
export const userName = (uid: number | undefined, ask: () => string = () => userInfo().username): string =>
	asked(ask) || String(uid ?? 'unknown');
