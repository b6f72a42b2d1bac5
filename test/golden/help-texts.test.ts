import {expect, test} from 'vitest';
import {everyTool} from '../support/every-tool.ts';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** The commands that are no tools, after the word that holds them. */
const handShaped = [
	...['apply', 'approve', 'undo', 'resume', 'history', 'audit', 'audit verify', 'audit export', 'grants', 'grants list', 'grants add'],
	...['grants revoke', 'policy', 'policy test', 'sandbox', 'sandbox start', 'sandbox scenarios', 'doctor', 'kitchen-sink', 'demo'],
	...['completion', 'help'],
].map(words => words.split(' '));

const toolsOf = (group: string) => [[group], ...everyTool.filter(({command}) => command[0] === group).map(({command}) => [...command])];

/** What `--help` prints at 80 columns, as a transcript. */
async function helpOf(words: readonly string[]): Promise<string> {
	const {code, out, err} = await runMkcoa([...words, '--help'], {folder});
	expect({words, code, err}).toEqual({words, code: 0, err: ''});
	return `$ ${['mkcoa', ...words, '--help'].join(' ')}\n${out}`;
}

test.each([
	['mkcoa', [[]]],
	['k8s', toolsOf('k8s')],
	['deploy', toolsOf('deploy')],
	['plans-and-records', handShaped],
])('the help of %s is the one that readers know', async (name, commands) => {
	const texts = [];
	for (const words of commands) texts.push(await helpOf(words));
	await expect(texts.join('\n')).toMatchFileSnapshot(`help/${name}.txt`);
});

test('no line of a help text is wider than the terminal', async () => {
	for (const words of [...everyTool.map(({command}) => command), ...handShaped])
		expect((await helpOf(words)).split('\n').filter(line => line.length > 80)).toEqual([]);
});

test('the environment has a help of its own', async () => {
	await expect((await runMkcoa(['help', 'environment'], {folder})).out).toMatchFileSnapshot('help/environment.txt');
});
