import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {systemClock} from '../../core/clock.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {scenarioNamed} from '../open-cluster.ts';
import {scenarios} from '../scenario-names.ts';
import {type ActionCall, answer} from './answer.ts';

/** Lists the scenarios by name. */
export async function sandboxScenarios({options}: ActionCall, {streams}: Host): Promise<ExitCode> {
	await answer(streams, options, scenarios, () => scenarios.map(({name, summary}) => `${name.padEnd(8)} ${summary}`).join('\n'));
	return exitCodes.done;
}

/** Serves an embedded cluster until the person interrupts. Prints the path of a kubeconfig that reaches it, and takes that file away at the end. */
export async function sandboxStart({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const {streams, signal} = host;
	const {startSandbox} = await import('../../sandbox/start.ts');
	const sandbox = await startSandbox({scenario: scenarioNamed(values.scenario ?? ''), clock: systemClock()});
	const path = join(tmpdir(), `mkcoa-sandbox-${process.pid}.yaml`);
	await writeFile(path, sandbox.kubectlConfig, {mode: 0o600});
	await answer(streams, options, {url: sandbox.url, kubeconfig: path}, () => path);
	streams.err(
		`The embedded cluster serves at ${sandbox.url}. Try: kubectl --kubeconfig ${path} get pods -A\nInterrupt with Ctrl-C to end it\n`,
	);
	await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));
	await rm(path, {force: true});
	await sandbox.stop();
	return exitCodes.done;
}
