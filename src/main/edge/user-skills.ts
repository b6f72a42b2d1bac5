import {constants, type Dirent} from 'node:fs';
import {open, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {MkcoaError, troubleOf} from '../../core/error.ts';
import {hasUnseen} from '../../core/text/strip-control.ts';
import {badSkill, type ServedSkill, servedSkill} from '../../mcp/edge/skills/served-skill.ts';
import {configPath} from '../config-file.ts';
import type {Host} from '../host.ts';

const most = {skills: 50, files: 32, bytes: 256 * 1024, depth: 4} as const;

/** What an address of a runbook of one's own begins with. */
const origin = 'own';

export type UserSkills = {readonly skills: readonly ServedSkill[]; readonly troubles: readonly MkcoaError[]};

/**
 * The runbooks that the person keeps in `~/.config/mkcoa/skills/NAME/SKILL.md`, with the texts beside them. One that cannot be served is told and
 * left out, and stops nothing. Links are not followed: what is served is what lies in the folder.
 * @param taken names of other skills
 */
export async function userSkills(host: Pick<Host, 'env' | 'home'>, taken: readonly string[]): Promise<UserSkills> {
	const folder = configPath(host, 'skills');
	const found = folder === undefined ? [] : await foldersIn(folder);
	if (folder === undefined || found instanceof MkcoaError) return {skills: [], troubles: found instanceof MkcoaError ? [found] : []};
	const skills: ServedSkill[] = [];
	const troubles: MkcoaError[] = [];
	for (const [index, entry] of found.entries()) {
		try {
			if (index >= most.skills) throw badSkill(entry.name, `there are ${found.length} skills`, `Keep at most ${most.skills}`);
			skills.push(await readSkill(folder, entry, taken));
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			troubles.push(error);
		}
	}
	return {skills, troubles};
}

/** Files beside the folders, such as a README, are nobody's skill. */
async function foldersIn(folder: string): Promise<readonly Dirent[] | MkcoaError> {
	try {
		const entries = await readdir(folder, {withFileTypes: true});
		return entries.filter(entry => !entry.isFile() && !isHidden(entry)).toSorted(byName);
	} catch (error) {
		const {code, what} = troubleOf(error);
		if (code === 'no-such-file') return [];
		const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
		return badSkill(folder, isNoFolder ? 'it is no folder' : what, 'Make it a folder that you may read');
	}
}

const isHidden = ({name}: Dirent) => name.startsWith('.');
const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1);

async function readSkill(folder: string, entry: Dirent, taken: readonly string[]): Promise<ServedSkill> {
	const {name} = entry;
	if (!entry.isDirectory()) throw noFile(name, name);
	if (taken.includes(name)) throw badSkill(name, 'mkcoa has a skill of this name', 'Give its folder, and it, another name');
	const paths = await pathsIn(join(folder, name), name);
	const files: {[path: string]: string} = {};
	let left: number = most.bytes;
	for (const path of paths) {
		const bytes = await bytesOf(join(folder, name, path), name, path, left);
		left -= bytes.length;
		files[path] = textOf(bytes, name, path);
	}
	return servedSkill({origin, name, files});
}

/** Paths below the folder of one skill. */
async function pathsIn(folder: string, skill: string): Promise<readonly string[]> {
	const paths: string[] = [];
	const visit = async (below: readonly string[]): Promise<void> => {
		const entries = await readdir(join(folder, ...below), {withFileTypes: true}).catch((error: unknown) => {
			throw badSkill(skill, troubleOf(error).what, 'Make it a folder that you may read');
		});
		for (const entry of entries.toSorted(byName)) {
			if (isHidden(entry)) continue;
			const path = [...below, entry.name];
			if (entry.isDirectory() && path.length < most.depth) await visit(path);
			else if (entry.isFile()) paths.push(path.join('/'));
			else throw entry.isDirectory() ? tooMuch(skill, `folders lie ${most.depth} deep in it`) : noFile(skill, path.join('/'));
			if (paths.length > most.files) throw tooMuch(skill, `it has more than ${most.files} files`);
		}
	};
	await visit([]);
	return paths;
}

/** Looks at the file that it reads: a name may mean another one by then. */
async function bytesOf(path: string, skill: string, shown: string, left: number): Promise<Buffer> {
	const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) => {
		throw badSkill(skill, `${shown}: ${troubleOf(error).what}`, 'Make it a file that you may read');
	});
	try {
		const found = await file.stat();
		if (!found.isFile()) throw noFile(skill, shown);
		const {bytesRead, buffer} = await file.read(Buffer.alloc(Math.min(found.size, left) + 1), 0, Math.min(found.size, left) + 1, 0);
		if (bytesRead > left) throw tooMuch(skill, `its files have more than ${most.bytes} bytes together`);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

/** A model would read what the person who reviewed the file never saw. */
function textOf(bytes: Buffer, skill: string, path: string): string {
	const text = decoded(bytes);
	if (text === undefined) throw badSkill(skill, `${path} is no text in UTF-8`, 'Keep texts alone in it');
	// Line ends of Windows, a byte order mark, and the mark that makes a sign colourful hide nothing.
	if (hasUnseen(text.replace(/\r\n|^\ufeff|\ufe0f/g, '')))
		throw badSkill(skill, `${path} holds characters that nobody sees`, 'Take out control, zero-width and bidirectional characters');
	return text;
}

function decoded(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return undefined;
	}
}

const noFile = (skill: string, path: string) => badSkill(skill, `${path} is a link or no file`, 'Put the file itself there');
const tooMuch = (skill: string, why: string) => badSkill(skill, why, 'Keep what a reader needs for this one task');
