import {expect, test} from 'vitest';
import {foldLines} from '../../../../src/mcp/kubernetes/model/log-template.ts';
import {cpuMs} from '../../../support/cpu-time.ts';

test.each([
	['2026-01-01T10:00:00.123Z GET /cart 200 in 12.5 ms', '<time> GET /cart 200 in <n> ms'],
	['user 1b4e28ba-2fa1-11d2-883f-0016d3cca427 signed in', 'user <uuid> signed in'],
	['dial tcp 10.0.0.12:5432: refused', 'dial tcp <ip>: refused'],
	['commit 3f2a9c1d77 by "Jane Doe"', 'commit <hex> by <text>'],
	['pointer 0xc000123 is nil', 'pointer <hex> is nil'],
	['added facade to deadbeef', 'added facade to deadbeef'],
	['took 12345678 ms', 'took <n> ms'],
	['took 404 ms and 500 bytes', 'took <n> ms and <n> bytes'],
	['status=503 path=/x/404', 'status=503 path=/x/404'],
	['10.200.3.4 500ms', '<ip> <n>ms'],
])('masks %s', (line, template) => {
	expect(foldLines([line])[0]?.template).toBe(template);
});

test('counts lines of one shape in the order in which shapes came', () => {
	expect(foldLines(['try 1', 'gave up', 'try 2', 'try 3'])).toEqual([
		{template: 'try <n>', count: 3, first: 'try 1', last: 'try 3'},
		{template: 'gave up', count: 1, first: 'gave up', last: 'gave up'},
	]);
});

test('masks a very long hostile line in linear time', () => {
	const started = cpuMs();
	foldLines([`${'a1'.repeat(100_000)}"${"'".repeat(100_000)}`]);
	expect(cpuMs() - started).toBeLessThan(500);
});
