import {expect, test} from 'vitest';
import {groupShapes} from '../../../src/analysis/log-templates/group-shapes.ts';
import {wordsOf} from '../../../src/analysis/log-templates/words.ts';

/** The templates of lines, each with how many different shapes it has. */
function templatesOf(lines: readonly string[]) {
	const shapes = lines.map(line => {
		const spaced: boolean[] = [];
		return {words: wordsOf(line, 0, spaced), spaced};
	});
	const groups = groupShapes(shapes).toSorted((one, other) => (one.members[0] ?? 0) - (other.members[0] ?? 0));
	return groups.map(({words, members}) => [words.join(' '), members.length]);
}

test('few different words in one place are said, many are values', () => {
	expect(templatesOf(['queue red full', 'queue blue full'])).toHaveLength(2);
	expect(templatesOf(['queue red full', 'queue blue full', 'queue green full', 'queue pink full'])).toEqual([['queue <*> full', 4]]);
});

test('what varies behind a word in one statement is a value behind it in another', () => {
	const learned = ['node red left', 'node blue left', 'node green left', 'node pink left'];
	expect(templatesOf([...learned, 'moved node red to pool', 'moved node blue to pool'])).toEqual([
		['node <*> left', 4],
		['moved node <*> to pool', 2],
	]);
	// Also in two places at once.
	const pairs = ['from node red to node blue', 'from node green to node pink'];
	expect(templatesOf([...learned, ...pairs])).toContainEqual(['from node <*> to node <*>', 2]);
});

test('names with dots vary where a line begins, words do not', () => {
	const names = ['a.service: gone', 'b.service: gone', 'c.service: gone', 'd.service: gone'];
	expect(templatesOf(names)).toEqual([['<*> : gone', 4]]);
	expect(templatesOf(['open it', 'close it', 'lock it', 'free it'])).toHaveLength(4);
});

test('a word behind its name is a value, whatever it looks like', () => {
	const states = ['job state=DONE', 'job state=waiting', 'job state=new', 'job state=FAILED'];
	expect(templatesOf(states)).toEqual([['job state = <*>', 4]]);
	expect(templatesOf(['job is DONE', 'job is waiting', 'job is new', 'job is FAILED'])).toHaveLength(4);
});

test('lists of any length are of one statement', () => {
	expect(templatesOf(['flags: red', 'flags: red, blue', 'flags: green, blue, red'])).toEqual([['flags : <*>', 3]]);
});

test('nothing has no group', () => {
	expect(groupShapes([])).toEqual([]);
});
