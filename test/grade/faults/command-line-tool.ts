import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runMkcoa} from '../../support/host.ts';
import {readAnswer} from './read-answer.ts';
import type {Tool} from './tool.ts';

const patienceMs = 180_000;

/** mkcoa as a user calls it: `incident detect` and `incident fix`, by somebody who says yes, each with a journal of its own. */
export function commandLineTool(kubeconfig: string): Tool {
	const ask = async (words: readonly string[], signal: AbortSignal) => {
		const folder = mkdtempSync(join(tmpdir(), 'mkcoa-fault-'));
		const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
		try {
			return readAnswer(await runMkcoa(['incident', ...words, '--json', '--kubeconfig', kubeconfig], {folder, signal: limited}));
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	};
	return {
		async detect(namespace, signal) {
			const {findings, told} = await ask(['detect', '-n', namespace], signal);
			if (findings === undefined) throw new Error(`incident detect: ${told}`);
			return findings;
		},
		fix: async (namespace, signal) => (await ask(['fix', '-n', namespace, '--yes'], signal)).told,
	};
}
