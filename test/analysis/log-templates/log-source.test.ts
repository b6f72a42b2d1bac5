import {expect, test} from 'vitest';
import type {LogRecord} from '../../../src/analysis/log-templates/log-record.ts';
import {logSource} from '../../../src/analysis/log-templates/log-source.ts';

/** The records of lines, their messages alone where no more is asked. */
function recordsOf(lines: readonly string[]): readonly LogRecord[] {
	const records: LogRecord[] = [];
	const source = logSource(record => records.push(record));
	for (const line of lines) source.add(line);
	source.flush();
	return records;
}

const messagesOf = (lines: readonly string[]) => recordsOf(lines).map(({message, start, moreLines}) => [message.slice(start), moreLines]);

test.each([
	['2026-03-01 10:00:00,123 INFO  [main] org.example.Main: Started in 5 s', 'Started in 5 s', 'info', '2026-03-01T10:00:00.123Z'],
	['2026-03-01T10:00:00.5+02:00 WARN disk is full', 'disk is full', 'warning', '2026-03-01T08:00:00.500Z'],
	['[Sun Dec 04 20:32:37 2005] [error] child died', 'child died', 'error', '2005-12-04T20:32:37.000Z'],
	['E0321 10:00:00.000000       1 reflector.go:138] cannot list pods', 'cannot list pods', 'error', undefined],
	['I0321 10:00:00.000000       1 event.go:294] "Pod started" pod="web-1" node="n1"', 'Pod started', 'info', undefined],
	['Jul  9 12:16:49 host sshd[2314]: session opened', 'session opened', undefined, undefined],
	['{"level":"error","ts":1700000000.5,"msg":"cannot pull","image":"web:1"}', 'cannot pull', 'error', '2023-11-14T22:13:20.500Z'],
	['{"level":30,"time":1700000000000,"pid":7,"msg":"ready"}', 'ready', 'info', '2023-11-14T22:13:20.000Z'],
	['{"log":"hello\\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}', 'hello', undefined, '2026-03-01T10:00:00.000Z'],
	['time="2026-03-01T10:00:00Z" level=warning msg="no \\"quorum\\"" peer=3', 'no "quorum"', 'warning', '2026-03-01T10:00:00.000Z'],
	['level=info ts=2026-03-01T10:00:00Z caller=main.go:5 msg=ready', 'ready', 'info', '2026-03-01T10:00:00.000Z'],
	['ERROR: relation "users" does not exist', 'relation "users" does not exist', 'error', undefined],
	['10.0.0.1 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 23', '"GET / HTTP/1.1" 200 23', undefined, '2026-10-10T13:55:36.000Z'],
	['[2026-03-01 10:00:00,123: ERROR/ForkPoolWorker-2] Task lost', 'Task lost', 'error', '2026-03-01T10:00:00.123Z'],
	['E, [2026-03-01T10:00:00.123456 #71] ERROR -- : cannot render', 'cannot render', 'error', '2026-03-01T10:00:00.123Z'],
	['71:M 01 Mar 2026 10:00:00.123 # Out of room', 'Out of room', undefined, '2026-03-01T10:00:00.123Z'],
	['2026-03-01T10:00:00Z\tINFO\tReconciling\t{"name": "web"}', 'Reconciling\t{"name": "web"}', 'info', '2026-03-01T10:00:00.000Z'],
	['[2026-03-01T10:00:00Z] "GET / HTTP/1.1" 200 - via - "x"', '"GET / HTTP/1.1" 200 - via - "x"', undefined, '2026-03-01T10:00:00.000Z'],
	['10:00AM INF ready', 'ready', 'info', undefined],
	['just words', 'just words', undefined, undefined],
])('reads %s', (line, message, level, time) => {
	// A header is one by what many lines share.
	const [record] = recordsOf([line, line, line]);
	expect(record?.message.slice(record.start)).toBe(message);
	expect(record?.level).toBe(level);
	expect(record?.atMs).toBe(time === undefined ? undefined : Date.parse(time));
});

test('what has no bracket where the others have their header is no header, but a trace', () => {
	const head = (task: number) => `[2026-03-01 10:00:0${task},123: ERROR/Main] Task ${task} lost`;
	const trace = ['Traceback (most recent call last):', '  File "/app/a.py", line 5, in run', 'ValueError: no'];
	expect(messagesOf([head(1), ...trace, head(2)])).toEqual([
		['Task 1 lost', 3],
		['Task 2 lost', 0],
	]);
});

