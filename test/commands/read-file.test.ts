import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {fileReader} from '../../src/commands/read-file.ts';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'mkcoa-read-'));
	await writeFile(join(folder, 'web.yaml'), 'kind: Pod # 주문');
	await mkdir(join(folder, 'empty'));
	await mkdir(join(folder, 'chart', 'templates'), {recursive: true});
	await writeFile(join(folder, 'chart', 'templates', 'b.json'), '{"kind": "Service"}');
	await writeFile(join(folder, 'chart', 'a.yml'), 'kind: Secret');
	await writeFile(join(folder, 'chart', 'README.md'), 'kind: none');
});
afterAll(() => rm(folder, {recursive: true}));

const read = fileReader({readInput: async () => 'from the pipe'});

test('reads a file as text', async () => {
	expect(await read(join(folder, 'web.yaml'))).toBe('kind: Pod # 주문');
});

test('- is standard input', async () => {
	expect(await read('-')).toBe('from the pipe');
});

test('a folder is every manifest in it and below it, as one text', async () => {
	const chart = join(folder, 'chart');
	expect(await read(chart)).toBe(
		`---\n# Source: ${join(chart, 'a.yml')}\nkind: Secret\n---\n# Source: ${join(chart, 'templates', 'b.json')}\n{"kind": "Service"}`,
	);
});

test.each([
	['gone.yaml', {kind: 'usage', code: 'no-such-file', why: 'it does not exist'}],
	['empty', {kind: 'usage', code: 'no-manifests', why: 'the folder holds no .yaml, .yml or .json file'}],
])('the path %j is refused with a reason', async (name, trouble) => {
	const path = join(folder, name);
	await expect(read(path)).rejects.toMatchObject({trouble: {...trouble, what: `File '${path}' cannot be read`}});
});
