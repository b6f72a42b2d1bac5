import type {ServerResponse} from 'node:http';
import {describe, expect, test} from 'vitest';
import {systemClock} from '../../../../src/core/clock.ts';
import {prometheusAnswer} from '../../../../src/sandbox/traffic/prometheus-api.ts';
import {respond, type Seen, scriptedServer} from '../../../support/scripted-server.ts';
import {shopSandbox} from '../../../support/shop-sandbox.ts';
import {type Answer, bends} from './bends.ts';
import {knownSeries, memoryAt} from './known-series.ts';
import {laterTools} from './later-tools.ts';
import {silences} from './silences.ts';
import {type AskingTool, askingTools, type Curve} from './tools.ts';

const shop = await shopSandbox();
const clock = systemClock();
const series = knownSeries(shop.sandbox.machine.list('Pod', 'shop').filter(({metadata}) => metadata.name.startsWith('web-')));

/** What a Prometheus with the known series answers. */
const trueAnswer = ({path, query, body}: Seen): Answer =>
	JSON.parse(String(prometheusAnswer({source: () => series, clock}, path, new URLSearchParams(query), body).body));

const asked = ({query, body}: Seen) => query.query ?? new URLSearchParams(body).get('query') ?? '';

/** A few answers of a command are this far apart. */
const borderMs = 30_000;

type Script = (seen: Seen, response: ServerResponse) => unknown;

/** A server of this script, and the command that asks it. */
async function asking({words}: Pick<AskingTool, 'words'>, script: Script) {
	const {url, close} = await scriptedServer(script);
	const where = ['-n', 'shop', '--kubeconfig', shop.kubeconfig, '--prometheus', url];
	return {
		close,
		run: async (flags = '') => {
			const {code, out, err} = await shop.run([...words.split(' '), ...where, ...(flags === '' ? [] : flags.split(' '))]);
			return {code, out, err};
		},
	};
}

/** The outcome in JSON, with the exit code. */
const outcomeOf = ({code, out}: {readonly code: number; readonly out: string}) => ({...JSON.parse(out), code});

/** A server of this silence from the beginning, or in what answers to these paths alone. */
async function silent(tool: Pick<AskingTool, 'words'>, {script}: (typeof silences)[number], isStill: (seen: Seen) => boolean = () => true) {
	if (script !== undefined)
		return asking(tool, (seen, response) => (isStill(seen) ? script(response) : respond(response, trueAnswer(seen))));
	const {run, close} = await asking(tool, () => {});
	await close();
	return {run};
}

const isRange = ({path}: Seen) => path.endsWith('/query_range');

describe.each(askingTools)('mkcoa $words', tool => {
	test.each(silences)('a server that $name is told with a remedy', async silence => {
		const {flags = '', code, exit = 1, why, next} = silence;
		const told = {kind: 'failed', code: exit, error: {code, why: expect.stringContaining(why), next: expect.stringContaining(next)}};
		// From its first answer on, and where it could still tell the time.
		for (const isStill of silence.script === undefined ? [undefined] : [undefined, isRange]) {
			const {run} = await silent(tool, silence, isStill);
			expect(outcomeOf(await run(`${flags} --json`.trim()))).toMatchObject(told);
		}
	});

	test.each(bends)('of a server with $name no number is told that is none', async ({bent, has, isEnough = true, says}) => {
		const {run} = await asking(tool, (seen, response) => respond(response, bent(trueAnswer(seen), asked(seen), clock.now())));
		const {code, output, error} = outcomeOf(await run('--json'));
		const nowMs = clock.now();
		const {out} = await run();
		if (error !== undefined) {
			expect({code, error, isEnough}).toMatchObject({
				...{code: 1, isEnough: false},
				error: {code: expect.toBeOneOf(tool.refusals), why: expect.any(String), next: expect.any(String)},
			});
			return;
		}
		const moments = tool
			.curves(output)
			.flatMap(({fromMs, stepMs, values}: Curve) => values.map((value, index) => ({value, atMs: fromMs + index * stepMs})));
		// Near its borders a moment may belong to either side.
		const certain = moments.filter(({atMs}) => has(nowMs - atMs - borderMs) === has(nowMs - atMs + borderMs));
		for (const {atMs, value} of certain) {
			if (has(nowMs - atMs)) expect(value).toBeCloseTo(tool.pods * memoryAt(atMs), 0);
			else expect(value).toBeNull();
		}
		if (isEnough) expect(moments.length).toBeGreaterThan(0);
		if (says !== undefined) expect(out).toMatch(says);
	});
});

/** Each refuses for all of them as those above do, or tells beside its answer what it could not ask. */
const silencesThatDiffer = ['is down', 'lets nobody in', 'gives up a query', 'never answers'];

describe.each(laterTools)('mkcoa $words', tool => {
	test.each(silences.filter(({name}) => silencesThatDiffer.includes(name)))('a server that $name is told', async silence => {
		const {run} = await silent(tool, silence, ({path}) => path.endsWith(tool.asks));
		const {code, out, err} = await run(silence.flags);
		expect(`${out}${err}`).toContain(silence.why);
		expect(code).toBeOneOf([0, silence.exit ?? 1]);
		if (code === 0) expect(out).toContain('Not checked');
	});

	test.each(bends.filter(({name}) => tool.says[name] !== undefined))('of a server with $name it says so', async ({name, bent}) => {
		const {run} = await asking(tool, (seen, response) => {
			const answer = trueAnswer(seen);
			respond(response, seen.path.includes('/query') ? bent(answer, asked(seen), clock.now()) : answer);
		});
		const {code, out, err} = await run();
		expect(`${out}${err}`).toMatch(tool.says[name] as RegExp);
		// Done, refused, or a plan that waits for a person.
		expect(code).toBeOneOf([0, 1, 8]);
	});
});
