import {describe, expect, onTestFinished, test} from 'vitest';
import type {Alert} from '../../../src/analysis/alerts/alert.ts';
import {listenAlerts} from '../../../src/mcp/alerts/listen-alerts.ts';

/** A listener on a free port of loopback, and what it heard. */
async function world(isKey?: (token: string) => Promise<boolean>) {
	const heard: Alert[] = [];
	const listener = await listenAlerts({host: '127.0.0.1', port: 0, isKey, hear: alerts => void heard.push(...alerts)});
	onTestFinished(() => listener.close());
	const call = async (body: string, init: RequestInit = {}) => {
		const headers = {'content-type': 'application/json', ...init.headers};
		const answer = await fetch(`http://127.0.0.1:${listener.port}/alerts`, {method: 'POST', body, ...init, headers});
		return [answer.status, (await answer.text()).trim()];
	};
	return {heard, call, port: listener.port};
}

const body = JSON.stringify({
	version: '4',
	alerts: [{status: 'firing', labels: {alertname: 'Down', namespace: 'shop', pod: 'web-1'}, fingerprint: 'f'}],
});

describe('listenAlerts', () => {
	test('takes a webhook', async () => {
		const {call, heard} = await world();
		expect(await call(body)).toEqual([200, '1 taken']);
		expect(heard).toMatchObject([{name: 'Down', objects: [{kind: 'Pod', namespace: 'shop', name: 'web-1'}]}]);
	});

	test.each<readonly [string, string, RequestInit, readonly [number, string | RegExp]]>([
		['what is no JSON', '{', {}, [400, 'The body is no JSON']],
		['what is no alert', '{}', {}, [400, /^Expected a webhook/]],
		['what a page in a browser may send unasked', body, {headers: {'content-type': 'text/plain'}}, [415, /^The body must be/]],
		['more than a mebibyte', `{"pad":"${'x'.repeat(1024 * 1024)}"}`, {}, [413, /^A call may have/]],
		['another method', body, {method: 'PUT'}, [405, 'Send alerts by POST']],
	])('refuses %s', async (_, sent, init, [status, text]) => {
		const {call, heard} = await world();
		expect(await call(sent, init)).toEqual([status, text instanceof RegExp ? expect.stringMatching(text) : text]);
		expect(heard).toEqual([]);
	});

	test('lets in only who has a key, where there are keys', async () => {
		const {call, heard} = await world(async token => token === 'right');
		expect((await call(body))[0]).toBe(401);
		expect((await call(body, {headers: {authorization: 'Bearer wrong'}}))[0]).toBe(401);
		expect(heard).toEqual([]);
		expect((await call(body, {headers: {authorization: 'Bearer right'}}))[0]).toBe(200);
	});

	test('tells in words that an address is taken', async () => {
		const {port} = await world();
		await expect(listenAlerts({host: '127.0.0.1', port, hear() {}})).rejects.toThrow(`Alerts cannot be taken at 127.0.0.1:${port}`);
	});
});
