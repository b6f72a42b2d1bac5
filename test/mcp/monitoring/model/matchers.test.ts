import fc from 'fast-check';
import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {matcherTexts, parseMatcher} from '../../../../src/mcp/monitoring/model/matchers.ts';

const failure = (text: string) => {
	try {
		return parseMatcher(text);
	} catch (error) {
		return troubleOf(error);
	}
};

// The examples of Alertmanager's documentation and of its parser's tests.
test.each([
	['foo = bar,baz', {name: 'foo', value: 'bar,baz', isRegex: false, isEqual: true}],
	['foo=""', {name: 'foo', value: '', isRegex: false, isEqual: true}],
	['foo=', {name: 'foo', value: '', isRegex: false, isEqual: true}],
	['statuscode=~"5.."', {name: 'statuscode', value: '5..', isRegex: true, isEqual: true}],
	['foo!=bar', {name: 'foo', value: 'bar', isRegex: false, isEqual: false}],
	['tricky!~"==!=="', {name: 'tricky', value: '==!==', isRegex: true, isEqual: false}],
	['foo=bar\\"baz', undefined],
	['foo="bar\\"baz"', {name: 'foo', value: 'bar"baz', isRegex: false, isEqual: true}],
	['foo="a\\nb\\\\c"', {name: 'foo', value: 'a\nb\\c', isRegex: false, isEqual: true}],
	['"a name"="x"', {name: 'a name', value: 'x', isRegex: false, isEqual: true}],
	['with space=x', undefined],
	['=x', undefined],
	['{foo="bar"}', undefined],
	['foo', undefined],
	['foo="bar', undefined],
])('%s', (text, matcher) => {
	if (matcher === undefined) expect(failure(text)).toMatchObject({code: 'bad-matcher', next: expect.stringContaining('NAME="VALUE"')});
	else expect(parseMatcher(text)).toEqual(matcher);
});

test('what is written is read again, in one order and once', () => {
	const matcher = fc.record({name: fc.string({minLength: 1}), value: fc.string(), isRegex: fc.boolean(), isEqual: fc.boolean()});
	fc.assert(
		fc.property(fc.array(matcher, {maxLength: 4}), matchers => {
			const texts = matcherTexts(matchers);
			expect(matcherTexts([...matchers, ...matchers].toReversed())).toEqual(texts);
			expect(matcherTexts(texts.map(parseMatcher))).toEqual(texts);
			for (const each of matchers) expect(texts.map(parseMatcher)).toContainEqual(each);
		}),
	);
});
