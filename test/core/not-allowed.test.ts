import {readdir, readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {isNotAllowed, MkcoaError} from '../../src/core/error.ts';

test.each([
	['not-allowed', true],
	['file-not-allowed', false],
	['unreachable', false],
])('%s is a missing right: %j', (code, expected) => {
	expect(isNotAllowed(new MkcoaError({kind: 'auth', code, what: 'No'}))).toBe(expected);
	expect(isNotAllowed({trouble: {code}})).toBe(false);
});

test('a missing right is recognized in one place', async () => {
	const files = (await readdir('src', {recursive: true})).filter(name => /\.tsx?$/.test(name));
	const byHand: string[] = [];
	for (const name of files) if (/code [!=]== 'not-allowed'/.test(await readFile(`src/${name}`, 'utf8'))) byHand.push(name);
	expect(byHand).toEqual(['core/error.ts']);
});
