import fc from 'fast-check';
import {expect, onTestFinished, test} from 'vitest';
import {cutText, padStart, padText, textWidth, wrapText} from '../../../src/core/text/text-width.ts';

test.each([
	['', 0],
	['web-7f9', 7],
	['주문-서비스', 11],
	['データ', 6],
	['e\u0301', 1],
	['🚀', 2],
	['👩‍💻', 2],
	['✓ ready', 7],
	['a\u200bb', 2],
])('%j takes %i columns', (text, columns) => {
	expect(textWidth(text)).toBe(columns);
});

test('a character alone takes as many columns as one beside a character that needs a closer look', () => {
	const characters = Array.from({length: 0x28_00 - 0x20}, (_, index) => String.fromCodePoint(0x20 + index));
	const differing = characters.filter(character => textWidth(character) !== textWidth(`${character}\u200b`));
	expect(differing).toEqual([]);
});

test.each([
	['payments', 8, 'payments'],
	['payments', 5, 'paym…'],
	['주문서비스', 6, '주문…'],
	['주문서비스', 5, '주문…'],
	['payments', 0, ''],
])('%j cut to %i columns is %j', (text, width, cut) => {
	expect(cutText(text, width)).toBe(cut);
});

test('pads by columns, not by characters', () => {
	expect([padText('주문', 6), padStart('주문', 6), padText('long', 2)]).toEqual(['주문  ', '  주문', 'long']);
});

test('wraps at spaces and keeps line breaks of the text', () => {
	expect(wrapText('one pod is\ndeleted and made again', 12)).toEqual(['one pod is', 'deleted and', 'made again']);
});

test('breaks a word that is wider than a line, behind a dot, slash or dash where one is near', () => {
	expect(wrapText('image registry.example/shop/web', 10)).toEqual(['image', 'registry.', 'example/', 'shop/web']);
	expect(wrapText('abcdefghijklm', 10)).toEqual(['abcdefghij', 'klm']);
});

test('no wrapped line is wider than asked, and no letter is lost', () => {
	const texts = fc.string({unit: fc.constantFrom('a', ' ', '한', '🚀', 'é', '-')});
	fc.assert(
		fc.property(texts, fc.integer({min: 2, max: 30}), (text, width) => {
			const lines = wrapText(text, width);
			expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
			expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
		}),
	);
});

/** Counts the characters that regular expressions and the segmenter are given from here to the end of the test. */
function charactersLookedAt(): () => number {
	const {test: matches} = RegExp.prototype;
	const {segment} = Intl.Segmenter.prototype;
	let looked = 0;
	RegExp.prototype.test = function (text) {
		looked += text.length;
		return matches.call(this, text);
	};
	Intl.Segmenter.prototype.segment = function (text) {
		looked += text.length;
		return segment.call(this, text);
	};
	onTestFinished(() => {
		RegExp.prototype.test = matches;
		Intl.Segmenter.prototype.segment = segment;
	});
	return () => looked;
}

test.each([
	['one word', 'a'.repeat(1_000_000)],
	['a path', 'registry/'.repeat(111_111)],
	['words', 'one pod is gone '.repeat(62_500)],
	['wide words', '주문 서비스 '.repeat(40_000)],
])('a long line of %s is looked at a few times, not once for each line that it is broken into', (_, line) => {
	const looked = charactersLookedAt();
	expect(wrapText(line, 40).length).toBeGreaterThan(1);
	expect(looked()).toBeLessThan(8 * line.length);
});
