import {cells} from './cells.ts';
import type {CellResult, Outcome} from './result.ts';
import {runCounts} from './run-counts.ts';
import {runGauge} from './run-gauge.ts';
import {runLatency} from './run-latency.ts';

/** Runs the cell with this index. Each has a seed of its own, so that cells can be run in any order, and in parallel. */
export function runCell(index: number, runs: number, seed: number): CellResult {
	const cell = cells[index];
	if (cell === undefined) throw new Error(`there are ${cells.length} cells, none has the index ${index}`);
	const start = performance.now();
	const outcomes = outcomesOf(cell, runs, seed + index * 7919);
	return {cell, runs, outcomes, seconds: (performance.now() - start) / 1000};
}

function outcomesOf(cell: (typeof cells)[number], runs: number, seed: number): readonly Outcome[] {
	switch (cell.kind) {
		case 'counts':
			return runCounts(cell, runs, seed);
		case 'latency':
			return runLatency(cell, runs, seed);
		case 'gauge':
			return runGauge(cell, runs, seed);
	}
}
