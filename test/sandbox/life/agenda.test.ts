import {expect, test} from 'vitest';
import {agendaOn} from '../../../src/sandbox/life/agenda.ts';
import {manualClock} from '../../support/manual-clock.ts';

test('runs what is due in the order of time, then of entry', async () => {
	const clock = manualClock(0);
	const agenda = agendaOn(clock);
	const seen: string[] = [];
	for (const [key, atMs] of [
		['c', 300],
		['a', 100],
		['b', 100],
		['d', 50],
	] as const)
		agenda.put(key, atMs, () => seen.push(key));
	await clock.advance(1000);
	expect(seen).toEqual(['d', 'a', 'b', 'c']);
});

test('a key has one thing to do: the latest', async () => {
	const clock = manualClock(0);
	const agenda = agendaOn(clock);
	const seen: string[] = [];
	agenda.put('key', 100, () => seen.push('old'));
	agenda.put('key', 200, () => seen.push('new'));
	agenda.put('other', 150, () => seen.push('dropped'));
	agenda.drop('other');
	await clock.advance(1000);
	expect(seen).toEqual(['new']);
});

test('a thousand entries come out sorted', async () => {
	const clock = manualClock(0);
	const agenda = agendaOn(clock);
	const seen: number[] = [];
	for (let index = 0; index < 1000; index++) {
		const atMs = (index * 7919) % 1009;
		agenda.put(`${index}`, atMs, () => seen.push(atMs));
	}
	await clock.advance(2000);
	expect(seen).toEqual(seen.toSorted((a, b) => a - b));
	expect(seen).toHaveLength(1000);
});

test('does nothing after it was stopped', async () => {
	const clock = manualClock(0);
	const agenda = agendaOn(clock);
	let runs = 0;
	agenda.put('key', 100, () => {
		runs += 1;
	});
	agenda.stop();
	await clock.advance(1000);
	expect(runs).toBe(0);
});
