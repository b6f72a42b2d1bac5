import {constants, type Stats} from 'node:fs';
import {access, lstat, readFile, realpath, stat} from 'node:fs/promises';
import {basename, dirname, join, relative, sep} from 'node:path';
import {MkcoaError} from '../../core/error.ts';

/** A file as it was read. */
export type SeenFile = {
	/** Where it really lies, behind links. */
	readonly path: string;
	/** Undefined where there is none. */
	readonly found: {readonly bytes: Buffer; readonly mode: number; readonly uid: number; readonly gid: number} | undefined;
	/** The path went through a link of the person's. */
	readonly isLinked: boolean;
	/** The folder that it belongs in is there. */
	readonly hasFolder: boolean;
};

type Own = {
	/** The user's number; undefined where the system has none, and then owners are not compared. */
	readonly uid: number | undefined;
	/** Folder that a link must not lead out of. A project may come from anywhere, and bring links along. */
	readonly within: string | undefined;
};

const mostBytes = 64 * 1024 * 1024;
/** The word of the system for what went wrong. */
export const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** What is read, or undefined where it does not exist. */
export async function orAbsent<Result>(work: Promise<Result>): Promise<Result | undefined> {
	try {
		return await work;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/** A file that is not touched, and why. */
export const refused = (path: string, code: string, why: string, next: string) =>
	new MkcoaError({kind: 'environment', code, what: `${path} was left as it is`, why, next});

/**
 * Reads a file of the person's, which need not be there.
 * @throws MkcoaError `settings-link`, `settings-not-a-file`, `settings-not-yours`, `settings-open-to-others`, `settings-too-large`,
 * `settings-not-read`
 */
export async function readOwnFile(path: string, own: Own): Promise<SeenFile> {
	try {
		return await read(path, own);
	} catch (error) {
		if (error instanceof MkcoaError) throw error;
		throw new MkcoaError(
			{
				kind: 'environment',
				code: 'settings-not-read',
				what: `${path} cannot be read`,
				why: String(codeOf(error) ?? 'the system says no more'),
				next: 'Check its owner and mode, and those of the folders that it lies in',
			},
			{cause: error},
		);
	}
}

async function read(path: string, own: Own): Promise<SeenFile> {
	const entry = await orAbsent(lstat(path));
	const real = entry?.isSymbolicLink() ? await behindLink(path, entry, own) : join(await realFolder(dirname(path)), basename(path));
	const isLinked = real !== path;
	if (isLinked && own.within !== undefined) await refuseLeaving(path, real, own.within);
	const folder = await orAbsent(stat(dirname(real)));
	if (folder !== undefined) refuseOpenFolder(real, folder);
	const file = await orAbsent(stat(real));
	if (file === undefined) return {path: real, found: undefined, isLinked, hasFolder: folder !== undefined};
	if (!file.isFile())
		throw refused(path, 'settings-not-a-file', 'it is no plain file', 'Move it away, and start the client: it makes a new one');
	if (own.uid !== undefined && own.uid !== 0 && file.uid !== own.uid)
		throw refused(
			path,
			'settings-not-yours',
			`it belongs to user ${file.uid}, and you are user ${own.uid}`,
			'Ask its owner to add the entry',
		);
	if (file.size > mostBytes)
		throw refused(path, 'settings-too-large', `it has ${file.size} bytes`, 'Look at what is in it: no client writes so much');
	const {mode, uid, gid} = file;
	return {path: real, found: {bytes: await readFile(real), mode, uid, gid}, isLinked, hasFolder: true};
}

/** The folder behind links, as far as it is there. */
async function realFolder(folder: string): Promise<string> {
	const real = await orAbsent(realpath(folder));
	if (real !== undefined) return real;
	return dirname(folder) === folder ? folder : join(await realFolder(dirname(folder)), basename(folder));
}

/** A link that the person made to a file of their own, as those who keep their settings in a repository do. */
async function behindLink(path: string, linked: Stats, {uid}: Own): Promise<string> {
	const real = await orAbsent(realpath(path));
	if (real === undefined)
		throw refused(path, 'settings-link', 'it is a link that leads nowhere', 'Make the file that it leads to, or remove the link');
	const target = await stat(real);
	if (uid !== undefined && (linked.uid !== uid || target.uid !== uid))
		throw refused(
			path,
			'settings-link',
			`it is a link to ${real}, and one of the two is not yours`,
			'Replace the link by a file of your own, or add the entry by hand',
		);
	return real;
}

async function refuseLeaving(path: string, real: string, within: string): Promise<void> {
	const way = relative(await realFolder(within), real);
	if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(way)) return;
	throw refused(
		path,
		'settings-link',
		`a link leads out of the project, to ${real}`,
		'Remove the link, or install it for yourself: leave --project out',
	);
}

/** Who may write a folder may put another file in the place of any. A sticky bit keeps others from that. */
function refuseOpenFolder(path: string, {mode}: Stats): void {
	if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0 && process.platform !== 'win32')
		throw refused(
			path,
			'settings-open-to-others',
			`everybody may write its folder ${dirname(path)}`,
			`Close it with: chmod o-w ${dirname(path)}`,
		);
}

/** Whether a file could be put there: what has to be writable is the nearest folder that there is. */
export async function isWritable({path}: SeenFile): Promise<boolean> {
	let folder = dirname(path);
	while ((await orAbsent(stat(folder))) === undefined && dirname(folder) !== folder) folder = dirname(folder);
	return access(folder, constants.W_OK).then(
		() => true,
		() => false,
	);
}
