import {expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {quickAnswer} from '../../src/main/quick-answer.ts';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

test.each([['--version'], ['-V'], ['--help'], ['-h']])('%s is answered at once, in the words of the whole program', async flag => {
	expect(quickAnswer([flag], false)).toBe((await runMkcoa([flag], {folder})).out);
});

test('the version is the one of the package', () => expect(quickAnswer(['--version'], true)).toBe(`${packageJson.version}\n`));

test.each([
	[['--help'], true],
	[['k8s', '--help'], false],
	[['--version', '--json'], false],
	[[], false],
])('%j is left to the whole program', (argv, outIsTerminal) => expect(quickAnswer(argv, outIsTerminal)).toBeUndefined());
