import {execFile} from 'node:child_process';
import type {Ran} from '../support/host.ts';
import {binaryPath} from './binaries.ts';

type Options = {
	/** Standard input. */
	readonly input?: string | undefined;
	/** It is ended then, with code 143; a minute if left out. */
	readonly patienceMs?: number;
};

/** `kubectl WORDS…` in the namespace shop of a kubeconfig. Asynchronous: servers of this process may have to answer it. */
export const kubectlOn =
	(kubeconfig: string) =>
	(words: string | readonly string[], {input = '', patienceMs = 60_000}: Options = {}): Promise<Ran> => {
		const args = [`--kubeconfig=${kubeconfig}`, '--namespace=shop', ...(typeof words === 'string' ? words.split(' ') : words)];
		const {promise, resolve} = Promise.withResolvers<Ran>();
		const child = execFile(binaryPath('kubectl'), args, {timeout: patienceMs}, (_error, out, err) =>
			resolve({code: child.exitCode ?? 143, out, err}),
		);
		child.stdin?.end(input);
		return promise;
	};
