/**
 * Time and memory of a scan of five thousand pods beside other scanners, whole processes one after the other on the same manifests:
 * `npm run bench:security -- [--pods N] [--rounds N]`. Seconds are the processor's, of all threads, so that what else runs on the machine does not
 * count. All read the same file of JSON, which is YAML, as kubectl get -o json prints it; YAML with its indents is a figure beside it. kube-score and
 * Trivy are installed into the cache; where that cannot be, a sentence says so.
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {stringify} from 'yaml';
import {allChecks} from '../../src/analysis/checks/all-checks.ts';
import {manifestsOf} from './security/pods.ts';
import {scanners} from './security/scanners.ts';

/** Times as fast as the others that is wanted. */
const goal = 5;
const say = (line: string) => process.stdout.write(`${line}\n`);
const program = join(import.meta.dirname, '../../dist/mkcoa.js');

type Run = {readonly seconds: number; readonly peakMb: number};

/** One process from start to end, by GNU time: user and system seconds, and the most memory that it held. */
function runOf([name = '', ...args]: readonly string[], folder: string): Run {
	const figures = join(folder, 'time.txt');
	const {error} = spawnSync('/usr/bin/time', ['-o', figures, '-f', '%U %S %M', name, ...args], {
		stdio: ['ignore', 'ignore', 'ignore'],
		env: {...process.env, KUBECONFIG: join(folder, 'no-kubeconfig'), XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder},
	});
	if (error !== undefined) throw error;
	// A scanner that finds something ends with another code than 0, which GNU time tells in a line before.
	const [user = 0, system = 0, kilobytes = 0] = (readFileSync(figures, 'utf8').trim().split('\n').at(-1) ?? '').split(' ').map(Number);
	return {seconds: user + system, peakMb: kilobytes / 1024};
}

const best = (runs: readonly Run[]): Run => ({
	seconds: Math.min(...runs.map(({seconds}) => seconds)),
	peakMb: Math.min(...runs.map(({peakMb}) => peakMb)),
});

function main() {
	const {values} = parseArgs({options: {pods: {type: 'string', default: '5000'}, rounds: {type: 'string', default: '3'}}});
	const [pods, rounds] = [Number(values.pods), Number(values.rounds)];
	if (!(Number.isInteger(pods) && pods > 0 && Number.isInteger(rounds) && rounds > 0))
		throw new Error('--pods and --rounds are whole numbers above 0');
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-bench-security-'));
	const measure = (command: readonly string[]) => best(Array.from({length: rounds}, () => runOf(command, folder)));
	try {
		const inputs = join(folder, 'manifests');
		mkdirSync(inputs);
		const file = join(inputs, 'cluster.json');
		const yamlFile = join(folder, 'cluster.yaml');
		const objects = manifestsOf(pods);
		writeFileSync(file, JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
		writeFileSync(yamlFile, objects.map(object => stringify(object)).join('---\n'));
		say(
			`${pods} pods in ${objects.length} objects, the best of ${rounds} rounds; ${allChecks.length} checks; node ${process.version}, ${cpus()[0]?.model ?? 'unknown'}`,
		);
		const own = measure([process.execPath, program, 'security', 'scan', '--quiet', '-f', file]);
		const ownYaml = measure([process.execPath, program, 'security', 'scan', '--quiet', '-f', yamlFile]);
		const row = (name: string, {seconds, peakMb}: Run, times: string) =>
			say(`${name.padEnd(24)} ${seconds.toFixed(2).padStart(8)} s ${peakMb.toFixed(0).padStart(7)} MB ${times}`);
		row('mkcoa', own, '');
		row('mkcoa, of YAML', ownYaml, '');
		for (const scanner of scanners()) {
			if (typeof scanner === 'string') {
				say(scanner);
				continue;
			}
			const other = measure(scanner.command(file, inputs));
			const times = other.seconds / own.seconds;
			row(scanner.name, other, `mkcoa is ${times.toFixed(1)} times as fast: ${times >= goal ? 'the goal is kept' : `the goal is ${goal}`}`);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}
}

main();
