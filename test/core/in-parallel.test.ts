import {expect, test} from 'vitest';
import {inParallel} from '../../src/core/in-parallel.ts';

test('a few are asked at a time, and their answers come in the order of the questions', async () => {
	const open: (() => void)[] = [];
	const asked: number[] = [];
	const answers = inParallel(
		[1, 2, 3],
		async question => {
			asked.push(question);
			await new Promise<void>(resolve => open.push(resolve));
			return question * 10;
		},
		2,
	);
	expect(asked).toEqual([1, 2]);
	// The second is answered first, and makes room for the third.
	open[1]?.();
	await expect.poll(() => asked).toEqual([1, 2, 3]);
	open[2]?.();
	open[0]?.();
	expect(await answers).toEqual([10, 20, 30]);
});

test('the first that fails is told', async () => {
	await expect(inParallel(['fine', 'broken'], async word => (word === 'broken' ? Promise.reject(new Error(word)) : word))).rejects.toThrow(
		'broken',
	);
});
