import {expect, test} from 'vitest';
import {splitLines} from '../../../../../src/mcp/kubernetes/client/read/split-lines.ts';
import {clientOf, troubleFrom} from '../../../../support/client-world.ts';
import {refuse, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const query = {namespace: 'shop', pod: 'web-1'};
async function read(script: Script, more: object = {}, stop = new AbortController()) {
	const server = await scriptedServer(script);
	const {cluster} = await clientOf(server.url);
	const lines: string[] = [];
	for await (const line of cluster.logs({...query, ...more}, stop.signal)) {
		lines.push(line);
		if (line === 'stop here') stop.abort();
	}
	return {lines, seen: server.seen[0]};
}

test('asks for what was asked for, and gives lines', async () => {
	const options = {container: 'web', previous: true, tailLines: 5, sinceSeconds: 60, timestamps: true, limitBytes: 1000};
	const {lines, seen} = await read((_seen, response) => response.end('one\ntwo\r\n\nlast'), options);
	expect(lines).toEqual(['one', 'two', '', 'last']);
	expect(seen).toMatchObject({
		path: '/api/v1/namespaces/shop/pods/web-1/log',
		query: {container: 'web', previous: 'true', tailLines: '5', sinceSeconds: '60', timestamps: 'true', limitBytes: '1000'},
	});
});

test('a followed log ends when the signal aborts', async () => {
	const {lines} = await read((_seen, response) => response.write('one\nstop here\n'), {follow: true});
	expect(lines).toEqual(['one', 'stop here']);
});

test.each([
	[400, 'container web is not valid for pod web-1', 'invalid'],
	[403, 'pods "web-1" is forbidden: User "jane" cannot get resource "pods/log"', 'not-allowed'],
	[404, 'pods "web-1" not found', 'not-found'],
])('a log that is refused with %i is told', async (status, message, code) => {
	expect(await troubleFrom(read((_seen, response) => refuse(response, status, 'Forbidden', message)))).toMatchObject({
		code,
		quoted: message,
	});
});

const split = async (chunks: readonly (string | Uint8Array)[], capBytes = 100) => {
	const lines = [];
	async function* bytes() {
		for (const chunk of chunks) yield Buffer.from(chunk);
	}
	for await (const line of splitLines(bytes(), capBytes)) lines.push(line);
	return lines;
};
const korean = Buffer.from('안녕\n하세요\n');

test.each(Array.from({length: korean.length + 1}, (_, at) => at))('letters stay whole when two chunks part at byte %i', async at => {
	const lines = await split([korean.subarray(0, at), korean.subarray(at)]);
	expect(lines.map(({text}) => text)).toEqual(['안녕', '하세요']);
});

test.each([
	['a line of exactly the cap', ['12345\n'], [{text: '12345', cut: false}]],
	[
		'a longer line, and the next is whole',
		['123456', '789\nab\n'],
		[
			{text: '12345', cut: true},
			{text: 'ab', cut: false},
		],
	],
	['a cut inside a letter', ['123안\n'], [{text: '123', cut: true}]],
	['nothing', [], []],
	[
		'an end without a line end',
		['a\nb'],
		[
			{text: 'a', cut: false},
			{text: 'b', cut: false},
		],
	],
	['bytes that are no UTF-8', [Uint8Array.of(0x61, 0xff, 0x0a)], [{text: 'a\ufffd', cut: false}]],
])('splits %s', async (_name, chunks, expected) => {
	expect(await split(chunks, 5)).toEqual(expected);
});

test('a line of megabytes is cut at 16 KiB', async () => {
	const {lines} = await read((_seen, response) => response.end(`${'x'.repeat(3_000_000)}\nnext\n`));
	expect(lines.map(line => Buffer.byteLength(line))).toEqual([16 * 1024, 4]);
	expect(lines[0]?.endsWith('x…')).toBe(true);
});
