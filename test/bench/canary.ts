/**
 * Measures the canary judges on simulated rollouts: `npm run bench:canary -- [--runs N] [--seed N] [--json FILE] [--write]`. Prints the tables and the
 * goals; `--json` keeps every number, `--write` puts the tables into docs/canary-judges.md.
 */
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import {betweenMarkers} from '../../scripts/docs/between-markers.ts';
import {cells} from './canary/cells.ts';
import {goalsOf} from './canary/goals.ts';
import type {CellResult} from './canary/result.ts';
import {canaryTables} from './canary/table.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);
const page = join(import.meta.dirname, '../../docs/canary-judges.md');

/** All cells on two threads, each taking the next as soon as it is free. */
async function runAll(runs: number, seed: number): Promise<readonly CellResult[]> {
	const results: CellResult[] = [];
	const waiting = cells.map((_, index) => index);
	let done = 0;
	const thread = async () => {
		const worker = new Worker(new URL('./canary-worker.ts', import.meta.url));
		try {
			for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
				worker.postMessage({index, runs, seed});
				// The thread answers with what `runCell` returns.
				const [result]: CellResult[] = await once(worker, 'message');
				if (result === undefined) throw new Error('the thread answered nothing');
				results[index] = result;
				say(
					`${++done} of ${cells.length} cells: ${result.cell.name}, stable ${result.cell.traffic.stable} (${result.seconds.toFixed(1)} s)`,
				);
			}
		} finally {
			await worker.terminate();
		}
	};
	await Promise.all([thread(), thread()]);
	return results;
}

async function main() {
	const {values} = parseArgs({
		options: {
			runs: {type: 'string', default: '2000'},
			seed: {type: 'string', default: '20261125'},
			json: {type: 'string'},
			write: {type: 'boolean', default: false},
		},
	});
	const [runs, seed] = [Number(values.runs), Number(values.seed)];
	if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed))
		throw new Error('--runs and --seed are whole numbers, --runs at least 1');
	const start = performance.now();
	const results = await runAll(runs, seed);
	const seconds = Math.round((performance.now() - start) / 1000);
	const goals = goalsOf(results);
	const text = canaryTables(results, goals, {runs, seed});
	process.stdout.write(`${text}\n`);
	say(`${seconds} s`);
	if (values.json !== undefined)
		writeFileSync(values.json, `${JSON.stringify({runs, seed, secondsBetweenLooks: 10, seconds, goals, cells: results}, null, '\t')}\n`);
	if (values.write) writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), 'measured', text));
}

await main();
