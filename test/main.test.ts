import {expect, test} from 'vitest';
import {main} from '../src/main.ts';

test('--version prints the version of the package', async () => {
	const written: string[] = [];
	const code = await main(['--version'], {stdout: {write: text => written.push(text)}});
	expect({code, written}).toEqual({code: 0, written: ['0.1.0\n']});
});
