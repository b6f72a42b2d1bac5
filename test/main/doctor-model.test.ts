import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const base = await temporaryFolder();
const key = 'sk-ant-0123456789abcdef';

/** The line of the doctor about the model, and all that was printed. */
async function doctor(env: {readonly [name: string]: string}, file?: string) {
	const folder = await mkdtemp(`${base}/user-`);
	if (file !== undefined) {
		await mkdir(`${folder}/config/mkcoa`, {recursive: true});
		await writeFile(`${folder}/config/mkcoa/models.yaml`, file);
	}
	const {code, out, err} = await runMkcoa(['doctor'], {folder, env});
	return {code, line: out.split('\n').find(line => / model: /.test(line)), all: out + err};
}

test('says which model would answer and where its key is from, never the key', async () => {
	const {line, all} = await doctor({ANTHROPIC_API_KEY: key});
	expect(line).toMatch(
		/^✓ model: anthropic\/\S+ at api\.anthropic\.com answers, because ANTHROPIC_API_KEY is set\. Its key is from ANTHROPIC_API_KEY\.$/,
	);
	expect(all).not.toContain(key);
});

test('runs the command that gives the key, without a shell', async () => {
	const {line, all} = await doctor(
		{},
		`model: anthropic\nproviders:\n  anthropic:\n    keyCommand: [${process.execPath}, -e, "console.log('${key}')", "; exit 1"]\n`,
	);
	expect(line).toMatch(/Its key is from \S*node\.$/);
	expect(all).not.toContain(key);
});

test.each([
	[
		'a key is missing',
		'model: openai\n',
		'✗ model: There is no key for openai/gpt-6.1-sol. Set OPENAI_API_KEY, or ask without a model: --model none',
	],
	[
		'the file is no YAML',
		'model: [\n',
		/^✗ model: The models file \S+ cannot be used \(line \d\): .*Mend it, or ask without a model: --model none$/,
	],
	['the file holds a word nobody knows', 'modle: x\n', /^✗ model: The models file \S+ cannot be used: .*modle.*Mend it/],
	[
		'a command is not installed',
		'model: openai\nproviders: {openai: {keyCommand: [no-such-program]}}\n',
		/'no-such-program' gave no key for openai: it is not installed\. Run it by hand/,
	],
])('%s', async (_, file, line) => {
	const told = await doctor({PATH: '/nowhere'}, file);
	expect(told.code).toBe(1);
	expect(told.line).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
});
