import {execFile} from 'node:child_process';
import {dirname} from 'node:path';
import type {Ran} from '../support/host.ts';
import {binaryPath} from './binaries.ts';

type Options = {
	/** Standard input. */
	readonly input?: string | undefined;
	/** It is ended with code 143 once what it printed is enough, for what would never end. */
	readonly isEnough?: ((out: string) => boolean) | undefined;
};

/** Nothing of this machine but the programs that kubectl starts. It keeps what it discovers beside its kubeconfig, which goes with the cluster. */
export const kubectlEnvironment = (kubeconfig: string) => ({PATH: process.env.PATH, HOME: dirname(kubeconfig), TZ: 'UTC', LC_ALL: 'C'});

/** `kubectl WORDS…` in the namespace shop of a kubeconfig. Asynchronous: servers of this process may have to answer it. */
export const kubectlOn =
	(kubeconfig: string) =>
	(words: string | readonly string[], {input = '', isEnough}: Options = {}): Promise<Ran> => {
		const args = [`--kubeconfig=${kubeconfig}`, '--namespace=shop', ...(typeof words === 'string' ? words.split(' ') : words)];
		const {promise, resolve} = Promise.withResolvers<Ran>();
		const env = kubectlEnvironment(kubeconfig);
		const child = execFile(binaryPath('kubectl'), args, {timeout: 60_000, env}, (_error, out, err) =>
			resolve({code: child.exitCode ?? 143, out, err}),
		);
		let printed = '';
		if (isEnough !== undefined)
			child.stdout?.on('data', chunk => {
				printed += chunk;
				if (isEnough(printed)) child.kill();
			});
		child.stdin?.end(input);
		return promise;
	};
