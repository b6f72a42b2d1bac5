/**
 * Runs the same kubectl commands on a real cluster and on the embedded or another one and prints where the output differs:
 * `node test/cluster/compare-kubectl.ts [--against KUBECONFIG] [--report FILE.md]`.
 */
import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parseArgs} from 'node:util';
import {binaryPath} from './binaries.ts';
import {commands} from './compare/commands.ts';
import {embeddedServer} from './compare/embedded.ts';
import {normaliseText} from './compare/normalise.ts';
import {startControlPlane} from './start.ts';

type Ran = {readonly code: number | null; readonly output: readonly string[]};

/** In schedules a space is written as an underscore, since lines are split at spaces. */
const words = (line: string) => line.split(' ').map(word => (word.startsWith('--schedule=') ? word.replaceAll('_', ' ') : word));

/** Asynchronous, because the embedded cluster answers from this very process. */
function run(kubeconfig: string, {line, input}: (typeof commands)[number]): Promise<Ran> {
	const args = [`--kubeconfig=${kubeconfig}`, '--namespace=shop', '--request-timeout=25s', ...words(line)];
	const {promise, resolve} = Promise.withResolvers<Ran>();
	const child = execFile(binaryPath('kubectl'), args, {timeout: 40_000}, (_error, stdout, stderr) => {
		const output = `${stdout}${stderr}`.split('\n').map(text =>
			text
				.trimEnd()
				.split(/ {2,}|\t/)
				.map(normaliseText)
				.join('  '),
		);
		resolve({code: child.exitCode, output: output.filter(text => text !== '' && !accidental.test(text))});
	});
	child.stdin?.end(input ?? '');
	return promise;
}

async function runAll(kubeconfig: string): Promise<readonly Ran[]> {
	const all: Ran[] = [];
	for (const command of commands) all.push(await run(kubeconfig, command));
	return all;
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
const cluster = await startControlPlane();
const embedded = await embeddedServer();
try {
	const against = values.against ?? join(dirname(cluster.auditLog), 'embedded.kubeconfig');
	if (values.against === undefined) writeFileSync(against, embedded.kubectlConfig);
	const [real, other] = [await runAll(cluster.kubeconfig), await runAll(against)];
	const sections = commands.flatMap(({line}, index) => {
		const [first, second] = [real[index], other[index]];
		return first === undefined || second === undefined ? [] : section(line, first, second);
	});
	const found = sections.filter(text => text !== '');
	const text = `# Where kubectl shows something else than on a real cluster\n\n${commands.length} commands, ${found.length} differ.\n\n${found.join('\n')}`;
	if (values.report) writeFileSync(values.report, text);
	else process.stdout.write(text);
	process.exitCode = found.length > 0 ? 3 : 0;
} finally {
	await embedded.stop();
	await cluster.stop();
}
