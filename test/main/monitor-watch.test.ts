import {describe, expect, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** `mkcoa monitor watch` until it says that it watches, which interrupts it. */
async function watch(...words: readonly string[]) {
	const [out, err, stop]: [string[], string[], AbortController] = [[], [], new AbortController()];
	const {code: exit} = await runMkcoa(['monitor', 'watch', '--sandbox', 'shop', '-n', 'shop', ...words], {
		folder,
		signal: stop.signal,
		streams: {
			out: text => out.push(text),
			err(text) {
				err.push(text);
				if (text.startsWith('Watching')) stop.abort();
			},
		},
	});
	return {exit, out: out.join(''), err: err.join('')};
}

describe('mkcoa monitor watch', {timeout: 120_000}, () => {
	test('says what it watches and what it does not, and ends well when it is interrupted', async () => {
		const {exit, out, err} = await watch('web', '--metrics', 'cpu,throttled', '--history', '12h', '--step', '2m');
		expect(err).toMatch(
			/Watching 1 curve of web in sandbox, a look each 2m: told from severity \d\.\d, which chance reaches [\d.]+ times a week\. Ctrl-C ends it\n/,
		);
		expect(err).toMatch(/Not checked: throttled of web, because there is no container_cpu_cfs_periods_total/);
		expect(err).toMatch(/Watched for \S+: 0 anomalies\n$/);
		expect({exit, out}).toEqual({exit: 0, out: ''});
	});

	test('ends with the sum as an object of its own in JSON', async () => {
		const {exit, out} = await watch('web', '--metrics', 'memory', '--history', '12h', '--step', '2m', '--json');
		expect(JSON.parse(out)).toEqual({kind: 'sum', watchedMs: expect.any(Number), anomalies: 0, awayMs: 0});
		expect(exit).toBe(0);
	});

	test.each([
		[['--metrics', 'cpus'], /There is no metric "cpus".*Use some of requests/s],
		[['--false-alarms', 'none'], /is no number above 0/],
		[['--history', '1h'], /There is too little to learn from/],
		[['-o', 'yaml'], /prints no YAML/],
		[['nobody'], /Deployment shop\/nobody does not exist/],
	])('refuses %o', async (words, said) => {
		const {exit, err} = await watch(...words);
		expect(err).toMatch(said);
		expect(exit).toBe(1);
	});
});
