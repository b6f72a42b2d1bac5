import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {systemClock} from '../../src/core/clock.ts';
import {openUserState} from '../../src/main/open-state.ts';
import {settingsFiles} from '../../src/mcp/clients/settings-files.ts';
import {hostIn, runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const root = await temporaryFolder();
const empty = '{"mcpServers": {}}';
let count = 0;

/** A run that died after it had written down what it would do, before or after it did it. Answers its home. */
async function died(when: 'before it wrote' | 'after it wrote'): Promise<string> {
	const folder = join(root, String(count++));
	await mkdir(join(folder, '.cursor'), {recursive: true});
	await writeFile(join(folder, '.cursor', 'mcp.json'), empty);
	await runMkcoa(['mcp', 'install', 'cursor', '--plan-out', join(folder, 'plan.json')], {folder});
	const {host} = hostIn({folder});
	const state = await openUserState({}, host, systemClock());
	const {plan, digest, sealed} = await state.planFiles.read(join(folder, 'plan.json'));
	const [write] = plan.steps.flatMap(({writes}) => writes);
	if (write === undefined) throw new Error('the plan has no write');
	const {effector} = settingsFiles({platform: 'linux', home: folder, uid: host.uid});
	const before = await effector.read(write.ref, host.signal);
	const id = await state.journal.open({plan, digest, approval: {digest, by: 'alice', how: 'review'}, sealed});
	await state.journal.intend(id, {index: 0, write, before: before ?? null});
	if (when === 'after it wrote') await effector.send(write, before, host.signal);
	state.close();
	return folder;
}

test.each(['before it wrote', 'after it wrote'] as const)('a run that died %s is gone on with, and can be taken back', async when => {
	const folder = await died(when);
	const read = () => readFile(join(folder, '.cursor', 'mcp.json'), 'utf8');
	expect(await runMkcoa(['resume', '--yes'], {folder})).toMatchObject({code: 0});
	expect(JSON.parse(await read())).toMatchObject({mcpServers: {mkcoa: {args: ['/opt/mkcoa/mkcoa.js', 'mcp', 'serve']}}});
	expect(await runMkcoa(['undo', '--yes'], {folder})).toMatchObject({code: 0});
	expect(await read()).toBe(empty);
});

test('a run that died after it wrote can be taken back without going on with it', async () => {
	const folder = await died('after it wrote');
	const [{id}] = JSON.parse((await runMkcoa(['history', '--json'], {folder})).out);
	expect(await runMkcoa(['undo', id, '--yes'], {folder})).toMatchObject({code: 0});
	expect(await readFile(join(folder, '.cursor', 'mcp.json'), 'utf8')).toBe(empty);
});
