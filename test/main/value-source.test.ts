import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {systemClock} from '../../src/core/clock.ts';
import {valueSource} from '../../src/main/value-source.ts';
import {bufferStreams} from '../support/buffer-streams.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

function sourceOf({input = '', typed}: {readonly input?: string; readonly typed?: string}) {
	const keys = new PassThrough();
	if (typed !== undefined) keys.write(typed);
	const {streams} = bufferStreams({input, canAsk: typed !== undefined});
	const host = {
		streams,
		input: keys as unknown as NodeJS.ReadStream,
		screen: new PassThrough() as unknown as NodeJS.WriteStream,
		output: new PassThrough(),
		env: {WORD: 'x'},
		home: folder,
		user: 'alice',
		uid: 1,
		started: {command: [], folder, platform: 'linux' as const},
		clock: systemClock(),
		signal: new AbortController().signal,
		takeInterrupt: () => () => undefined,
	};
	return valueSource({host, learn() {}, beforeAsking() {}, signal: host.signal});
}

test.each<[string, readonly string[], readonly string[]]>([
	['one\n', ['a'], ['one']],
	['line\nof two\r\n', ['a'], ['line\nof two']],
	['one\r\ntwo\n', ['a', 'b'], ['one', 'two']],
])('standard input %j answers %j', async (input, labels, values) => {
	const source = sourceOf({input});
	expect(await source.fromPrompt(labels)).toEqual(values);
	expect(await source.fromPrompt(labels)).toEqual(values);
});

test.each([
	['', ['a'], /^Nobody can be asked for the value of a/],
	['one\n', ['a', 'b'], /^Standard input has 1 lines for 2 keys/],
])('standard input %j is too little for %j, and its text is not told', async (input, labels, what) => {
	await expect(sourceOf({input}).fromPrompt(labels)).rejects.toThrow(what);
	await expect(sourceOf({input}).fromPrompt(labels)).rejects.not.toThrow(/one/);
});

test('a person is asked once, however often it is planned', async () => {
	const source = sourceOf({typed: 'first\rsecond\r'});
	expect(await source.fromPrompt(['a'])).toEqual(['first']);
	expect(await source.fromPrompt(['a'])).toEqual(['first']);
});

test('files are read as bytes, and one that is not there is named', async () => {
	await writeFile(join(folder, 'key'), new Uint8Array([0, 255]));
	const source = sourceOf({});
	expect([...(await source.fromFile(join(folder, 'key')))]).toEqual([0, 255]);
	await expect(source.fromFile(join(folder, 'none'))).rejects.toMatchObject({trouble: {code: 'no-such-file', next: 'Check the path'}});
	expect([source.fromEnvironment('WORD'), source.fromEnvironment('OTHER')]).toEqual(['x', undefined]);
});

test('a key keeps the value that chance gave it, and two keys differ', () => {
	const source = sourceOf({});
	const value = source.fromChance('token', 24);
	expect(value).toMatch(/^[A-Za-z0-9]{24}$/);
	expect(source.fromChance('token', 24)).toBe(value);
	expect(source.fromChance('other', 24)).not.toBe(value);
});
