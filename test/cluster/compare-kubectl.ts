/**
 * Runs the same kubectl commands on a real cluster and on another one and prints where the output differs:
 * `node test/cluster/compare-kubectl.ts --against KUBECONFIG [--report FILE.md]`.
 */
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {cacheFolder} from './binaries.ts';
import {commands} from './compare/commands.ts';
import {normaliseText} from './compare/normalise.ts';
import {startControlPlane} from './start.ts';

type Ran = {readonly code: number | null; readonly output: readonly string[]};

/** In schedules a space is written as an underscore, since lines are split at spaces. */
const words = (line: string) => line.split(' ').map(word => (word.startsWith('--schedule=') ? word.replaceAll('_', ' ') : word));

function run(kubeconfig: string, {line, input}: (typeof commands)[number]): Ran {
	const args = [`--kubeconfig=${kubeconfig}`, '--namespace=shop', '--request-timeout=25s', ...words(line)];
	const {status, stdout, stderr} = spawnSync(join(cacheFolder(), 'kubectl'), args, {input: input ?? '', encoding: 'utf8', timeout: 40_000});
	const output = `${stdout}${stderr}`.split('\n').map(text =>
		text
			.trimEnd()
			.split(/ {2,}|\t/)
			.map(normaliseText)
			.join('  '),
	);
	return {code: status, output: output.filter(text => text !== '' && !accidental.test(text))};
}

/** Lines that name a moment: progress seen on the way, temporary files, times, and ages of events. */
const accidental = /^Waiting for deployment|^diff -u|^(---|\+\+\+) |^CreationTimestamp|^ *resourceVersion:|\(x\d+ over /;

function section(line: string, real: Ran, other: Ran): string {
	const missing = real.output.filter(text => !other.output.includes(text)).map(text => `- ${text}`);
	const added = other.output.filter(text => !real.output.includes(text)).map(text => `+ ${text}`);
	const codes = real.code === other.code ? [] : [`exit: real ${real.code}, here ${other.code}`];
	if (missing.length + added.length + codes.length === 0) return '';
	return [`## kubectl ${line}`, '```diff', ...codes, ...missing, ...added, '```', ''].join('\n');
}

const {values} = parseArgs({options: {against: {type: 'string'}, report: {type: 'string'}}});
if (values.against === undefined) throw new Error('--against KUBECONFIG is missing');
const cluster = await startControlPlane();
try {
	const real = commands.map(command => run(cluster.kubeconfig, command));
	const against = values.against;
	const sections = commands.flatMap((command, index) => {
		const first = real[index];
		return first === undefined ? [] : section(command.line, first, run(against, command));
	});
	const found = sections.filter(text => text !== '');
	const text = `# Where kubectl shows something else than on a real cluster\n\n${commands.length} commands, ${found.length} differ.\n\n${found.join('\n')}`;
	if (values.report) writeFileSync(values.report, text);
	else process.stdout.write(text);
	process.exitCode = found.length > 0 ? 3 : 0;
} finally {
	await cluster.stop();
}
