import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {hostStreams} from '../../../src/commands/host-streams.ts';
import {saidOf} from '../../../src/main/chat/said-of.ts';
import {bufferStreams} from '../../support/buffer-streams.ts';
import {manualClock} from '../../support/manual-clock.ts';

/** A pipe that somebody holds open, and what the person is told meanwhile. */
function held(words: string) {
	const {promise: input, resolve: close} = Promise.withResolvers<string>();
	const {streams} = bufferStreams({inIsPiped: true, readInput: () => input});
	const clock = manualClock();
	const told: string[] = [];
	return {said: saidOf(words, streams, {clock, tell: text => told.push(text)}), clock, told, close};
}

test.each([
	[
		'what is wrong?',
		'Waiting for standard input to end: it is context for the request. Without any, add this to the command: < /dev/null',
		{request: 'what is wrong?', context: 'a line'},
	],
	[
		'',
		'Waiting for standard input to end: it is the request. Ctrl-D ends it; or say it in the command: mkcoa chat "why is web down?"',
		{request: 'a line'},
	],
])('a pipe that nobody closes is told after two seconds, with the words %j', async (words, text, expected) => {
	const {said, clock, told, close} = held(words);
	await clock.advance(1999);
	expect(told).toEqual([]);
	await clock.advance(1);
	expect(told).toEqual([text]);
	close('a line');
	expect(await said).toEqual(expected);
});

test('a pipe that ends at once is not told', async () => {
	const {said, clock, told, close} = held('what is wrong?');
	close('');
	expect(await said).toEqual({request: 'what is wrong?', context: undefined});
	await clock.advance(5000);
	expect(told).toEqual([]);
});

test('an interrupt does not wait for the end of a pipe', async () => {
	const interrupt = new AbortController();
	const host = {stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), env: {}};
	const reading = hostStreams(host, {colour: false, signal: interrupt.signal}).readInput();
	host.stdin.write('half');
	interrupt.abort();
	await expect(reading).rejects.toMatchObject({name: 'AbortError'});
});
