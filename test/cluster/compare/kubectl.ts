import {execFile} from 'node:child_process';
import {binaryPath} from '../binaries.ts';
import {kubectlEnvironment} from '../kubectl.ts';
import {type Command, commands} from './commands.ts';
import {type Shown, shown} from './shown.ts';

export type Ran = {
	/** Null when kubectl did not start or was ended. */
	readonly code: number | null;
	/** The command waited for something that did not come about. */
	readonly late: boolean;
} & Shown;
export type Pair = {readonly command: Command; readonly real: Ran; readonly other: Ran};

/** How long a command that waits for controllers may be repeated. */
const patienceMs = 15_000;

/** So many commands that change nothing are run at once. */
const atOnce = 4;
const isLook = ({line, until}: Command) =>
	until === undefined && /^(get|describe|events|explain|version|api-|cluster-info|auth|rollout history) ?/.test(line);

/** The commands in their order: each alone, or with those beside it that only look, too. */
function rounds(list: readonly Command[]): readonly (readonly Command[])[] {
	const all: Command[][] = [];
	for (const command of list) {
		const last = all.at(-1);
		if (last !== undefined && last.length < atOnce && [...last, command].every(isLook)) last.push(command);
		else all.push([command]);
	}
	return all;
}

/**
 * Runs every command on both clusters, each pair at the same time, so that both have done the same at any moment.
 * @param kubeconfigs with a context for each person
 */
export async function runOnBoth(kubeconfigs: {readonly real: string; readonly other: string}): Promise<readonly Pair[]> {
	const pairs: Pair[] = [];
	const pairOf = async (command: Command) => {
		const [real, other] = await Promise.all([settledRun(kubeconfigs.real, command), settledRun(kubeconfigs.other, command)]);
		return {command, real, other};
	};
	for (const round of rounds(commands)) pairs.push(...(await Promise.all(round.map(pairOf))));
	return pairs;
}

type Output = {readonly code: number | null; readonly out: string; readonly err: string};

async function settledRun(kubeconfig: string, command: Command): Promise<Ran> {
	const deadline = performance.now() + patienceMs;
	for (;;) {
		const {code, out, err} = await run(kubeconfig, command);
		const isRight = command.until === undefined || (code === 0 && command.until.test(`${out}${err}`.trim()));
		const late = !isRight && performance.now() > deadline;
		if (isRight || late) return {code, late, ...shown(command.line, out, err)};
		await new Promise(resolve => setTimeout(resolve, 200));
	}
}

/** In schedules a space is written as an underscore, since lines are split at spaces. */
const words = (line: string) => line.split(' ').map(word => (word.startsWith('--schedule=') ? word.replaceAll('_', ' ') : word));

/** Asynchronous, because the embedded cluster answers from this very process. */
function run(kubeconfig: string, {line, as = 'admin', input, editor}: Command): Promise<Output> {
	const timeout = line.includes('--request-timeout') ? [] : ['--request-timeout=60s'];
	const args = [`--kubeconfig=${kubeconfig}`, `--context=${as}`, '--namespace=shop', ...timeout, ...words(line)];
	const {promise, resolve} = Promise.withResolvers<Output>();
	const env = {...kubectlEnvironment(kubeconfig), ...(editor === undefined ? {} : {KUBE_EDITOR: editor})};
	const child = execFile(binaryPath('kubectl'), args, {timeout: 90_000, env}, (_error, out, err) =>
		resolve({code: child.exitCode, out, err}),
	);
	// A command that wants no input may have ended before it is given.
	child.stdin?.on('error', () => {});
	child.stdin?.end(input ?? '');
	return promise;
}
