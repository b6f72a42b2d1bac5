import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {mergePatchBetween} from '../../../src/core/patch/merge-patch.ts';
import type {Write} from '../../../src/core/plan.ts';
import {isSighted} from '../../../src/core/road/is-sighted.ts';
import {ConflictError} from '../../../src/core/tool.ts';
import {settingsFiles} from '../../../src/mcp/clients/settings-files.ts';
import {withEntry} from '../../../src/mcp/clients/settings-object.ts';
import {settingsRef} from '../../../src/mcp/clients/settings-place.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const root = await temporaryFolder();
const {signal} = new AbortController();

let count = 0;

/** A home with settings of Cursor, what reads and writes them, and a write that installs mkcoa. */
async function cursor(text: string) {
	const home = join(root, String(count++));
	const file = join(home, '.cursor', 'mcp.json');
	await mkdir(join(home, '.cursor'), {recursive: true});
	await writeFile(file, text);
	const place = {client: 'cursor', file, name: 'mkcoa', project: undefined} as const;
	const ref = settingsRef(place);
	const {reader, effector} = settingsFiles({platform: 'linux', home, uid: process.getuid?.()});
	const get = async (): Promise<KubeObject> => {
		const object = await reader.get(ref);
		if (object === undefined) throw new Error('there are no such settings');
		return object;
	};
	const before = await get();
	const entry = {command: '/opt/mkcoa', args: ['mcp', 'serve']};
	const write: Write = {op: 'patch', ref, type: 'merge', patch: mergePatchBetween(before, withEntry(before, place, entry))};
	return {file, get, before, write, reader, effector};
}

const others = '{"mcpServers": {"other": {"command": "x", "env": {"TOKEN": "violet otter"}}}}';

test('an object holds nothing of other servers, and its version nothing that could be guessed at', async () => {
	const [one, other] = [await cursor(others), await cursor(others)];
	expect(JSON.stringify(one.before)).not.toMatch(/other|violet/);
	expect(one.before.metadata.resourceVersion).not.toBe(other.before.metadata.resourceVersion);
});

test('what a write would leave is what it leaves', async () => {
	const {write, before, get, reader, effector} = await cursor(others);
	const {metadata: _, ...told} = (await reader.dryRun(write)).after;
	await effector.send(write, before, signal);
	expect(await get()).toMatchObject(told);
});

test('a write that was bound to another content is refused', async () => {
	const {file, write, before, effector} = await cursor(others);
	await writeFile(file, '{"mcpServers": {}}');
	await expect(effector.send(write, before, signal)).rejects.toThrow(ConflictError);
	expect(await readFile(file, 'utf8')).toBe('{"mcpServers": {}}');
});

test('of a run that died the file tells whether it was written', async () => {
	const {write, before, get, effector, file} = await cursor(others);
	expect(isSighted(write, before, await get())).toBe(false);
	await writeFile(file, others.replace('"x"', '"y"'));
	expect(isSighted(write, before, await get())).toBe(false);
	await effector.send(write, await get(), signal);
	expect(isSighted(write, before, await get())).toBe(true);
});

test.skipIf(process.getuid?.() === 0)('whoever may not write the folder is told before anybody is asked', async () => {
	const {file, write, effector} = await cursor(others);
	const folder = join(file, '..');
	await chmod(folder, 0o500);
	const asked = effector.demandRights({steps: [{title: '', writes: [write]}], changes: [], preconditions: []});
	await expect(asked.finally(() => chmod(folder, 0o700))).rejects.toMatchObject({trouble: {code: 'not-allowed'}});
});

test('another kind of object is not of this machine', async () => {
	const {reader, effector} = await cursor('{}');
	const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web'};
	expect(await reader.get(ref)).toBeUndefined();
	await expect(effector.send({op: 'patch', ref, type: 'merge', patch: {}}, undefined, signal)).rejects.toMatchObject({
		trouble: {code: 'not-of-this-machine'},
	});
});
