import {expect, test} from 'vitest';
import {chatFrames} from '../../support/chat-frames.ts';
import {cpuMs} from '../../support/cpu-time.ts';

const lines = (from: number, to: number) =>
	Array.from({length: to - from}, (_, at) => `- line ${from + at}: pod web-${at} is **ready** on \`node-${at % 7}\``);

test('a key is answered within 16 ms with 2,000 lines above and 2,000 requests before', async () => {
	const chat = chatFrames({history: Array.from({length: 2000}, (_, at) => `request ${at}`)});
	await chat.waitForText('Ask');
	await chat.press('list pods', 'enter');
	for (let at = 0; at < 2000; at += 100) chat.last().emit({kind: 'text', agent: 'a', delta: `${lines(at, at + 100).join('\n')}\n\n`});
	chat.last().end();
	await chat.clock.advance(100);
	await chat.waitForText('line 1999');
	const times: number[] = [];
	for (const letter of 'scale-web-to-five-pods-please') {
		const before = cpuMs();
		await chat.press(letter);
		times.push(cpuMs() - before);
	}
	const middle = times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
	expect(middle).toBeLessThan(16);
	expect(chat.screen.scrollback.length).toBeGreaterThan(1900);
	chat.abort();
	await chat.end;
});

test('60 events a second are drawn at most 30 times, keys in between are answered at once, and nothing is lost', async () => {
	const chat = chatFrames();
	let writes = 0;
	await chat.waitForText('Ask');
	await chat.press('tell', 'enter');
	const write = chat.output.write.bind(chat.output);
	chat.output.write = ((...parts: Parameters<typeof write>) => {
		writes += 1;
		return write(...parts);
	}) as typeof write;
	for (let at = 0; at < 60; at += 1) {
		chat.last().emit({kind: 'text', agent: 'a', delta: `${at} `});
		await chat.clock.advance(1000 / 60);
		if (at === 30) expect(await chat.press('typed')).toContain('> typed');
	}
	chat.last().end();
	await chat.clock.advance(100);
	await chat.waitForText('59');
	expect(chat.all().replace(/\s+/g, ' ')).toContain(Array.from({length: 60}, (_, at) => at).join(' '));
	// Each picture is at most its begin, its body and its end.
	expect(writes).toBeLessThan(3 * 34);
	chat.abort();
	await chat.end;
});

test('an answer longer than the screen scrolls by in order, and nothing of it stands there twice', async () => {
	const chat = chatFrames({columns: 60, rows: 12});
	await chat.waitForText('Ask');
	await chat.press('tell', 'enter');
	for (let at = 0; at < 40; at += 1) {
		chat.last().emit({kind: 'text', agent: 'a', delta: `paragraph ${at}\n\n`});
		await chat.clock.advance(40);
	}
	chat.last().end();
	await chat.clock.advance(100);
	await chat.waitForText('paragraph 39');
	const told = [...chat.all().matchAll(/paragraph (\d+)/g)].map(match => Number(match[1]));
	expect(told).toEqual(Array.from({length: 40}, (_, at) => at));
	chat.abort();
	await chat.end;
});
