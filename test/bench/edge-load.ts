/**
 * Measures `mkcoa mcp serve` by the official inspector, over standard input and output and in both eras, and a thousand calls at once over HTTP:
 * `npm run bench:edge`.
 * Prints a table; the first calls wait for the embedded cluster to start, which the slowest figure shows.
 */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inspect} from '../conformance/inspector.ts';
import {httpLoad} from './edge-http-load.ts';

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
	const {latencyMs, failed, tookMs} = await httpLoad(1000, home);
	const at = (share: number) => Math.round(latencyMs[Math.min(latencyMs.length - 1, Math.floor(latencyMs.length * share))] ?? 0);
	process.stdout.write(
		'\n| calls at once over HTTP | failed | calls/s | p50 ms | p90 ms | p99 ms | max ms |\n|---|---|---|---|---|---|---|\n',
	);
	const rate = Math.round(latencyMs.length / (tookMs / 1000));
	process.stdout.write(`| ${[latencyMs.length, failed, rate, at(0.5), at(0.9), at(0.99), at(1)].join(' | ')} |\n`);
} finally {
	rmSync(home, {recursive: true, force: true});
}
