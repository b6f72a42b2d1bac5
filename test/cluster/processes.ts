import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {programsIn} from './programs-in.ts';

/** What the guardian is told: a program to start. */
export type Order = {readonly name: string; readonly file: string; readonly args: readonly string[]};
/** What the guardian tells. */
export type Report =
	| {readonly kind: 'ready'; readonly folder: string}
	| {readonly kind: 'started'; readonly name: string; readonly pid: number}
	| {readonly kind: 'ended'; readonly name: string; readonly how: string};

/**
 * The programs that one control plane started, and only those. A guardian is their parent (`guardian.ts`): it outlives this process and
 * ends them when this process is gone. When the guardian is gone first, this process ends them.
 */
export class Processes {
	/** Temporary folder of the programs; each one's output is in it, as NAME.log. */
	readonly folder: string;
	readonly #guardian: ChildProcess;
	readonly #pids: Record<string, number> = {};
	readonly #exited: Promise<void>;
	readonly #onDeath: (reason: Error) => void;
	#stopping = false;

	private constructor(guardian: ChildProcess, folder: string, onDeath: (reason: Error) => void) {
		this.#guardian = guardian;
		this.folder = folder;
		this.#onDeath = onDeath;
		guardian.on('message', (report: Report) => this.#hear(report));
		this.#exited = once(guardian, 'exit').then(() => this.#clear());
	}

	/** @param onDeath told when a program ends without being asked to */
	static async open(onDeath: (reason: Error) => void): Promise<Processes> {
		// A group of its own: Ctrl-C reaches its owner alone.
		const guardian = spawn(process.execPath, [join(import.meta.dirname, 'guardian.ts')], {
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
			detached: true,
		});
		const ended = once(guardian, 'exit').then(([code, signal]) => {
			throw new Error(`the guardian of the programs ended with ${code ?? signal}`);
		});
		// Only its first message is waited for here; a later end is `#clear`'s.
		ended.catch(() => {});
		const [report]: Report[] = await Promise.race([once(guardian, 'message'), ended]);
		if (report?.kind !== 'ready') throw new Error('the guardian of the programs did not say where its folder is');
		return new Processes(guardian, report.folder, onDeath);
	}

	/** The program is being started when this returns: its end, or that it could not be started, is told to `onDeath`. */
	start(order: Order) {
		this.#guardian.send(order, error => {
			if (error !== null) this.#onDeath(new Error(`${order.name} could not be started`, {cause: error}));
		});
	}

	/** Of the programs that the guardian has started until now. */
	get pids(): Readonly<Record<string, number>> {
		return {...this.#pids, guardian: this.#guardian.pid ?? 0};
	}

	/** Returns when every program is gone and the folder with them. */
	async stop() {
		this.#stopping = true;
		if (this.#guardian.connected) this.#guardian.disconnect();
		await this.#exited;
	}

	#hear(report: Report) {
		if (report.kind === 'started') this.#pids[report.name] = report.pid;
		if (report.kind !== 'ended' || this.#stopping) return;
		this.#onDeath(new Error(`${report.name} ${report.how}. Its last lines:\n${lastLines(join(this.folder, `${report.name}.log`))}`));
	}

	/** Repeats what the guardian does at its end, in case it was killed. Its group's number is not given away while a program is in it. */
	async #clear() {
		try {
			process.kill(-(this.#guardian.pid ?? Number.NaN), 'SIGKILL');
		} catch {
			// Nobody is left in the group.
		}
		// Where the guardian was killed nobody waits for the end of its programs, which takes a moment on a busy machine.
		const mine = new Set(Object.values(this.#pids));
		while (programsIn(this.folder).some(({pid}) => mine.has(pid))) await setTimeout(20);
		rmSync(this.folder, {recursive: true, force: true, maxRetries: 5});
		if (!this.#stopping) this.#onDeath(new Error('the guardian of the programs was killed, and they with it'));
	}
}

/** Empty when the file went with its folder. */
function lastLines(file: string): string {
	if (!existsSync(file)) return '';
	return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
