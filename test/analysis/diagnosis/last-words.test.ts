import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {refusalIn, tellingLine, unreachedIn} from '../../../src/analysis/diagnosis/last-words.ts';

describe('the line that says most', () => {
	test.each([
		[
			'the last failure, not the stack below it',
			'INFO up\npanic: nil map\n\ngoroutine 1 [running]:\nmain.main()\n /src/main.go:31 +0x1d9',
			'panic: nil map',
		],
		[
			'of Java, the exception',
			'Exception in thread "main" java.lang.IllegalStateException: no queue\n\tat shop.Main.main(Main.java:9)',
			'Exception in thread "main" java.lang.IllegalStateException: no queue',
		],
		[
			'of Python, the last line',
			'Traceback (most recent call last):\n  File "app.py", line 3, in <module>\nKeyError: \'REGION\'',
			"KeyError: 'REGION'",
		],
		[
			'of Node.js, the error',
			'Error: LOG_FORMAT must be json or text\n    at boot (/app/boot.js:4:9)',
			'Error: LOG_FORMAT must be json or text',
		],
		['where nothing tells of a failure, the last', 'one\ntwo\n\n', 'two'],
		['nothing of nothing', '', ''],
		['control characters are taken out', 'error: \u001b[31mred\u001b[0m', 'error: red'],
	])('%s', (_what, words, wanted) => {
		expect(tellingLine(words)).toBe(wanted);
	});

	test('is always one line', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), words => !/[\n\r\t]/.test(tellingLine(words))));
	});
});

describe('what is not reached', () => {
	test.each([
		['dial tcp: lookup db.shop.svc on 10.0.0.10:53: no such host', {host: 'db.shop.svc', isUnknown: true}],
		['dial tcp 10.96.0.99:5432: connect: connection refused', {host: '10.96.0.99', port: 5432, isUnknown: false}],
		['Error: getaddrinfo ENOTFOUND queue', {host: 'queue', isUnknown: true}],
		['Error: connect ECONNREFUSED 10.1.2.3:6379', {host: '10.1.2.3', port: 6379, isUnknown: false}],
		[
			'psql: error: connection to server at "db" (10.1.2.3), port 5432 failed: Connection refused',
			{host: 'db', port: 5432, isUnknown: false},
		],
		['could not translate host name "ledger-db" to address: Name or service not known', {host: 'ledger-db', isUnknown: true}],
		["ERROR 2003 (HY000): Can't connect to MySQL server on 'orders-db:3306' (111)", {host: 'orders-db', port: 3306, isUnknown: false}],
		['Caused by: java.net.UnknownHostException: kafka-0.kafka', {host: 'kafka-0.kafka', isUnknown: true}],
		['org.postgresql.util.PSQLException: Connection to db:5432 refused.', {host: 'db', port: 5432, isUnknown: false}],
		["urllib3: HTTPConnectionPool(host='prices', port=8080): Max retries exceeded", {host: 'prices', port: 8080, isUnknown: false}],
		['curl: (7) Failed to connect to prices port 80 after 2 ms', {host: 'prices', port: 80, isUnknown: false}],
		['ENOTFOUND old\nlater: connect ECONNREFUSED 10.0.0.1:80', {host: '10.0.0.1', port: 80, isUnknown: false}],
		['panic: nil map', undefined],
		['INFO connected to db:5432', undefined],
		['', undefined],
	])('%s', (words, wanted) => {
		expect(unreachedIn(words)).toEqual(wanted);
	});
});

test('a refusal of the API server is told by whom, what and of what', () => {
	const words = (account: string, verb: string) =>
		`E pods is forbidden: User "system:serviceaccount:${account}" cannot ${verb} resource "pods" in API group "" in the namespace "shop"`;
	expect(refusalIn(`${words('shop:old', 'list')}\n${words('shop:bot', 'watch')}`)).toEqual({
		account: 'shop:bot',
		verb: 'watch',
		resource: 'pods',
	});
	expect(refusalIn('User "ann" cannot list resource "pods"')).toBeUndefined();
});
