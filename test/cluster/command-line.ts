import {type Ran, runMkcoa} from '../support/host.ts';

/** What `--json` answers, read by path; and the exit code. */
export type Answered = {readonly code: number; readonly outcome: unknown};
export type Words = string | readonly string[];

/** Flags stand before `--`: what follows it belongs to a program in a pod. */
export function withFlags(words: Words, flags: readonly string[]): readonly string[] {
	const list = typeof words === 'string' ? words.split(' ') : words;
	const end = list.indexOf('--');
	return end < 0 ? [...list, ...flags] : [...list.slice(0, end), ...flags, ...list.slice(end)];
}

/**
 * `mkcoa WORDS…` of a kubeconfig, as it prints to people in a pipe. `folder` keeps the journal from one call to the next; `input` is what a pipe sends.
 */
export const printedOn =
	(kubeconfig: string, folder: string) =>
	(words: Words, input = ''): Promise<Ran> =>
		runMkcoa(withFlags(words, ['--kubeconfig', kubeconfig]), {folder, streams: {input}});

/** The same in one namespace, by somebody who says yes, and as JSON. */
export const commandLineOn =
	(kubeconfig: string, folder: string, namespace = 'shop') =>
	async (words: Words, input?: string): Promise<Answered> => {
		const {code, out, err} = await printedOn(kubeconfig, folder)(withFlags(words, ['-n', namespace, '--json', '--yes']), input);
		if (out === '') throw new Error(`mkcoa ${words}: ${err}`);
		return {code, outcome: JSON.parse(out)};
	};
