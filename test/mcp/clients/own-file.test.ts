import {chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ConflictError} from '../../../src/core/tool.ts';
import {readOwnFile} from '../../../src/mcp/clients/own-file.ts';
import {replaceOwnFile} from '../../../src/mcp/clients/replace-own-file.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const root = await temporaryFolder();
const own = {uid: process.getuid?.(), within: undefined};
const modes = {file: 0o600, folder: 0o700};
const bytes = Buffer.from('new');

let count = 0;
/** A folder of its own for each test. */
async function folder(): Promise<string> {
	const path = join(root, String(count++));
	await mkdir(path);
	return path;
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;

test('a file keeps its mode, and nothing lies beside it afterwards', async () => {
	const at = await folder();
	const path = join(at, 'a.json');
	await writeFile(path, 'old');
	await chmod(path, 0o640);
	await replaceOwnFile(await readOwnFile(path, own), bytes, modes);
	expect(await readFile(path, 'utf8')).toBe('new');
	expect(await modeOf(path)).toBe(0o640);
	expect(await readdir(at)).toEqual(['a.json']);
});

test('a new file and its folder are closed to others', async () => {
	const path = join(await folder(), 'x', 'y', 'a.json');
	const seen = await readOwnFile(path, own);
	expect(seen).toMatchObject({found: undefined, hasFolder: false});
	await replaceOwnFile(seen, bytes, modes);
	expect([await modeOf(path), await modeOf(join(path, '..'))]).toEqual([0o600, 0o700]);
});

test('a file that moved since it was read is left alone', async () => {
	const at = await folder();
	const path = join(at, 'a.json');
	await writeFile(path, 'old');
	const seen = await readOwnFile(path, own);
	await writeFile(path, 'theirs');
	await expect(replaceOwnFile(seen, bytes, modes)).rejects.toThrow(ConflictError);
	await expect(replaceOwnFile(seen, undefined, modes)).rejects.toThrow(ConflictError);
	expect(await readFile(path, 'utf8')).toBe('theirs');
	expect(await readdir(at)).toEqual(['a.json']);
});

test('a file that somebody made meanwhile is left alone', async () => {
	const path = join(await folder(), 'a.json');
	const seen = await readOwnFile(path, own);
	await writeFile(path, 'theirs');
	await expect(replaceOwnFile(seen, bytes, modes)).rejects.toThrow(ConflictError);
	expect(await readFile(path, 'utf8')).toBe('theirs');
});

test('a link of the person stays a link, and the file behind it is written', async () => {
	const at = await folder();
	const [path, real] = [join(at, 'a.json'), join(at, 'dotfiles.json')];
	await writeFile(real, 'old');
	await symlink(real, path);
	const seen = await readOwnFile(path, own);
	expect(seen).toMatchObject({path: real, isLinked: true});
	await replaceOwnFile(seen, bytes, modes);
	expect([await readlink(path), await readFile(real, 'utf8')]).toEqual([real, 'new']);
});

test('a link that leads nowhere, a folder, and a folder that everybody may write are refused', async () => {
	const at = await folder();
	await symlink(join(at, 'nowhere'), join(at, 'a.json'));
	await expect(readOwnFile(join(at, 'a.json'), own)).rejects.toMatchObject({
		trouble: {code: 'settings-link', why: 'it is a link that leads nowhere'},
	});
	await expect(readOwnFile(at, own)).rejects.toMatchObject({trouble: {code: 'settings-not-a-file'}});
	const open = join(at, 'open');
	await mkdir(open);
	await chmod(open, 0o777);
	await expect(readOwnFile(join(open, 'a.json'), own)).rejects.toMatchObject({trouble: {code: 'settings-open-to-others'}});
	await chmod(open, 0o1777);
	expect(await readOwnFile(join(open, 'a.json'), own)).toMatchObject({found: undefined});
});

test("another user's file, and a link to one, are refused", async () => {
	const at = await folder();
	await writeFile(join(at, 'real.json'), 'old');
	await symlink(join(at, 'real.json'), join(at, 'a.json'));
	const stranger = {uid: 4711, within: undefined};
	await expect(readOwnFile(join(at, 'real.json'), stranger)).rejects.toMatchObject({trouble: {code: 'settings-not-yours'}});
	await expect(readOwnFile(join(at, 'a.json'), stranger)).rejects.toMatchObject({trouble: {code: 'settings-link'}});
});

test('links of a project must not lead out of it', async () => {
	const at = await folder();
	const [project, home] = [join(at, 'project'), join(at, 'home')];
	await mkdir(join(project, 'inside'), {recursive: true});
	await mkdir(home);
	await writeFile(join(home, 'mcp.json'), 'old');
	await symlink(join(home, 'mcp.json'), join(project, '.mcp.json'));
	await symlink(home, join(project, '.cursor'));
	await symlink(join(project, 'inside'), join(project, '.vscode'));
	const within = {...own, within: project};
	for (const path of ['.mcp.json', '.cursor/mcp.json', '.cursor/new.json'])
		await expect(readOwnFile(join(project, path), within)).rejects.toMatchObject({
			trouble: {code: 'settings-link', why: expect.stringContaining('a link leads out of the project')},
		});
	expect(await readOwnFile(join(project, '.vscode', 'mcp.json'), within)).toMatchObject({path: join(project, 'inside', 'mcp.json')});
});
