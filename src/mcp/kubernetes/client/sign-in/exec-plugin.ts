import * as z from 'zod';
import type {Clock} from '../../../../core/clock.ts';
import {MkcoaError, type Trouble} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import type {Environment, ExecEntry} from '../../kubeconfig/kubeconfig.ts';
import {plainText} from '../transport/api-error.ts';
import type {Credential} from './credential.ts';

export type ExecCredential = Credential & {readonly expiresMs?: number | undefined};

const versions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** Nobody can answer a plug-in without a terminal, so it gets this long and no more. */
const longestMs = 60_000;

const answerSchema = z.object({
	kind: z.literal('ExecCredential'),
	apiVersion: z.string(),
	status: z.object({
		token: z.string().min(1).optional(),
		clientCertificateData: z.string().min(1).optional(),
		clientKeyData: z.string().min(1).optional(),
		expirationTimestamp: z.string().nullish(),
	}),
});

/**
 * Refuses what no run could make good.
 * @throws MkcoaError `unsupported`, `no-terminal`
 */
export function checkExecEntry({apiVersion, command, interactiveMode}: ExecEntry, interactive: boolean): void {
	const what = `The plug-in ${command} that signs you in cannot be used`;
	if (!versions.includes(apiVersion))
		throw failure({
			code: 'unsupported',
			what,
			why: `the kubeconfig asks for ${plainText(apiVersion, 100)}; mkcoa speaks ${versions.join(' and ')}`,
			next: 'Update the plug-in and sign in to the cluster again',
		});
	if (interactiveMode !== undefined && !['Never', 'IfAvailable', 'Always'].includes(interactiveMode))
		throw failure({
			code: 'bad-kubeconfig',
			what,
			why: `interactiveMode is ${JSON.stringify(plainText(interactiveMode, 50))}`,
			next: 'Write Never, IfAvailable or Always',
		});
	if (interactiveMode === undefined && apiVersion === versions[0])
		throw failure({
			code: 'bad-kubeconfig',
			what,
			why: 'interactiveMode is missing',
			next: 'Write interactiveMode: IfAvailable into its exec section',
		});
	if (interactiveMode === 'Always' && !interactive)
		throw failure({
			code: 'no-terminal',
			what,
			why: 'it asks questions, and there is no terminal to answer them',
			next: 'Run mkcoa in a terminal, or use a token',
		});
}

/**
 * Runs the program of an exec section and reads its ExecCredential. Its standard output is never repeated anywhere.
 * @throws MkcoaError `exec-plugin-missing` with the install hint, `exec-plugin-failed` with the end of its error output
 * @see https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export async function runExecPlugin({
	exec,
	cluster,
	environment,
	interactive,
	clock,
	signal,
}: {
	readonly exec: ExecEntry;
	readonly cluster: JsonObject | undefined;
	readonly environment: Environment;
	readonly interactive: boolean;
	readonly clock: Clock;
	readonly signal?: AbortSignal | undefined;
}): Promise<ExecCredential> {
	const mayAsk = interactive && exec.interactiveMode !== 'Never';
	const info = {kind: 'ExecCredential', apiVersion: exec.apiVersion, spec: {interactive: mayAsk, cluster}};
	const tooLong = new AbortController();
	const cancelTimer = mayAsk ? () => {} : clock.schedule(longestMs, () => tooLong.abort());
	const {execa} = await import('execa');
	const result = await execa(exec.command, [...exec.args], {
		env: {
			...environment,
			...Object.fromEntries(exec.env.map(({name, value}) => [name, value])),
			KUBERNETES_EXEC_INFO: JSON.stringify(info),
		},
		extendEnv: false,
		stdin: mayAsk ? 'inherit' : 'ignore',
		// A person who may be asked has to see the question, and plug-ins ask on stderr.
		stderr: mayAsk ? 'inherit' : 'pipe',
		maxBuffer: 1024 * 1024,
		cancelSignal: AbortSignal.any([tooLong.signal, ...(signal === undefined ? [] : [signal])]),
		reject: false,
	});
	cancelTimer();
	signal?.throwIfAborted();
	if (result.failed)
		throw failedRun(
			exec,
			result.code,
			tooLong.signal.aborted ? 'it did not answer within a minute' : exitText(result),
			result.stderr ?? '',
		);
	return readAnswer(exec, result.stdout);
}

const exitText = ({exitCode, signal}: {readonly exitCode?: number | undefined; readonly signal?: string | undefined}) =>
	exitCode === undefined ? `it ended by ${signal ?? 'an unknown cause'}` : `it ended with exit code ${exitCode}`;

function failedRun({command, installHint}: ExecEntry, code: string | undefined, why: string, stderr: string): MkcoaError {
	const hint = installHint === undefined ? undefined : plainText(installHint);
	if (code === 'ENOENT' || code === 'EACCES')
		return failure({
			code: 'exec-plugin-missing',
			what: `The program ${command} that signs you in cannot be started`,
			why: code === 'ENOENT' ? 'it is not installed, or not in PATH' : 'it may not be executed',
			next: hint ?? `Install ${command}, or correct its path in the kubeconfig`,
		});
	return failure({
		code: 'exec-plugin-failed',
		what: `The program ${command} could not sign you in`,
		why,
		next: hint ?? `Run ${command} by hand, or sign in again with the tool that it belongs to`,
		...(stderr.trim() === '' ? {} : {quoted: plainText(stderr.trim().slice(-500))}),
	});
}

function readAnswer({command, apiVersion}: ExecEntry, stdout: string): ExecCredential {
	const bad = (why: string) =>
		failure({
			code: 'exec-plugin-failed',
			what: `The program ${command} gave no credential`,
			why,
			next: `Update ${command}, or sign in again with the tool that it belongs to`,
		});
	const read = answerSchema.safeParse(parseJson(stdout));
	if (!read.success) throw bad('its answer is no ExecCredential');
	const {apiVersion: answered, status} = read.data;
	if (answered !== apiVersion) throw bad(`it answered in ${plainText(answered, 100)}, and the kubeconfig asks for ${apiVersion}`);
	const {token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp} = status;
	if ((cert === undefined) !== (key === undefined)) throw bad('it gave a certificate without its key, or a key alone');
	if (token === undefined && cert === undefined) throw bad('its answer holds neither a token nor a certificate');
	const expiresMs = expirationTimestamp ? Date.parse(expirationTimestamp) : undefined;
	if (Number.isNaN(expiresMs)) throw bad('its expirationTimestamp is no time');
	return {token, cert, key, expiresMs};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const failure = (trouble: Omit<Trouble, 'kind'>) => new MkcoaError({kind: 'auth', ...trouble});
