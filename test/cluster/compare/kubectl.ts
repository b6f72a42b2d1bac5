import {execFile} from 'node:child_process';
import {binaryPath} from '../binaries.ts';
import {type Command, commands} from './commands.ts';
import {normaliseText} from './normalise.ts';

export type Ran = {readonly code: number | null; readonly output: readonly string[]};
export type Pair = {readonly command: Command; readonly real: Ran; readonly other: Ran};

/** How long a command that waits for controllers may be repeated. */
const patienceMs = 15_000;

/**
 * Runs every command on both clusters, each pair at the same time, so that both have done the same at any moment.
 * @param kubeconfigs with a context for each person
 */
export async function runOnBoth(kubeconfigs: {readonly real: string; readonly other: string}): Promise<readonly Pair[]> {
	const pairs: Pair[] = [];
	for (const command of commands) {
		const [real, other] = await Promise.all([settledRun(kubeconfigs.real, command), settledRun(kubeconfigs.other, command)]);
		pairs.push({command, real, other});
	}
	return pairs;
}

async function settledRun(kubeconfig: string, command: Command): Promise<Ran> {
	const deadline = performance.now() + patienceMs;
	for (;;) {
		const ran = await run(kubeconfig, command);
		if (command.until === undefined || performance.now() > deadline) return shown(command, ran);
		if (ran.code === 0 && command.until.test(ran.text.trim())) return shown(command, ran);
		await new Promise(resolve => setTimeout(resolve, 200));
	}
}

/** In schedules a space is written as an underscore, since lines are split at spaces. */
const words = (line: string) => line.split(' ').map(word => (word.startsWith('--schedule=') ? word.replaceAll('_', ' ') : word));

/** Asynchronous, because the embedded cluster answers from this very process. */
function run(
	kubeconfig: string,
	{line, as = 'admin', input, editor}: Command,
): Promise<{readonly code: number | null; readonly text: string}> {
	const timeout = line.includes('--request-timeout') ? [] : ['--request-timeout=60s'];
	const args = [`--kubeconfig=${kubeconfig}`, `--context=${as}`, '--namespace=shop', ...timeout, ...words(line)];
	const {promise, resolve} = Promise.withResolvers<{code: number | null; text: string}>();
	const env = {...process.env, ...(editor === undefined ? {} : {KUBE_EDITOR: editor})};
	const child = execFile(binaryPath('kubectl'), args, {timeout: 90_000, env}, (_error, stdout, stderr) =>
		resolve({code: child.exitCode, text: `${stdout}${stderr}`}),
	);
	child.stdin?.end(input ?? '');
	return promise;
}

/** Rows of lists are in the order of names that controllers draw, so there only the set of lines counts. */
function shown({line}: Command, {code, text}: {readonly code: number | null; readonly text: string}): Ran {
	const output = text
		.split('\n')
		.map(one =>
			one
				.trimEnd()
				.split(/ {2,}|\t/)
				.map(normaliseText)
				.join('  '),
		)
		.filter(one => one !== '' && !accidental.test(one));
	return {code, output: /^(get|api-|auth)/.test(line) ? output.toSorted() : output};
}

/** Lines that name a moment or a place: progress seen on the way, temporary files, times, ages of events, ports, and which pods a node holds. */
const accidental =
	/^Waiting for deployment|^diff -u|^(---|\+\+\+) |^CreationTimestamp|^ *"?(resourceVersion|uid)"?:|\(x\d+ over |^ *Port: \d+$|^ +HolderIdentity:|^evicting pod |^Warning: deleting Pods that declare no controller/;
