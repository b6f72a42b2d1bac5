import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const program = fileURLToPath(new URL('../../dist/mkcoa.js', import.meta.url));
const run = promisify(execFile);

/** A busy machine may need long; a picture that is right is seen at once. */
const patienceMs = 60_000;
const lookEachMs = 50;
/** A plan that stood there as long as this can be answered. */
const drawnMs = 300;
/** A yes that comes too soon after a plan is not heard; one that is heard changes the screen sooner than that, on a busy machine too. */
const unheardMs = 3000;

export type TmuxOptions = {
	readonly columns: number;
	readonly rows: number;
	/** Words of the command line, after `mkcoa`. */
	readonly words: readonly string[];
	readonly env?: {readonly [name: string]: string};
};

export type Tmux = {
	/** Letters as they are typed, each in its turn. */
	readonly type: (text: string) => Promise<void>;
	/** Keys by tmux's names: `Enter`, `Escape`, `C-c`, `Up`. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	/** As a terminal pastes: in brackets. */
	readonly paste: (text: string) => Promise<void>;
	readonly resize: (columns: number, rows: number) => Promise<void>;
	/** What stands on the screen. */
	readonly text: () => Promise<string>;
	/** The same with its colours, as sequences. */
	readonly styled: () => Promise<string>;
	/** What scrolled by and what stands on the screen. */
	readonly all: () => Promise<string>;
	/** Waits until the screen holds this, or answers true of it. @throws with the screen when it does not come */
	readonly shows: (wanted: string | RegExp | ((text: string) => boolean), patience?: number) => Promise<string>;
	/** Says yes to the plan on the screen: a yes counts only when the plan stood there for a moment. */
	readonly approve: () => Promise<unknown>;
	/** Waits for the end of the program. @returns its exit code */
	readonly ended: () => Promise<number>;
	/** Ends the program and its terminal. */
	readonly close: () => Promise<void>;
};

/** What the one who runs it has set for their own terminal stays out of this one, and so does `CI`: a person sits here. */
const {NO_COLOR: _, TMUX: __, CI: ___, ...ownEnvironment} = process.env;

async function runTmux(args: readonly string[]): Promise<string> {
	try {
		return (await run('tmux', args, {env: ownEnvironment})).stdout;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
			throw new Error('tmux is missing: install it, as with apt-get install tmux', {cause: error});
		throw error;
	}
}

/** Runs the built program in a terminal of tmux, on a server of its own. */
export async function openTmux({columns, rows, words, env = {}}: TmuxOptions): Promise<Tmux> {
	const folder = await mkdtemp(join(tmpdir(), 'mkcoa-tmux-'));
	const tmux = (...args: readonly string[]) => runTmux(['-S', join(folder, 'server'), '-f', '/dev/null', ...args]);
	const variables = Object.entries({COLORTERM: 'truecolor', ...env}).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
	const size = (width: number, height: number) => ['-x', String(width), '-y', String(height)];
	// The first window keeps the server, so that what the program leaves on the screen can be read when it ended.
	await tmux('new-session', '-d', '-s', 'keep', ...size(columns, rows), 'cat');
	await tmux('set-option', '-g', 'remain-on-exit', 'on');
	await tmux('set-option', '-g', 'default-terminal', 'tmux-256color');
	await tmux('set-option', '-g', 'history-limit', '10000');
	await tmux('new-session', '-d', '-s', 't', ...size(columns, rows), ...variables, process.execPath, program, ...words);
	await tmux('set-option', '-t', 't', 'status', 'off');
	const capture = async (...more: readonly string[]) => (await tmux('capture-pane', '-t', 't', '-p', ...more)).replace(/\s+$/, '');
	const until = async (isRight: (text: string) => boolean, wanted: string, patience = patienceMs) => {
		const deadline = performance.now() + patience;
		for (;;) {
			const text = await capture();
			if (isRight(text)) return text;
			if (performance.now() > deadline) throw new Error(`the screen does not show ${wanted}:\n${await capture('-S', '-')}`);
			await setTimeout(lookEachMs);
		}
	};
	const asks = (text: string) => text.includes('Apply this plan?');
	/** The screen of a plan once it is drawn. Another plan may follow at once, so what tells that a yes was heard is that this one is gone. */
	const drawnPlan = async () => {
		let plan = await until(asks, 'a plan');
		for (let next = ''; next !== plan; ) {
			if (next !== '') plan = next;
			await setTimeout(drawnMs);
			next = await until(asks, 'a plan');
		}
		return plan;
	};
	const approve = async (): Promise<unknown> => {
		const plan = await drawnPlan();
		await tmux('send-keys', '-t', 't', 'y');
		return until(text => text !== plan, 'an answer', unheardMs).catch(approve);
	};
	const state = (name: string) => tmux('display-message', '-t', 't', '-p', `#{${name}}`);
	return {
		async type(text) {
			await tmux('send-keys', '-t', 't', '-l', '--', text);
		},
		async press(...keys) {
			await tmux('send-keys', '-t', 't', ...keys);
		},
		async paste(text) {
			await tmux('set-buffer', '--', text);
			await tmux('paste-buffer', '-p', '-t', 't');
		},
		async resize(width, height) {
			await tmux('resize-window', '-t', 't', ...size(width, height));
		},
		text: () => capture(),
		styled: () => capture('-e'),
		all: () => capture('-S', '-'),
		shows(wanted, patience) {
			if (typeof wanted === 'function') return until(wanted, 'what is waited for', patience);
			const isRight = (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
			return until(isRight, String(wanted), patience);
		},
		approve,
		async ended() {
			const deadline = performance.now() + patienceMs;
			while ((await state('pane_dead')).trim() !== '1') {
				if (performance.now() > deadline) throw new Error(`the program did not end:\n${await capture('-S', '-')}`);
				await setTimeout(lookEachMs);
			}
			return Number(await state('pane_dead_status'));
		},
		async close() {
			await tmux('kill-server');
			await rm(folder, {recursive: true, force: true, maxRetries: 10});
		},
	};
}
