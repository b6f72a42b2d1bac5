import {expect, test} from 'vitest';
import {listForm} from '../../../src/analysis/log-templates/list-form.ts';
import {wordsOf} from '../../../src/analysis/log-templates/words.ts';

const formOf = (line: string) => {
	const spaced: boolean[] = [];
	const words = wordsOf(line, 0, spaced);
	return listForm({words, spaced});
};

test.each([
	['out of sync: (broker: 1, end: 5) (broker: 2, end: 7)', 'out of sync : ( broker : <*> , end : <*> )'],
	['delete Seg(base=1, size=2), Seg(base=3, size=4), Seg(base=5, size=6)', 'delete Seg ( base = <*> , size = <*> )'],
	['flags active: cart, search, billing', 'flags active : <*>'],
	['profiles ["dev", "test", "eu"] on', 'profiles [ " <*> " ] on'],
	['worker "parallel worker" left', 'worker " <*> " left'],
	// What is said stays: prose with commas, sentences in quotes, keys of JSON, a text that begins with quotes.
	['moved [7] [8] [9]', 'moved [ <*> ] [ <*> ] [ <*> ]'],
	['shutting down, bye bye', 'shutting down , bye bye'],
	['now: stopping, please wait for it', 'now : stopping , please wait for it'],
	['answered "no room for it"', 'answered " no room for it "'],
	['asked "GET /x HTTP/1.1"', 'asked " GET <*> "'],
	['got {"a kind": "b"}', 'got { " a kind " : " b " }'],
	['"Pod is here"', '" Pod is here "'],
	['name "open', 'name " open'],
	['', ''],
])('has one item of each list in %s', (line, form) => {
	const {words, spaced} = formOf(line);
	expect(words.join(' ')).toBe(form);
	expect(spaced).toHaveLength(words.length);
});

test('what has no list stays the same shape', () => {
	const shape = {words: ['took', '<*>'], spaced: [false, true]};
	expect(listForm(shape)).toBe(shape);
});

test('is no slower for many more words', () => {
	const words = Array.from({length: 200}, (_, at) => (at % 2 ? ',' : `"${at}`)).flatMap(word => ['"', word, '"', '<*>']);
	expect(listForm({words, spaced: words.map(() => true)}).words.length).toBeLessThanOrEqual(words.length);
});
