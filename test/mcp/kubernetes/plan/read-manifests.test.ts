import {expect, test} from 'vitest';
import {MkcoaError} from '../../../../src/core/error.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';

const objects = (text: string) => readManifests(text).map(({object}) => object);

function refusal(text: string) {
	try {
		readManifests(text);
	} catch (error) {
		if (error instanceof MkcoaError) return error.trouble;
	}
	throw new Error('nothing was refused');
}

test('reads several documents and remembers where each stands', () => {
	expect(readManifests('kind: A\n---\n\n---\nkind: B\n').map(({document, line}) => [document, line])).toEqual([
		[1, 1],
		[3, 5],
	]);
});

test('reads JSON', () => {
	expect(objects('{"kind": "A", "n": [1]}')).toEqual([{kind: 'A', n: [1]}]);
});

test('opens a List', () => {
	expect(objects('kind: List\nitems:\n- {kind: A}\n- {kind: B}\n')).toEqual([{kind: 'A'}, {kind: 'B'}]);
});

test.each([
	['0644', 420],
	['yes', true],
	['1:30', '1:30'],
	['2026-01-01', '2026-01-01'],
	['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
	['"010"', '010'],
	['1e3', 1000],
	['~', null],
])('reads the scalar %s as kubectl does', (text, value) => {
	expect(objects(`a: ${text}`)).toEqual([{a: value}]);
});

test('names every bad document with its line', () => {
	expect(refusal('a: [1\n---\nkind: A\n---\nb: {')).toMatchObject({
		code: 'bad-yaml',
		line: 2,
		what: 'The manifest has 2 problems, so nothing was applied',
		why: expect.stringMatching(/^document 1, line 2: .*; document 3, line 5: /),
	});
});

test.each([
	['a key that stands twice', 'a: 1\na: 2', 'Map keys must be unique'],
	['a list', '- 1', 'an object was expected, a list came'],
	['a word', 'word', 'an object was expected, “word” came'],
	['nothing', '# only a comment\n', 'the text holds no object'],
	['an anchor that is not there', 'a: *b', 'Unresolved alias'],
])('refuses %s', (_, text, why) => {
	expect(refusal(text).why).toContain(why);
});

test('refuses aliases that explode', () => {
	const levels = Array.from({length: 9}, (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(',')}]`);
	expect(refusal(`l0: &l0 [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}`).why).toContain('Excessive alias count');
});
