import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runMkcoa} from '../../support/host.ts';
import {type Answer, readAnswer} from './read-answer.ts';
import type {Tool} from './tool.ts';

const patienceMs = 180_000;

/**
 * mkcoa as a user calls it: `incident detect` and `incident fix`, by somebody who says yes, each with a journal of its own. Where mkcoa leaves the choice to a
 * person, that person takes what is offered first.
 */
export function commandLineTool(kubeconfig: string): Tool {
	const ask = async (words: readonly string[], signal: AbortSignal): Promise<Answer> => {
		const folder = mkdtempSync(join(tmpdir(), 'mkcoa-fault-'));
		const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
		try {
			return readAnswer(await runMkcoa([...words, '--json', '--kubeconfig', kubeconfig], {folder, signal: limited}));
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	};
	return {
		async detect(namespace, signal) {
			const {findings, told} = await ask(['incident', 'detect', '-n', namespace], signal);
			if (findings === undefined) throw new Error(`incident detect: ${told}`);
			return findings;
		},
		async fix(namespace, signal) {
			const yes = ['-n', namespace, '--yes'];
			const {told, choice} = await ask(['incident', 'fix', ...yes], signal);
			if (choice === undefined) return {told, isChosen: false};
			return {told: (await ask([...choice, ...yes], signal)).told, isChosen: true};
		},
	};
}
