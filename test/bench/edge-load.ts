/**
 * Measures `mkcoa mcp serve` by the official inspector, over standard input and output and in both eras: `npm run bench:edge`.
 * Prints a table; the first calls wait for the embedded cluster to start, which the slowest figure shows.
 */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inspect} from '../conformance/inspector.ts';

type Load = {
	readonly requests: number;
	readonly ok: number;
	readonly throughput: number;
	readonly latencyMs: {readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number};
};

const calls = [
	['resource_list', '{"kind":"pods","namespace":"shop"}'],
	['deployment_status', '{"name":"web","namespace":"shop"}'],
] as const;

const home = mkdtempSync(join(tmpdir(), 'mkcoa-edge-'));
try {
	process.stdout.write('| tool | era | ok | calls/s | p50 ms | p90 ms | p99 ms | max ms |\n|---|---|---|---|---|---|---|---|\n');
	for (const [tool, args] of calls)
		for (const era of ['legacy', 'modern']) {
			const call = ['--method', 'tools/call', '--tool-name', tool, '--tool-args-json', args, '--protocol-era', era];
			const {code, out, err} = await inspect([], [...call, '--load', '--load-requests', '200', '--load-concurrency', '4'], home);
			if (code !== 0) throw new Error(`The inspector ended with ${code}: ${err}`);
			const {requests, ok, throughput, latencyMs}: Load = JSON.parse(out).result;
			const {p50, p90, p99, max} = latencyMs;
			process.stdout.write(`| ${[tool, era, `${ok} of ${requests}`, throughput, p50, p90, p99, max].join(' | ')} |\n`);
		}
} finally {
	rmSync(home, {recursive: true, force: true});
}
