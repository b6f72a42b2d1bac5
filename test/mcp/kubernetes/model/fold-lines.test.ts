import {expect, test} from 'vitest';
import {foldLines} from '../../../../src/mcp/kubernetes/model/fold-lines.ts';
import {cpuMs} from '../../../support/cpu-time.ts';

test.each([
	['times and durations', '2026-01-01T10:00:00.123Z GET /cart 200 in 12.5 ms', '2026-01-01T10:00:01.007Z GET /cart 200 in 3 ms'],
	['ids', 'user 1b4e28ba-2fa1-11d2-883f-0016d3cca427 signed in', 'user 5d1c1c1e-2fa1-11d2-883f-0016d3cca427 signed in'],
	['addresses', 'dial tcp 10.0.0.12:5432: refused', 'dial tcp 10.0.7.1:5432: refused'],
	['hashes and quoted names', 'commit 3f2a9c1d77 by "Jane"', 'commit 99aa88bb77 by "Joe"'],
	['pointers', 'pointer 0xc000123 is nil', 'pointer 0xc000999 is nil'],
	['numbers', 'took 12345678 ms', 'took 1 ms'],
	['numbers with a unit that look like a status', 'took 404 ms and 500 bytes', 'took 200 ms and 12 bytes'],
	['units that touch', '10.200.3.4 500ms', '10.200.3.5 200ms'],
	['messages of JSON', '{"level":"info","msg":"served","path":"/a","ms":3}', '{"level":"info","msg":"served","path":"/b","ms":900}'],
])('folds lines that differ in %s', (_what, one, other) => {
	expect(foldLines([one, other])).toEqual([{text: other, count: 2}]);
});

test.each([
	['the status of an answer', 'GET /cart 200 in 12.5 ms', 'GET /cart 500 in 12.5 ms'],
	['a status behind an equals sign', 'status=503 path=/x/404', 'status=200 path=/x/404'],
	['a word', 'added facade to deadbeef', 'added facade to cafe'],
	['what was done', 'session opened', 'session closed'],
	['the level', '2026-01-01T10:00:00Z INFO app: reached the limit', '2026-01-01T10:00:00Z ERROR app: reached the limit'],
	['the level of JSON', '{"level":"info","msg":"done"}', '{"level":"error","msg":"done"}'],
])('keeps lines apart that differ in %s', (_what, one, other) => {
	expect(foldLines([one, other]).map(({text, count}) => [text, count])).toEqual([
		[one, 1],
		[other, 1],
	]);
});

test('counts lines of one shape in the order in which shapes came', () => {
	expect(foldLines(['try 1', 'gave up', 'try 2', 'try 3'])).toEqual([
		{text: 'try 3', count: 3},
		{text: 'gave up', count: 1},
	]);
});

test('keeps a stack trace below its line, frame by frame', () => {
	const failure = (number: number) => [
		`order ${number} failed`,
		`java.lang.IllegalStateException: no room for ${number}`,
		'\tat shop.Cart.add(Cart.java:12)',
		'\tat shop.Main.main(Main.java:3)',
	];
	const lines = [...failure(1), 'ready', ...failure(2)];
	const folded = foldLines(lines);
	expect(folded.map(({text, count}) => `${count} ${text}`)).toEqual([
		'2 order 2 failed',
		'2 java.lang.IllegalStateException: no room for 2',
		'2 \tat shop.Cart.add(Cart.java:12)',
		'2 \tat shop.Main.main(Main.java:3)',
		'1 ready',
	]);
	expect(folded.reduce((sum, {count}) => sum + count, 0)).toBe(lines.length);
});

test('folds a very long hostile line in linear time', () => {
	const started = cpuMs();
	foldLines([`${'a1'.repeat(100_000)}"${"'".repeat(100_000)}`]);
	expect(cpuMs() - started).toBeLessThan(500);
});
