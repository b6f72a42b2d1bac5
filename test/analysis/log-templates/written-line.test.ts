import {expect, test} from 'vitest';
import {logSource} from '../../../src/analysis/log-templates/log-source.ts';
import {writtenLine} from '../../../src/analysis/log-templates/written-line.ts';

const at = '2026-03-01T10:00:00.123456789Z';
const atMs = Date.parse('2026-03-01T10:00:00.123Z');

test.each([
	['up', {text: 'up'}],
	[`${at} stdout F up`, {text: 'up', atMs, goesOn: false}],
	[`${at} stderr P half`, {text: 'half', atMs, goesOn: true}],
	[`${at} stderr F`, {text: '', atMs, goesOn: false}],
	[JSON.stringify({log: 'up\n', stream: 'stdout', time: at}), {text: 'up', atMs, goesOn: false}],
	[JSON.stringify({log: 'half', stream: 'stdout', time: at}), {text: 'half', atMs, goesOn: true}],
	// A program's own line of JSON is no wrapping, nor is text that only begins like one.
	[JSON.stringify({log: 'up', level: 'info'}), {text: '{"log":"up","level":"info"}'}],
	[JSON.stringify({log: 'up', stream: 'a', level: 'info'}), {text: '{"log":"up","stream":"a","level":"info"}'}],
	['{"log":"up', {text: '{"log":"up'}],
	['\u001B[32mINFO\u001B[0m \u001B[38;5;3mup\u001B[K', {text: 'INFO up'}],
])('takes off what stands around %j', (line, written) => {
	expect(writtenLine(line)).toEqual(written);
});

test('reads what is wrapped as if it were not, and joins what the runtime cut', () => {
	const records: unknown[] = [];
	const source = logSource(({message, start, level, atMs: ms, moreLines}) =>
		records.push([message.slice(start), level, ms === undefined ? ms : new Date(ms).toISOString(), moreLines]),
	);
	const error = JSON.stringify({level: 'error', msg: 'cannot pull'});
	source.add(`${at} stderr P ${error.slice(0, 10)}`);
	source.add(`${at} stderr F ${error.slice(10)}`);
	source.add(JSON.stringify({log: '2026-03-01 09:00:00 WARN disk is full\n', stream: 'stdout', time: at}));
	source.flush();
	expect(records).toEqual([
		['cannot pull', 'error', '2026-03-01T10:00:00.123Z', 0],
		['disk is full', 'warning', '2026-03-01T10:00:00.123Z', 0],
	]);
});
