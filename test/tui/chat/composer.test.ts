import fc from 'fast-check';
import {expect, test} from 'vitest';
import {lineText, lineWidth} from '../../../src/core/text/styled.ts';
import {type Composer, edited, emptyComposer, sent} from '../../../src/tui/chat/composer.ts';
import {composerLines} from '../../../src/tui/chat/composer-lines.ts';

const named = new Set([
	'left',
	'right',
	'up',
	'down',
	'home',
	'end',
	'backspace',
	'newline',
	'ctrl+u',
	'ctrl+w',
	'ctrl+k',
	'ctrl+a',
	'ctrl+e',
]);
const press = (key: string) => ({name: key, text: named.has(key) ? '' : key});

const after = (keys: readonly string[], history: readonly string[] = []): Composer =>
	keys.reduce<Composer>((composer, key) => edited(composer, press(key)) ?? composer, emptyComposer(history));

/** The text with `|` where the cursor is. */
const shown = ({text, cursor}: Composer) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

test.each([
	[['web', 'left', 'left', 'X'], 'wX|eb'],
	[['웹', '서버', 'backspace'], '웹서|'],
	[['e\u0301', 'a', 'left', 'left', 'right'], 'e\u0301|a'],
	[['one', 'newline', 'two', 'up'], 'one|\ntwo'],
	[['one', 'newline', 'two', 'up', 'down'], 'one\ntwo|'],
	[['one', 'newline', 'two', 'home', 'ctrl+u', 'backspace'], 'one|two'],
	[['scale the web', 'ctrl+w'], 'scale the |'],
	[['scale web', 'home', 'ctrl+k'], '|'],
	[['a\r\nb\tc\u001B[31m'], 'a\nb  c|'],
	[['left', 'backspace', 'right', 'ctrl+w', 'down'], '|'],
])('%j gives %j', (keys, expected) => {
	expect(shown(after(keys))).toBe(expected);
});

test.each([
	[['up'], 'second|'],
	[['up', 'up'], 'first|'],
	[['up', 'up', 'up'], 'first|'],
	[['dra', 'ft', 'up', 'up', 'down', 'down'], 'draft|'],
	[['down'], '|'],
])('with two requests before, %j gives %j', (keys, expected) => {
	expect(shown(after(keys, ['first', 'second']))).toBe(expected);
});

test('what was sent is the newest of the history, once', () => {
	const again = sent(after(['second'], ['first', 'second']));
	expect([again.text, again.history]).toEqual(['', ['first', 'second']]);
	expect(sent(after(['third'], ['first'])).history).toEqual(['first', 'third']);
});

test('a long text is shown around the cursor, and the cursor stands on its letter', () => {
	const composer = after(['주문 서비스를 다섯 개로 늘려', 'newline', 'second', 'newline', 'third', 'up', 'up', 'end']);
	const {lines, cursor} = composerLines(composer, {width: 20, most: 2, placeholder: ''});
	expect(lines.map(lineText)).toEqual(['> 주문 서비스를 다', '  섯 개로 늘려']);
	expect(cursor).toEqual({x: 14, y: 1});
});

test('whatever is pressed, the cursor stays in the text and no row is too wide', () => {
	const keys = fc.array(fc.oneof(fc.constantFrom(...named), fc.string({unit: 'grapheme', maxLength: 12})), {maxLength: 40});
	fc.assert(
		fc.property(keys, fc.integer({min: 20, max: 60}), (pressed, width) => {
			const composer = after(pressed, ['earlier\none']);
			expect(composer.cursor).toBeGreaterThanOrEqual(0);
			expect(composer.cursor).toBeLessThanOrEqual(composer.text.length);
			const {lines, cursor} = composerLines(composer, {width, most: 5, placeholder: 'ask'});
			expect(lines.length).toBeLessThanOrEqual(5);
			expect(cursor.y).toBeLessThan(lines.length);
			for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
		}),
		{numRuns: 150},
	);
});
