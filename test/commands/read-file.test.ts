import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {fileReader} from '../../src/commands/read-file.ts';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'mkcoa-read-'));
	await writeFile(join(folder, 'web.yaml'), 'kind: Pod # 주문');
});
afterAll(() => rm(folder, {recursive: true}));

const read = fileReader({readInput: async () => 'from the pipe'});

test('reads a file as text', async () => {
	expect(await read(join(folder, 'web.yaml'))).toBe('kind: Pod # 주문');
});

test('- is standard input', async () => {
	expect(await read('-')).toBe('from the pipe');
});

test.each([
	['gone.yaml', {kind: 'usage', code: 'no-such-file', why: 'it does not exist'}],
	['', {kind: 'usage', code: 'not-a-file', why: 'it is a folder'}],
])('the path %j is refused with a reason', async (name, trouble) => {
	const path = join(folder, name);
	await expect(read(path)).rejects.toMatchObject({trouble: {...trouble, what: `File '${path}' cannot be read`}});
});
