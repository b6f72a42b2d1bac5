import {mkdir, writeFile} from 'node:fs/promises';
import {afterAll, expect, test} from 'vitest';
import type {ChatResult} from '../../src/core/chat-result.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {openShop} from '../support/shop.ts';

const shop = await openShop();
// Another seed makes another cluster.
const elsewhere = await startSandbox({scenario: 'empty', seed: 'elsewhere'});
afterAll(elsewhere.stop);
const there = `${shop.folder}/elsewhere`;
await writeFile(there, elsewhere.kubeconfig);

/** Nobody understands these words, so that the tests say nothing of what is understood. */
const riddle = 'qwxzj vbnmk';

const chat = (...words: readonly string[]) => shop.run(['chat', '--no-model', ...words]);
const asked = async (...words: readonly string[]): Promise<ChatResult> => JSON.parse((await chat('--json', ...words)).out);

test('what is not understood is a question, on standard output and by its exit code', async () => {
	const {code, out} = await chat(riddle);
	expect(code).toBe(1);
	expect(out).not.toBe('');
	expect(await asked(riddle)).toMatchObject({kind: 'question', outcomes: [], session: expect.stringMatching(/^\w{12}$/)});
});

test('without a request nobody is waited for', async () => {
	expect(await chat()).toMatchObject({code: 1, err: expect.stringContaining('Nothing was asked. Say what you want to know or change')});
});

test('a request may come from standard input', async () => {
	const {out} = await shop.run(['chat', '--no-model', '--json'], {streams: {input: `${riddle}\n`}});
	const {session} = JSON.parse(out) as ChatResult;
	expect((await chat('--export', session)).out).toContain(`> ${riddle}`);
});

test('a conversation goes on, is listed and exported, and secrets are not in it', async () => {
	const {session} = await asked('qwxzj password=hunter2-canary');
	expect((await asked('--resume', session, 'second', 'vbnmk')).session).toBe(session);
	expect((await asked('--resume', 'third vbnmk')).session).toBe(session);
	const listed = (await chat('--sessions')).out.split('\n').find(line => line.startsWith(session));
	expect(listed?.split('\t').slice(2, 4)).toEqual(['sandbox', '3']);
	const {out} = await chat('--export', session);
	expect(out).toContain('> second vbnmk');
	expect(out).toContain('> third vbnmk');
	expect(out).toContain('> qwxzj password=‹redacted›');
	expect(await chat('--export', 'nothing')).toMatchObject({code: 1, err: expect.stringContaining('mkcoa chat --sessions')});
});

test('a conversation does not go on on another cluster', async () => {
	const {session} = await asked(riddle);
	const {code, err} = await chat('--kubeconfig', there, '--resume', session, riddle);
	expect(code).toBe(1);
	expect(err).toContain(`The conversation ${session} does not go on here`);
	expect((await chat('--kubeconfig', there, '--resume', '--', riddle)).err).toContain('There is no conversation about this cluster');
});

test('without a model an agent that is named is not there, which is said, and the request is answered', async () => {
	const agents = `${shop.folder}/config/mkcoa/agents`;
	await mkdir(agents, {recursive: true});
	await writeFile(`${agents}/night-watch.md`, '---\nsummary: Looks after the shop at night\n---\nYou watch.\n');
	const plain = await asked('how many replicas does cart have?');
	expect(await asked('@night-watch how many replicas does cart have?')).toMatchObject({
		kind: 'answer',
		text: plain.text,
		notes: [expect.stringMatching(/^night-watch works with a model, and none answers/)],
	});
	const {code, out} = await chat('@nigth-watch list pods');
	expect(code).toBe(1);
	expect(out).toContain("mkcoa chat '@night-watch list pods'");
});
