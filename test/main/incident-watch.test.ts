import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** Texts as they come, and a wait for one that fits. */
function desk() {
	const texts: string[] = [];
	let hear = () => {};
	return {
		texts,
		take(text: string) {
			texts.push(text);
			hear();
		},
		async until(pattern: RegExp): Promise<string> {
			for (;;) {
				const found = texts.find(text => pattern.test(text));
				if (found !== undefined) return found;
				await new Promise<void>(resolve => {
					hear = resolve;
				});
			}
		},
	};
}

/** A web hook that answers well, and what it was sent. */
async function hook() {
	const sent = desk();
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		sent.take(body);
		response.end('ok');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	// A server that listens on a port has an address of this form.
	return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`, sent};
}

/** `mkcoa incident watch` under way, until `stop`. */
function watch(scenario: string, ...words: readonly string[]) {
	const [out, err, stop] = [desk(), desk(), new AbortController()];
	const ended = runMkcoa(['incident', 'watch', '--sandbox', scenario, ...words], {
		folder,
		signal: stop.signal,
		streams: {out: out.take, err: err.take},
	});
	return {out, err, ended, stop: () => stop.abort()};
}

const alert = (status: string) =>
	JSON.stringify({
		version: '4',
		alerts: [
			{
				status,
				labels: {alertname: 'Slow', severity: 'critical', namespace: 'shop', deployment: 'web'},
				annotations: {summary: 'It is slow'},
				fingerprint: 'f',
			},
		],
	});

describe('mkcoa incident watch', () => {
	test('tells an alert that no incident explains, notifies, keeps a record that a person takes and hands over, and ends with the sum', async () => {
		const {url, sent} = await hook();
		const {out, err, ended, stop} = watch('shop', '--alerts', '127.0.0.1:0', '--notify', url);
		await err.until(/^Watching all namespaces of sandbox: \d+ objects/);
		const address = /http:\S+/.exec(await err.until(/^Alerts are taken/))?.[0] ?? '';
		const post = (status: string) => fetch(address, {method: 'POST', headers: {'content-type': 'application/json'}, body: alert(status)});
		await post('firing');
		const line = await out.until(/alert-only/);
		expect(line.split('\t')).toEqual([
			expect.stringMatching(/^\d{4}-.*Z$/),
			expect.stringMatching(/^[\da-z]{12}$/),
			'+ critical Deployment shop/web (alert-only): Alertmanager says "Slow", "It is slow"\n',
		]);
		await sent.until(/alert-only:alertmanager\/f/);

		const id = line.split('\t')[1] ?? '';
		const run = (...words: readonly string[]) => runMkcoa(['incident', ...words, '--sandbox', 'shop'], {folder});
		expect(await run('ack', id, '--note', 'on it')).toMatchObject({
			code: 0,
			out: expect.stringMatching(new RegExp(`^✓ ${id} is with alice: Deployment`)),
		});
		expect(await run('handover', id, 'bob')).toMatchObject({code: 0});
		await post('resolved');
		await out.until(/- critical Deployment shop\/web \(alert-only\) healed after \d+s\n/);
		expect((await run('list')).out).toMatch(/^No incident of sandbox is on record/);
		const {incidents} = JSON.parse((await run('list', '--all', '--json')).out).output;
		expect(incidents).toMatchObject([
			{
				id,
				state: 'healed',
				acknowledgedBy: 'alice',
				owner: 'bob',
				alerts: ['Slow'],
				times: 1,
				notes: [{text: 'on it'}, {text: 'handed over from alice to bob'}],
			},
		]);
		stop();
		expect((await ended).code).toBe(0);
		expect(err.texts.at(-1)).toMatch(/^Watched for \d+s: 1 incident came, 1 healed, 0 open\n$/);
		expect([...out.texts, ...err.texts].join('')).not.toContain('secret-path');
	});

	test('ends with 3 where something as grave came, and a later watch tells that it is still there', async () => {
		const first = watch('broken', '--fail-on', 'high', '--json');
		const raised = JSON.parse(await first.out.until(/selector-fits-no-pod/));
		expect(raised).toMatchObject({
			kind: 'incident',
			news: 'raised',
			severity: 'high',
			times: 1,
			incident: {id: 'selector-fits-no-pod', status: 'fail'},
		});
		first.stop();
		expect((await first.ended).code).toBe(3);
		expect(JSON.parse(first.out.texts.at(-1) ?? '')).toMatchObject({kind: 'sum', raised: first.out.texts.length - 1, healed: 0});
		const second = watch('broken');
		const still = await second.out.until(/selector-fits-no-pod/);
		expect(still).toMatch(
			new RegExp(`\t${raised.id}\t= high Service broken/service-selector-wrong \\(selector-fits-no-pod\\) is still there after \\d+s\n`),
		);
		second.stop();
		expect((await second.ended).code).toBe(0);
	});

	test('ends when the time is over, and that is no failure', async () => {
		const {ended, err} = watch('empty', '--timeout', '3s');
		expect((await ended).code).toBe(0);
		expect(err.texts.at(-1)).toMatch(/^Watched for/);
	});

	test.each([
		[['--alerts', '0.0.0.0:0'], 'mkcoa does not take alerts at 0.0.0.0 from whoever reaches it'],
		[['--alerts', 'x y'], '--alerts "x y" is no address'],
		[['--notify', 'ftp://x'], '--notify is no address'],
		[['--notify-as', 'pager'], '--notify-as "pager" is no format'],
		[['--fail-on', 'worst'], '--fail-on "worst" is no severity'],
		[['-o', 'yaml'], 'incident watch prints no YAML'],
	])('refuses %j', async (words, what) => {
		const {code, err} = await runMkcoa(['incident', 'watch', '--sandbox', 'shop', ...words], {folder});
		expect([code, err]).toEqual([1, expect.stringContaining(what)]);
	});

	test('says of an incident that nobody knows where to look', async () => {
		const {code, err} = await runMkcoa(['incident', 'ack', 'nothing'], {folder});
		expect([code, err]).toEqual([1, expect.stringContaining('mkcoa incident list')]);
	});
});
