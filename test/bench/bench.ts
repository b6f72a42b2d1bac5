/**
 * Measures mkcoa beside kubectl on a real control plane: `npm run bench -- [--runs N] [--json FILE] [--write]`. Prints a table;
 * `--json` keeps every sample, `--write` makes docs/benchmarks.md anew, `--only NAME` measures some. Linux, Go and `npm run cluster:build` are needed;
 * for what a person at a screen waits for, Linux and Go.
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {binaryPath} from '../cluster/binaries.ts';
import {type ControlPlane, startControlPlane} from '../cluster/start.ts';
import {benchCases} from './cases.ts';
import {explainRun} from './explain.ts';
import {buildLauncher, type CommandLine, type Measure, measureWith, type Sample} from './launcher.ts';
import {populate} from './load/populate.ts';
import {untilQuiet} from './load/quiet.ts';
import {readMachine} from './machine.ts';
import {benchmarksPage} from './page.ts';
import {countingIn} from './requests.ts';
import {type BenchReport, type CaseResult, spreadOfSamples} from './result.ts';
import {runCase} from './run-case.ts';
import {runScreenCase, type ScreenResult, screenCases, screenMeasure} from './screens.ts';
import {setStage} from './stage.ts';
import {reportText, screenText} from './table.ts';

const fromRoot = (path: string) => join(import.meta.dirname, '../..', path);
const say = (line: string) => process.stderr.write(`${line}\n`);

const mkcoa = [process.execPath, fromRoot('dist/mkcoa.js')] as const;

type Options = {readonly runs: number; readonly pods: number; readonly only: readonly string[]; readonly signal: AbortSignal};

async function bench(plane: ControlPlane, folder: string, {runs, pods, only, signal}: Options): Promise<BenchReport> {
	const kubectl = binaryPath('kubectl');
	// Nothing of the person's own: no kubeconfig, no caches, no settings.
	const env = {PATH: process.env.PATH, HOME: folder, KUBECONFIG: plane.kubeconfig, NO_COLOR: '1'};
	const measure = measureWith(buildLauncher(folder), env);
	// First, as the harness's kubelet is slow to notice pods among ten thousand.
	const admin = {url: plane.url, ca: plane.ca, token: plane.tokens.admin};
	const stage = setStage({mkcoa, kubectl, folder, env, admin, signal});
	const start = performance.now();
	const podsPerNamespace = 500;
	const load = await populate(admin, pods, say, podsPerNamespace);
	say(`${pods} pods created in ${((performance.now() - start) / 1000).toFixed(0)} s`);
	const quiet = () => untilQuiet(Object.values(plane.pids).filter(pid => pid !== undefined));
	const cases: CaseResult[] = [];
	for (const asked of benchCases({mkcoa, kubectl, pods, podsPerNamespace, ...stage})) {
		if (only.length > 0 && !only.includes(asked.name)) continue;
		say(`${asked.title}: the control plane uses ${Math.round((await quiet()) * 100)} % of a core`);
		signal.throwIfAborted();
		const explain = async (command: CommandLine) => [await floorOf(measure), ...(await explainRun(command, folder, env))];
		cases.push(await runCase(asked, {measure, counting: countingIn(plane.auditLog), explain, runs}));
	}
	const screens = await screensOf(folder, runs, only);
	return {date: new Date().toISOString(), machine: readMachine(kubectl), load, runs, cases, screens};
}

/** What a person at a screen waits for, in a home of its own: no kubeconfig, so that no cluster slows anything. */
async function screensOf(folder: string, runs: number, only: readonly string[]): Promise<readonly ScreenResult[]> {
	const measure = screenMeasure(buildLauncher(folder), {PATH: process.env.PATH, HOME: folder});
	const results: ScreenResult[] = [];
	for (const asked of screenCases) {
		if (only.length > 0 && !only.includes(asked.name)) continue;
		say(`${asked.title}: ${asked.command}`);
		results.push(await runScreenCase(asked, measure, mkcoa, runs));
	}
	return results;
}

/** What no program on Node can go below. */
async function floorOf(measure: Measure): Promise<string> {
	const samples: Sample[] = [];
	for (let run = 0; run < 5; run++) samples.push(await measure([process.execPath, '-e', '0']));
	const {wallMs} = spreadOfSamples(samples);
	return `Node itself takes ${Math.round(wallMs.median)} ms to start and to end (median of 5, without a program)`;
}

/** Without a control plane. */
async function screensAlone(runs: number, only: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-bench-'));
	try {
		const results = await screensOf(folder, runs, only);
		process.stdout.write(`${results.map(screenText).join('\n')}\n`);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

async function main() {
	const {values} = parseArgs({
		options: {
			runs: {type: 'string', default: '9'},
			pods: {type: 'string', default: '10000'},
			only: {type: 'string', multiple: true, default: []},
			json: {type: 'string'},
			write: {type: 'boolean', default: false},
		},
	});
	const [runs, pods] = [Number(values.runs), Number(values.pods)];
	if (values.write && (values.only.length > 0 || pods !== 10_000 || runs < 9)) {
		throw new Error('the page is written from a whole run alone: without --only, 10000 pods, at least 9 runs');
	}
	if (values.only.length > 0 && values.only.every(name => screenCases.some(screen => screen.name === name)))
		return await screensAlone(runs, values.only);
	const asked = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => asked.abort(new Error(`stopped by ${name}`)));
	const plane = await startControlPlane({say, signal: asked.signal});
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-bench-'));
	try {
		const report = await bench(plane, folder, {runs, pods, only: values.only, signal: asked.signal});
		process.stdout.write(`${reportText(report)}\n`);
		if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, '\t')}\n`);
		if (values.write) writeFileSync(fromRoot('docs/benchmarks.md'), benchmarksPage(report));
	} finally {
		await plane.stop();
		rmSync(folder, {recursive: true, force: true});
	}
}

await main();
