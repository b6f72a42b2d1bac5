import {describe, expect, test} from 'vitest';
import {cells} from './cells.ts';
import {runCell} from './run-cell.ts';

/** The part of 60 seeded rollouts that mkcoa calls bad within ten minutes and within an hour. */
function mkcoaIn(name: string, stable: number) {
	const index = cells.findIndex(cell => cell.name === name && cell.traffic.stable === stable);
	const own = runCell(index, 60, 20261125).outcomes.find(({judge}) => judge === 'mkcoa');
	return {by10: own?.by10, by60: own?.by60};
}

describe('the benchmark in small', () => {
	test.each([
		['0.1 % → 0.1 %', 100],
		['1 % → 1 %', 1900],
		['0.1 % → 0.1 %, shared outage', 1900],
	])('%s beside %i a minute is hardly ever taken back', (name, stable) => {
		expect(mkcoaIn(name, stable).by60).toBeLessThanOrEqual(2 / 60);
	});

	test.each([
		['0.1 % → 5 %', 100],
		['0.1 % → 1 %', 1900],
	])('%s beside %i a minute is caught within ten minutes', (name, stable) => {
		expect(mkcoaIn(name, stable).by10).toBeGreaterThanOrEqual(0.9);
	});
});
