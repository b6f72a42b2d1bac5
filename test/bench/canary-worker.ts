/** Runs the cells that the benchmark asks for, in a thread of its own. */
import {parentPort} from 'node:worker_threads';
import * as z from 'zod';
import {runCell} from './canary/run-cell.ts';

const order = z.object({index: z.number(), runs: z.number(), seed: z.number()});

parentPort?.on('message', message => {
	const {index, runs, seed} = order.parse(message);
	parentPort?.postMessage(runCell(index, runs, seed));
});
