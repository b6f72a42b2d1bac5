import {describe, expect, test} from 'vitest';
import {addressGuard} from '../../../src/mcp/outside/address-guard.ts';

const elsewhere = addressGuard(new URL('https://mcp.example.com/mcp'));
const here = addressGuard(new URL('http://127.0.0.1:4000/mcp'));

describe('an address on the way to a server elsewhere', () => {
	test.each(['https://mcp.example.com', 'https://10.0.0.7:8443/x', 'https://[fd12::1]/'])('%s is asked', url => {
		expect(() => elsewhere.checkUrl(new URL(url))).not.toThrow();
	});

	test.each([
		'http://mcp.example.com',
		'http://10.0.0.7',
		'https://169.254.169.254/latest/meta-data',
		// The same, as browsers and resolvers read it.
		'https://2852039166/',
		'https://0xa9fea9fe/',
		'https://[::ffff:169.254.169.254]/',
		'https://[64:ff9b::169.254.169.254]/',
		'https://[fd00:ec2::254]/',
		'https://[fd20:ce::254]/',
		'https://[fe80::1]/',
		'https://100.100.100.200/',
		'https://168.63.129.16/',
		'https://0.0.0.0/',
		'https://[::]/',
		'https://127.0.0.1:6443/',
		'https://localhost:6443/',
		'https://[::1]/',
		'https://[::ffff:127.0.0.1]/',
		'http://localhost/',
		'https://user:password@mcp.example.com/',
		'file:///etc/passwd',
	])('%s is not', url => {
		expect(() => elsewhere.checkUrl(new URL(url))).toThrow(
			expect.objectContaining({trouble: expect.objectContaining({code: 'address-not-allowed'})}),
		);
	});

	test.each([
		['93.184.216.34', true],
		['10.1.2.3', true],
		['127.0.0.1', false],
		['::ffff:127.0.0.1', false],
		['169.254.170.2', false],
		['fd00:ec2::254', false],
	])('a name that leads to %s: %s', (address, isAllowed) => {
		expect(elsewhere.allows(address)).toBe(isAllowed);
	});
});

test('a server on this machine may be asked over http, and may still not lead to metadata', () => {
	expect(() => here.checkUrl(new URL('http://localhost:4000/mcp'))).not.toThrow();
	expect(() => here.checkUrl(new URL('http://169.254.169.254/'))).toThrow();
	expect(() => here.checkUrl(new URL('http://example.com/'))).toThrow();
	expect(here.allows('127.0.0.1')).toBe(true);
	expect(here.allows('169.254.169.254')).toBe(false);
});
