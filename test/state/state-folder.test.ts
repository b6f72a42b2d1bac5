import {chmodSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {resolveStateFolder} from '../../src/state/state-folder.ts';
import {entryOf, planOf} from './samples.ts';
import {troubleIn, world} from './world.ts';

const places: readonly (readonly [string, {readonly [name: string]: string}, string])[] = [
	['the home folder', {}, '/home/ada/.local/state/mkcoa'],
	['XDG_STATE_HOME', {XDG_STATE_HOME: '/var/ada'}, '/var/ada/mkcoa'],
	['the home folder when XDG_STATE_HOME is relative', {XDG_STATE_HOME: 'var'}, '/home/ada/.local/state/mkcoa'],
	['the home folder when XDG_STATE_HOME is empty', {XDG_STATE_HOME: '', MKCOA_STATE_DIR: ''}, '/home/ada/.local/state/mkcoa'],
	['MKCOA_STATE_DIR before all', {XDG_STATE_HOME: '/var/ada', MKCOA_STATE_DIR: '/srv/state'}, '/srv/state'],
];

test.each(places)('the state lies in %s', (_, environment, folder) => {
	expect(resolveStateFolder(environment, '/home/ada')).toBe(folder);
});

test('an account without a home folder has to name the place', async () => {
	expect(resolveStateFolder({MKCOA_STATE_DIR: '/srv/state'}, undefined)).toBe('/srv/state');
	expect(resolveStateFolder({XDG_STATE_HOME: '/var/ada'}, undefined)).toBe('/var/ada/mkcoa');
	expect(await troubleIn(() => resolveStateFolder({}, undefined))).toMatchObject({
		code: 'no-home-folder',
		next: expect.stringContaining('MKCOA_STATE_DIR'),
	});
});

test('a relative MKCOA_STATE_DIR is refused', async () => {
	const trouble = await troubleIn(() => resolveStateFolder({MKCOA_STATE_DIR: 'state'}, '/home/ada'));
	expect(trouble).toMatchObject({kind: 'usage', code: 'relative-state-folder', quoted: 'state'});
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test.each([0o000, 0o022, 0o177])('folder and files are closed to others under umask %o', async umask => {
	const before = process.umask(umask);
	onTestFinished(() => void process.umask(before));
	const {folder, open, home} = world();
	const state = open();
	const id = await state.journal.open(entryOf());
	await state.planFiles.write(join(home, 'plan.json'), planOf(), entryOf().digest, {});
	expect(modeOf(folder)).toBe('700');
	expect(readdirSync(folder).map(name => [name, modeOf(join(folder, name))])).toEqual([
		['key', '600'],
		[`run-${id}.lock`, '600'],
		['state.db', '600'],
		['state.db-shm', '600'],
		['state.db-wal', '600'],
	]);
	expect(modeOf(join(home, 'plan.json'))).toBe('600');
});

test('files that were copied back open to all are closed again', () => {
	const {folder, open} = world();
	open();
	for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
	open();
	expect(readdirSync(folder).map(name => modeOf(join(folder, name)))).toEqual(['600', '600', '600', '600']);
});

test('a folder that others may read is closed', () => {
	const {folder, open} = world();
	mkdirSync(folder, {mode: 0o755});
	open();
	expect(modeOf(folder)).toBe('700');
});

test.each([0o770, 0o707, 0o777])('a folder of mode %o, which others may write, is refused and left as it is', async mode => {
	const {folder, open} = world();
	mkdirSync(folder);
	chmodSync(folder, mode);
	expect(await troubleIn(() => open())).toMatchObject({
		code: 'state-folder-open-to-others',
		why: `its mode is ${mode.toString(8)}, so what lies in it cannot be trusted`,
		next: `Look at what is in it, then run: chmod 700 ${folder}`,
	});
	expect(readdirSync(folder)).toEqual([]);
});

test('a folder of another user is refused', async () => {
	const {folder, open} = world();
	mkdirSync(folder);
	const uid = statSync(folder).uid;
	expect(await troubleIn(() => open({uid: uid + 1}))).toMatchObject({
		code: 'state-folder-not-ours',
		why: `its owner is user ${uid}, and you are user ${uid + 1}`,
	});
});

test('where the system has no user numbers, owners are not compared', async () => {
	const {reader} = world().open({uid: undefined});
	expect(await reader.list(1)).toEqual([]);
});

test('a file in the place of the folder is told with the way out', async () => {
	const {folder, open} = world();
	writeFileSync(folder, '');
	expect(await troubleIn(() => open())).toMatchObject({code: 'state-folder-unusable', next: expect.stringContaining('MKCOA_STATE_DIR')});
});

test('a folder inside a file is told with the way out', async () => {
	const {home, open} = world();
	writeFileSync(join(home, 'file'), '');
	const trouble = await troubleIn(() => open({folder: join(home, 'file', 'state')}));
	expect(trouble).toMatchObject({code: 'state-folder-unusable', quoted: expect.stringContaining('ENOTDIR')});
});
