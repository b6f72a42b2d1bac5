import {expect, test} from 'vitest';
import {headOf, learnLayout} from '../../../src/analysis/log-templates/layout.ts';
import {levelInMessage} from '../../../src/analysis/log-templates/level.ts';
import {logSource} from '../../../src/analysis/log-templates/log-source.ts';
import {linesOf, writtenSystems} from './written-systems.ts';

/** Where the message of each line begins, its level and its time. */
function readOf(lines: readonly string[]) {
	const read: unknown[] = [];
	const source = logSource(({message, start, level, atMs}) => read.push([message, start, level, atMs]));
	for (const line of lines) source.add(line);
	source.flush();
	return read;
}

test.each(Object.entries(writtenSystems))('headers of %s that are known are read as if each were new', (_name, system) => {
	const lines = linesOf(system, 500, 11).map(({text}) => text);
	const layout = learnLayout(lines);
	const anew = lines.map(line => {
		const {start, level, atMs} = headOf(line, layout);
		return [line, start, level ?? levelInMessage(line, start), atMs];
	});
	expect(readOf(lines)).toEqual(anew);
});

test('the time of a line that is like another but for its digits is its own', () => {
	const lines = ['081109 203518 12 INFO up 1', '081109 203519 34 INFO up 2', '999999 203519 34 INFO up 3'];
	const times = ['2008-11-09T20:35:18Z', '2008-11-09T20:35:19Z'].map(time => Date.parse(time));
	expect(readOf([...lines, ...Array.from({length: 60}, () => lines[0] ?? '')]).slice(0, 2)).toEqual([
		[lines[0], 22, 'info', times[0]],
		[lines[1], 22, 'info', times[1]],
	]);
	// No month has the number 99: it is no time, and no header.
	expect(readOf([...Array.from({length: 60}, () => lines[0] ?? ''), lines[2] ?? '']).at(-1)).not.toEqual([lines[2], 22, 'info', undefined]);
});
