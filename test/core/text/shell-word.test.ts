import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {shellWord} from '../../../src/core/text/shell-word.ts';

test.each([
	['web', 'web'],
	['a/b:c=d', 'a/b:c=d'],
	['scale web to 3', "'scale web to 3'"],
	['=ls', "'=ls'"],
	['', "''"],
	["it's", "'it'\\''s'"],
])('%s is written %s', (text, word) => expect(shellWord(text)).toBe(word));

test('a shell reads every word as it stands, and expands nothing', () => {
	const texts = [
		'set PASSWORD to $HOME',
		'`id`',
		'$(id)',
		'"quoted" \\ and \\n',
		"it's 'here'",
		'two\nlines',
		'!!',
		'*',
		'~',
		'웹을 3개로',
		'',
	];
	const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${texts.map(shellWord).join(' ')}`], {encoding: 'utf8'});
	expect(printed.split('\0').slice(0, -1)).toEqual(texts);
});