test('the message of .NET stands below its level and category', () => {
	const lines = [
		'info: Shop.Cart[14]',
		'      Item 5 added',
		'fail: Shop.Cart[3]',
		'      Cannot pay',
		'      System.IO.IOException: gone',
	];
	expect(recordsOf(lines).map(({message, start, level, moreLines}) => [message.slice(start), level, moreLines])).toEqual([
		['Item 5 added', 'info', 1],
		['Cannot pay', 'error', 2],
	]);
});

test('the time that the caller knows comes before the one in the line', () => {
	const records: LogRecord[] = [];
	const source = logSource(record => records.push(record));
	source.add('2026-03-01T10:00:00Z INFO up', 5);
	source.flush();
	expect(records[0]?.atMs).toBe(5);
});

const at = '2026-03-01T10:00:00Z';

test.each([
	[
		'Java',
		[
			`${at} ERROR app: failed`,
			'java.lang.IllegalStateException: no room',
			'\tat com.example.A.b(A.java:5)',
			'\tat com.example.C.d(C.java:9)',
			'Caused by: java.io.IOException: gone',
			'\tat com.example.E.f(E.java:1)',
			'\t... 2 more',
			`${at} INFO app: next`,
		],
		[
			['failed', 6],
			['next', 0],
		],
	],
	[
		'Java without a header',
		[
			'java.lang.IllegalStateException: no room',
			'\tat com.example.A.b(A.java:5)',
			'Caused by: java.io.IOException: gone',
			'\t... 2 more',
			'up again',
		],
		[
			['java.lang.IllegalStateException: no room', 3],
			['up again', 0],
		],
	],
	[
		'Python',
		[
			'Traceback (most recent call last):',
			'  File "/app/x.py", line 3, in <module>',
			'    run()',
			'  File "/app/y.py", line 9, in run',
			'    raise ValueError("bad")',
			'ValueError: bad',
			'up again',
		],
		[
			['ValueError: bad', 5],
			['up again', 0],
		],
	],
	[
		'Go',
		[
			'panic: runtime error: index out of range [5] with length 3',
			'',
			'goroutine 1 [running]:',
			'main.pick(...)',
			'\t/app/main.go:12',
			'main.main()',
			'\t/app/main.go:8 +0x1d',
			'exit status 2',
		],
		[['panic: runtime error: index out of range [5] with length 3', 7]],
	],
	[
		'Node',
		['TypeError: x is not a function', '    at run (/app/x.js:3:5)', '    at Object.<anonymous> (/app/y.js:1:1)', 'listening'],
		[
			['TypeError: x is not a function', 2],
			['listening', 0],
		],
	],
	[
		'.NET',
		[
			'Unhandled exception. System.InvalidOperationException: no',
			'   at App.Program.Main(String[] args) in /src/Program.cs:line 5',
			'   --- End of inner exception stack trace ---',
			'   at App.Other()',
			'done',
		],
		[
			['Unhandled exception. System.InvalidOperationException: no', 3],
			['done', 0],
		],
	],
] as const)('joins a stack trace of %s to its line', (_language, lines, expected) => {
	expect(messagesOf(lines)).toEqual(expected);
});

test('a line without a time belongs to the one above where nearly all have one', () => {
	const lines = [
		...Array.from({length: 20}, () => `${at} INFO db: query`),
		`${at} INFO db: long query`,
		'select *',
		'from users',
		`${at} INFO db: query`,
	];
	expect(messagesOf(lines).slice(20)).toEqual([
		['long query', 2],
		['query', 0],
	]);
});

test('a frame belongs to the line above, also where the header is no more than a level', () => {
	const lines = [
		...Array.from({length: 20}, () => 'INFO query'),
		'ERROR cannot reach the database',
		'    at connect (db.js:10:3)',
		'INFO query',
	];
	expect(messagesOf(lines).slice(20)).toEqual([
		['cannot reach the database', 1],
		['query', 0],
	]);
});

test('a line in the format of another program stands by itself', () => {
	const lines = [
		...Array.from({length: 40}, () => `${at} INFO db: query`),
		`10.0.0.1 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 23`,
	];
	expect(messagesOf(lines)).toHaveLength(41);
});

test('learns the header anew when the program changes it', () => {
	const before = Array.from({length: 600}, (_, index) => `${at} INFO db: query ${index}`);
	const after = Array.from({length: 1600}, (_, index) => `<${index}> [10/Oct/2026:13:55:36 +0000] WARN web: served ${index}`);
	expect(messagesOf([...before, ...after]).at(-1)).toEqual(['served 1599', 0]);
});
