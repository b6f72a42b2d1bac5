import {chmod, mkdir, readdir, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {compiledFolder, isOurs} from '../../src/main/compiled-folder.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

test.each([
	[{}, '/home/jane', '/home/jane/.cache/mkcoa/compiled'],
	[{XDG_CACHE_HOME: '/var/cache/jane'}, '/home/jane', '/var/cache/jane/mkcoa/compiled'],
	[{XDG_CACHE_HOME: '/var/cache/jane'}, undefined, '/var/cache/jane/mkcoa/compiled'],
	[{XDG_CACHE_HOME: 'cache'}, '/home/jane', '/home/jane/.cache/mkcoa/compiled'],
	[{XDG_CACHE_HOME: ''}, '/home/jane', '/home/jane/.cache/mkcoa/compiled'],
	[{}, undefined, undefined],
	[{}, 'jane', undefined],
	[{XDG_CACHE_HOME: 'cache'}, undefined, undefined],
])('with %j and the home %j compiled code is kept in %s', (environment, home, folder) =>
	expect(compiledFolder(environment, home)).toBe(folder),
);

const me = process.getuid?.();

test('a missing folder is made for its user alone', async () => {
	const folder = join(await temporaryFolder(), 'cache', 'compiled');
	expect(isOurs(folder, me)).toBe(true);
	expect((await stat(folder)).mode & 0o777).toBe(0o700);
	expect(isOurs(folder, me)).toBe(true);
});

test.each([
	[0o700, true],
	[0o755, true],
	[0o775, false],
	[0o702, false],
])('a folder of mode %o is used: %s', async (mode, used) => {
	const folder = await temporaryFolder();
	await chmod(folder, mode);
	expect(isOurs(folder, me)).toBe(used);
});

test('a folder of somebody else is not used', async () => {
	expect(isOurs(await temporaryFolder(), (me ?? 0) + 1)).toBe(false);
});

test('neither a file nor a link is a folder, and none is made below a file', async () => {
	const home = await temporaryFolder();
	await mkdir(join(home, 'folder'));
	await symlink(join(home, 'folder'), join(home, 'link'));
	await writeFile(join(home, 'file'), '');
	for (const name of ['link', 'file', 'file/below']) expect(isOurs(join(home, name), me)).toBe(false);
	expect((await readdir(home)).toSorted()).toEqual(['file', 'folder', 'link']);
});
