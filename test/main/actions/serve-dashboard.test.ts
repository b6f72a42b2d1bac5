import {request} from 'node:http';
import {expect, onTestFinished, test} from 'vitest';
import type {PagePicture} from '../../../src/agents/monitoring/dashboard/page/dashboard-page.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import {serveDashboard} from '../../../src/main/actions/serve-dashboard.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {sampleDashboard} from '../../support/sample-dashboard.ts';

/** A page whose next look is what a test says. */
async function served() {
	const clock = manualClock();
	const ended = new AbortController();
	const {promise: ready, resolve: onReady} = Promise.withResolvers<string>();
	const looks: (() => PagePicture)[] = [];
	const end = serveDashboard(sampleDashboard, async () => (looks.shift() ?? (() => sampleDashboard))(), {
		...{clock, everyMs: () => 5000, limitMs: 60_000, signal: ended.signal, onReady},
	});
	onTestFinished(() => ended.abort());
	return {url: await ready, clock, looks, end, stop: () => ended.abort()};
}

const statusOf = (url: string, host: string, method = 'GET') => {
	const {promise, resolve, reject} = Promise.withResolvers<number | undefined>();
	request(url, {headers: {host}, method}, response => {
		response.resume();
		resolve(response.statusCode);
	})
		.on('error', reject)
		.end();
	return promise;
};

test('a page is served at an address that nobody guesses, to no other name, and for reading alone', async () => {
	const {url} = await served();
	const {host, origin} = new URL(url);
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{24}\/$/);
	const page = await fetch(url);
	expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
	expect(await page.text()).toContain('Live: drawn again');
	expect((await fetch(`${origin}/`)).status).toBe(404);
	expect((await fetch(`${url}etc/passwd`)).status).toBe(404);
	expect(await statusOf(url, host)).toBe(200);
	expect(await statusOf(url, 'evil.example')).toBe(404);
	expect(await statusOf(url, host, 'POST')).toBe(404);
});

test('it is drawn anew by events, tells that nobody answers and that somebody does again, and ends with the signal', async () => {
	const {url, clock, looks, end, stop} = await served();
	const reader = (await fetch(`${url}events`)).body?.pipeThrough(new TextDecoderStream()).getReader();
	const seen = async (words: string) => {
		for (let text = ''; !text.includes(words); ) {
			const {value, done} = (await reader?.read()) ?? {done: true};
			if (done) throw new Error(`The events ended without ${words}`);
			text += value;
		}
	};
	await seen('Deployment shop/web');
	looks.push(() => {
		throw new MkcoaError({kind: 'environment', code: 'metrics-unreachable', what: 'Prometheus is away'});
	});
	await clock.advance(5000);
	await seen('Not read since: Prometheus is away');
	looks.push(() => ({...sampleDashboard, title: 'Deployment shop/back'}));
	await clock.advance(5000);
	await seen('Deployment shop/back');
	stop();
	await end;
	await expect(fetch(url)).rejects.toThrow();
});
