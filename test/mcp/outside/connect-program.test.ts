import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {troubleOf} from '../../../src/core/error.ts';
import {connected, program} from '../../support/outside/connected.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
const signal = new AbortController().signal;
const trouble = (work: Promise<unknown>) =>
	work.then(
		() => {
			throw new Error('it was to fail');
		},
		(error: unknown) => troubleOf(error),
	);

describe('a server that is a program', () => {
	test('of the newer era is spoken to in it', async () => {
		const server = await connected(program('shelf-server', folder));
		expect(server.era).toBe('modern');
		expect((await server.list(signal)).tools.map(({name}) => name)).toEqual(['look', 'put', 'environment', 'ask']);
		expect(await server.call('look', {board: 'low'}, signal)).toEqual({
			text: 'three books on the low board',
			structured: {books: 3, board: 'low'},
		});
	});

	test.each(['calls', 'picky'])('of the older era is found out, also where it ends when it is asked (%s)', async mode => {
		const server = await connected(program('evil-server', mode));
		expect(server.era).toBe('legacy');
		expect((await server.list(signal)).tools).toHaveLength(8);
	});

	test('sees of the environment what every program needs, and what was named', async () => {
		const environment = {
			PATH: process.env.PATH,
			HOME: '/home/ada',
			LANG: 'C',
			KUBECONFIG: '/secret',
			AWS_SECRET_ACCESS_KEY: 'x',
			WANTED: 'yes',
		};
		const server = await connected({...program('shelf-server', folder), env: ['WANTED', 'MISSING']}, {environment});
		const {text} = await server.call('environment', {}, signal);
		expect(JSON.parse(text)).toEqual({PATH: process.env.PATH, HOME: '/home/ada', LANG: 'C', WANTED: 'yes'});
	});

	test('that is not installed is told so', async () => {
		expect(await trouble(connected({command: 'no-such-program-at-all'}))).toMatchObject({
			code: 'outside-program-missing',
			why: 'no-such-program-at-all is not installed, or not in PATH',
		});
	});

	test('that never answers is given up', async () => {
		expect(await trouble(connected(program('evil-server', 'silent')))).toMatchObject({code: 'outside-slow'});
	});

	test('and does not end is ended with all that it started', async () => {
		const file = join(folder, 'pids.txt');
		const server = await connected(program('evil-server', 'stays', file));
		const pids = readFileSync(file, 'utf8').trim().split(' ').map(Number);
		expect(pids).toHaveLength(2);
		await server.close();
		for (const pid of pids) await expect.poll(() => isAlive(pid)).toBe(false);
	});
});

/** A process that has ended and that nobody waits for is none any more. */
function isAlive(pid: number): boolean {
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}

describe('a server that misbehaves', () => {
	test('is offered nothing: what it asks for is declined in the older era', async () => {
		const file = join(folder, 'answers.txt');
		const server = await connected(program('evil-server', 'calls', file));
		expect(await server.call('sample', {}, signal)).toEqual({text: 'asked'});
		// Answers to its questions come before the next call.
		await server.list(signal);
		const answers = readFileSync(file, 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(answers).toMatchObject([
			{id: 'q1', error: {code: -32601}},
			{id: 'q2', error: {code: -32601}},
			{id: 'q3', error: {code: -32601}},
		]);
	});

	test('and in the newer one', async () => {
		const server = await connected(program('shelf-server', folder));
		expect(await trouble(server.call('ask', {}, signal))).toMatchObject({code: 'outside-asks'});
		expect(await server.call('look', {}, signal)).toMatchObject({structured: {books: 3}});
	});

	test('says garbage between its answers, which are read all the same', async () => {
		const server = await connected(program('evil-server', 'calls'));
		expect(await server.call('garbage', {}, signal)).toEqual({text: 'after garbage'});
		expect(await trouble(server.call('nonsense', {}, signal))).toMatchObject({code: 'outside-nonsense'});
		expect(await trouble(server.call('deep', {}, signal))).toMatchObject({code: 'outside-failed'});
		expect(await server.call('look', {}, signal)).toEqual({text: 'looked'});
	});

	test.each(['flood', 'huge'])('says too much and is ended (%s)', async tool => {
		const server = await connected(program('evil-server', 'calls'));
		expect(await trouble(server.call(tool, {}, signal))).toMatchObject({code: 'outside-flood'});
		expect(server.isOver()).toBe(true);
	});

	test('dies in a call, and its last words are quoted without what a terminal obeys', async () => {
		const server = await connected(program('evil-server', 'calls'));
		expect(await trouble(server.call('die', {}, signal))).toMatchObject({code: 'outside-ended', quoted: 'out of memory'});
		expect(server.isOver()).toBe(true);
	});

	test('fails, and its words are quoted', async () => {
		const server = await connected(program('shelf-server', folder));
		expect(await trouble(server.call('put', {title: 'heavy'}, signal))).toMatchObject({
			code: 'outside-tool-failed',
			quoted: 'the board broke',
		});
	});

	test('lists without an end', async () => {
		const server = await connected(program('evil-server', 'endless'));
		expect(await trouble(server.list(signal))).toMatchObject({code: 'outside-flood', what: 'The list of tools of shelf has no end'});
	});

	test('lists more than is taken', async () => {
		const {tools, leftOut} = await (await connected(program('evil-server', 'many'))).list(signal);
		expect(tools).toHaveLength(200);
		expect(leftOut).toEqual(['50 tools beyond the first 200']);
	});

	test('gives tools names, descriptions and inputs that cannot be used', async () => {
		const {tools, leftOut} = await (await connected(program('evil-server', 'names'))).list(signal);
		// As it came: a person approves every letter of it.
		expect(tools[0]?.description).toBe('Reads\u001b[2J\u200b this');
		expect(tools.map(({name}) => name.slice(0, 10))).toEqual(['fine', 'a.b', 'a_b', 'xxxxxxxxxx']);
		expect(leftOut).toEqual([
			'fine: its name stands there twice',
			'has space: its name is none: letters, digits, _ . / and -, at most 128',
			'long: its description has 3000 letters, and 2000 are read',
			'wide: names of its input hold letters that nobody sees',
			'big: its input schema has 30034 letters, and 20000 are read',
		]);
	});
});
