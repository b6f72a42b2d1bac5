import {expect, test} from 'vitest';
import {turnstile} from '../../../src/mcp/edge/turnstile.ts';

const never = new AbortController().signal;

test('lets so many in at a time, the next one when one leaves, each in turn', async () => {
	const {enter} = turnstile({inside: 1, waiting: 2});
	const order: string[] = [];
	const leave = await enter('dana', never);
	const others = ['first', 'second'].map(async name => {
		const go = await enter('dana', never);
		order.push(name);
		go();
	});
	const free = await enter('eve', never);
	expect(order).toEqual([]);
	leave();
	leave();
	await Promise.all(others);
	expect(order).toEqual(['first', 'second']);
	free();
	(await enter('dana', never))();
});

test('refuses more than may wait, and forgets who gave up', async () => {
	const {enter} = turnstile({inside: 1, waiting: 1});
	const leave = await enter('dana', never);
	const impatient = new AbortController();
	const given = enter('dana', impatient.signal);
	await expect(enter('dana', never)).rejects.toMatchObject({trouble: {code: 'too-busy'}});
	impatient.abort(new Error('gave up'));
	await expect(given).rejects.toThrow('gave up');
	const next = enter('dana', never);
	leave();
	(await next)();
	await expect(enter('dana', impatient.signal)).rejects.toThrow('gave up');
});
