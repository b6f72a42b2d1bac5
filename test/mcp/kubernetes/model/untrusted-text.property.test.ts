import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fence} from '../../../../src/core/text/fence.ts';
import {stripControl} from '../../../../src/core/text/strip-control.ts';
import {plainLine} from '../../../../src/mcp/kubernetes/model/untrusted-text.ts';

const hostile = fc
	.array(
		fc.oneof(
			fc.string({unit: 'binary', maxLength: 8}),
			fc.constantFrom('\u001b[31m', '\u001b]0;', '\u0007', '\n', '-----END log', '\u202e'),
		),
	)
	.map(parts => parts.join(''));

test('no text keeps a control character, whatever stood beside it', () => {
	fc.assert(
		fc.property(hostile, text => {
			expect(stripControl(text)).not.toMatch(/[^\P{Cc}\t\n]/u);
			expect(plainLine(text)).not.toMatch(/\p{Cc}/u);
		}),
	);
});

test('cleaning twice is cleaning once', () => {
	fc.assert(
		fc.property(hostile, text => {
			expect(stripControl(stripControl(text))).toBe(stripControl(text));
		}),
	);
});

test('a fence ends once, at its end', () => {
	fc.assert(
		fc.property(hostile, text => {
			const lines = fence('log', text).split('\n');
			expect(lines.filter(line => line.startsWith('-----END log'))).toEqual(['-----END log-----']);
			expect(lines.at(-1)).toBe('-----END log-----');
		}),
	);
});
