import fc from 'fast-check';
import {expect, test} from 'vitest';
import {lineDiff} from '../../../src/core/text/line-diff.ts';

const shown = (before: string, after: string) => lineDiff([...before], [...after]).map(({sign, text}) => `${sign}${text}`.trim());

test.each([
	['abc', 'abc', []],
	['abcde', 'abXde', ['a', 'b', '-c', '+X', 'd', 'e']],
	// What is the same between two changes stays, or is left out where it is long.
	['abc', 'XbY', ['-a', '+X', 'b', '-c', '+Y']],
	['0abcdef1', 'Xabcdef', ['-0', '+X', 'a', 'b', '⋮', 'e', 'f', '-1']],
	['', 'ab', ['+a', '+b']],
	['ab', '', ['-a', '-b']],
])('from %j to %j', (before, after, lines) => {
	expect(shown(before, after)).toEqual(lines);
});

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), {maxLength: 12});

test('says how often a line goes and comes, whatever the lists', () => {
	fc.assert(
		fc.property(lines, lines, (before, after) => {
			const diff = lineDiff(before, after);
			for (const text of ['a', 'b', 'c', 'd']) {
				const count = (sign: string) => diff.filter(line => line.sign === sign && line.text === text).length;
				const times = (list: readonly string[]) => list.filter(line => line === text).length;
				expect(count('+') - count('-')).toBe(times(after) - times(before));
			}
		}),
	);
});

test('long lists without anything in common end in time', () => {
	const many = (name: string) => Array.from({length: 20_000}, (_, index) => `${name} ${index}`);
	expect(lineDiff(many('a'), many('b'))).toHaveLength(40_000);
});
