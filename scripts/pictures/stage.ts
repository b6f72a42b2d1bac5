import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {hostname, tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {startSandbox} from '../../src/sandbox/start.ts';
import {runMkcoa} from '../../test/support/host.ts';
import {openTmux, type Tmux} from '../../test/support/tmux.ts';

export type Size = {readonly columns: number; readonly rows: number};

/** What a picture is taken of. */
export type Shot = {readonly captured: string; readonly text: string};

/** A person with a home of their own, and embedded clusters that end with the picture. */
export type Stage = {
	/** An embedded cluster; answers words that lead there. */
	readonly cluster: (scenario: 'shop' | 'broken') => Promise<readonly string[]>;
	/** A command of the same person in a pipe. */
	readonly run: (...words: readonly string[]) => Promise<unknown>;
	/** The program in a terminal of the picture's size. */
	readonly open: (...words: readonly string[]) => Promise<Tmux>;
	readonly close: () => Promise<void>;
};

export async function openStage({columns, rows}: Size): Promise<Stage> {
	const home = await mkdtemp(join(tmpdir(), 'mkcoa-pictures-'));
	const endings: (() => Promise<unknown>)[] = [];
	return {
		async cluster(scenario) {
			const sandbox = await startSandbox({scenario});
			endings.push(() => sandbox.stop());
			const path = join(home, 'kubeconfig');
			await writeFile(path, sandbox.kubeconfig, {mode: 0o600});
			// Each has its workloads in the namespace of its name.
			return ['--kubeconfig', path, '-n', scenario];
		},
		run: (...words) => runMkcoa(words, {folder: home}),
		async open(...words) {
			const env = {HOME: home, XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config'), MKCOA_THEME: 'dark'};
			const terminal = await openTmux({columns, rows, words, env});
			endings.push(() => terminal.close());
			return terminal;
		},
		async close() {
			for (const end of endings.reverse()) await end();
			await rm(home, {recursive: true, force: true, maxRetries: 10});
		},
	};
}

const here = `${userInfo().username}@${hostname()}`;
/** Pictures tell of no machine. */
const anonymous = (text: string) => text.replaceAll(here, 'alice@laptop');

/** The screen as it is now. */
export const shot = async (terminal: Tmux): Promise<Shot> => ({
	captured: anonymous(await terminal.styled()),
	text: anonymous(await terminal.text()),
});
