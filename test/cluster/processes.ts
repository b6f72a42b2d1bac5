import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

type Running = {readonly name: string; readonly child: ChildProcess; readonly logFile: string};

/**
 * The programs that one control plane started, and only those. Each is in a process group of its own, so that Ctrl-C reaches this
 * process alone and the order of stopping stays here.
 */
export class Processes {
	readonly #running: Running[] = [];
	readonly #folder: string;
	#stopping = false;
	readonly #onDeath: (reason: Error) => void;

	/**
	 * @param folder where each program's output goes, as NAME.log
	 * @param onDeath told when a program ends without being asked to
	 */
	constructor(folder: string, onDeath: (reason: Error) => void) {
		this.#folder = folder;
		this.#onDeath = onDeath;
	}

	start(name: string, file: string, args: readonly string[]) {
		const logFile = join(this.#folder, `${name}.log`);
		const log = openSync(logFile, 'a');
		const child = spawn(file, args, {cwd: this.#folder, stdio: ['ignore', log, log], detached: true});
		this.#running.push({name, child, logFile});
		child.once('error', error => this.#onDeath(new Error(`${name} did not start: ${error.message}`)));
		child.once('exit', (code, signal) => {
			if (!this.#stopping) this.#onDeath(new Error(`${name} ended with ${code ?? signal}. Its last lines:\n${lastLines(logFile)}`));
		});
	}

	get pids(): Readonly<Record<string, number | undefined>> {
		return Object.fromEntries(this.#running.map(({name, child}) => [name, child.pid]));
	}

	/** Kills every program by its own id and waits for it. Nothing they hold is worth a graceful end. */
	async stop() {
		this.#stopping = true;
		await Promise.all(
			this.#running.map(async ({child}) => {
				if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
				const exited = once(child, 'exit');
				child.kill('SIGKILL');
				await exited;
			}),
		);
	}
}

const lastLines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
