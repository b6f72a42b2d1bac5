import {runMkcoa} from '../support/host.ts';

/** What `--json` answers, read by path; and the exit code. */
export type Answered = {readonly code: number; readonly outcome: unknown};

/** `mkcoa WORDS…` in the namespace shop of a kubeconfig, by somebody who says yes. `folder` keeps the journal from one call to the next. */
export const commandLineOn =
	(kubeconfig: string, folder: string) =>
	async (words: string): Promise<Answered> => {
		const flags = ['--kubeconfig', kubeconfig, '-n', 'shop', '--json', '--yes'];
		const {code, out, err} = await runMkcoa([...words.split(' '), ...flags], {folder});
		if (out === '') throw new Error(`mkcoa ${words}: ${err}`);
		return {code, outcome: JSON.parse(out)};
	};
