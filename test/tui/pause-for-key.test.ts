import {expect, test} from 'vitest';
import {pauseForKey} from '../../src/tui/pause-for-key.tsx';
import {frames} from '../support/frames.ts';

async function paused(signal = new AbortController().signal) {
	const terminal = frames({columns: 80, rows: 24});
	let isOver = false;
	const over = pauseForKey('Press any key', terminal, signal).then(() => {
		isOver = true;
	});
	await terminal.waitForText('Press any key');
	return {...terminal, over, isOver: () => isOver};
}

test.each(['x', 'enter', 'escape'])('%s goes on, and leaves nothing behind', async key => {
	const {send, over, isOver, screen} = await paused();
	expect(isOver()).toBe(false);
	send(key);
	await over;
	expect(screen.text().trim()).toBe('');
});

test('an interruption and a closed terminal go on too', async () => {
	const abort = new AbortController();
	const first = await paused(abort.signal);
	abort.abort();
	await first.over;
	const second = await paused();
	second.hangUp();
	await second.over;
	expect(second.isOver()).toBe(true);
});
