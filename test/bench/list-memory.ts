/**
 * Memory and time of listing 5,000 pods, beside kubectl where there is one: peak resident set of the whole process, as the
 * kernel counts it. `node test/bench/list-memory.ts [KUBECTL]` after `npm run build`; Linux only.
 */
import {spawn} from 'node:child_process';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {startSandbox} from '../../src/sandbox/start.ts';

const runs = 5;
const sandbox = await startSandbox({scenario: 'large'});
const kubeconfig = join(tmpdir(), `mkcoa-bench-${process.pid}.yaml`);
writeFileSync(kubeconfig, sandbox.kubectlConfig, {mode: 0o600});

type Measured = {readonly peakMb: number; readonly ms: number};

/** The server runs in this process, so the event loop must stay free: the child is watched, not waited for. */
function measure(command: string, args: readonly string[]): Promise<Measured> {
	const start = performance.now();
	const child = spawn(command, args, {stdio: ['ignore', 'ignore', 'inherit'], env: {...process.env, KUBECONFIG: kubeconfig}});
	let peakKb = 0;
	const watch = setInterval(() => {
		try {
			peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
		} catch {
			// It has just ended.
		}
	}, 5);
	return new Promise((resolve, reject) => {
		child.on('error', reject).on('exit', code => {
			clearInterval(watch);
			if (code === 0) resolve({peakMb: peakKb / 1024, ms: performance.now() - start});
			else reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
		});
	});
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const [kubectl] = process.argv.slice(2);
const cases: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
	['mkcoa k8s list pods -A', process.execPath, ['dist/mkcoa.js', 'k8s', 'list', 'pods', '-A']],
	...(kubectl === undefined ? [] : ([['kubectl get pods -A', kubectl, ['get', 'pods', '-A']]] as const)),
];
for (const [name, command, args] of cases) {
	const measured: Measured[] = [];
	for (let run = 0; run < runs; run++) measured.push(await measure(command, args));
	process.stdout.write(
		`${name.padEnd(24)} ${median(measured.map(({peakMb}) => peakMb))
			.toFixed(0)
			.padStart(5)} MB ${median(measured.map(({ms}) => ms))
			.toFixed(0)
			.padStart(6)} ms\n`,
	);
}
rmSync(kubeconfig);
await sandbox.stop();
