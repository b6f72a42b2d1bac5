/**
 * Start-up beside Node's own: medians of `mkcoa --version` and `mkcoa --help` over `node -e 0`, pairs in turn so that a busy
 * machine slows all alike. `node test/bench/start.ts [RUNS]` after `npm run build`.
 */
import {spawnSync} from 'node:child_process';
import {performance} from 'node:perf_hooks';

const runs = Number(process.argv[2] ?? 25);
const cases: readonly (readonly [name: string, args: readonly string[]])[] = [
	['node -e 0', ['-e', '0']],
	['mkcoa --version', ['dist/mkcoa.js', '--version']],
	['mkcoa --help', ['dist/mkcoa.js', '--help']],
];
const times = new Map<string, number[]>(cases.map(([name]) => [name, []]));

for (let run = 0; run <= runs; run++) {
	for (const [name, args] of cases) {
		const start = performance.now();
		const {status} = spawnSync(process.execPath, args, {stdio: ['ignore', 'pipe', 'pipe']});
		if (status !== 0) throw new Error(`${name} ended with ${status}`);
		// The first round warms the file cache.
		if (run > 0) times.get(name)?.push(performance.now() - start);
	}
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const base = median(times.get('node -e 0') ?? []);
for (const [name, values] of times)
	process.stdout.write(`${name.padEnd(16)} ${median(values).toFixed(1).padStart(6)} ms  ${(median(values) / base).toFixed(2)} ×\n`);
