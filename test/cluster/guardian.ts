/**
 * Parent of the programs of one control plane: `processes.ts` starts it and sends it orders over IPC. When the channel closes, however
 * its owner ended, it kills its programs, removes their folder and ends. It leads a process group that holds its programs and whatever
 * they start, and nothing else.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, mkdtempSync, openSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Order, Report} from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'mkcoa-cluster-'));
// Says in a list of processes whose it is, and keeps it apart from programs called node.
process.title = `mkcoa-cluster ${folder}`;
const programs: ChildProcess[] = [];
let ending = false;

// The owner may be gone at any moment; the callback keeps that from being an uncaught error, as `disconnect` tells it too.
const tell = (report: Report) => process.send?.(report, () => {});

function start({name, file, args}: Order) {
	const log = openSync(join(folder, `${name}.log`), 'a');
	const program = spawn(file, args, {cwd: folder, stdio: ['ignore', log, log]});
	closeSync(log);
	if (program.pid !== undefined) {
		programs.push(program);
		tell({kind: 'started', name, pid: program.pid});
	}
	program.once('error', error => tell({kind: 'ended', name, how: `could not be started: ${error.message}`}));
	program.once('exit', (code, signal) => tell({kind: 'ended', name, how: `ended with ${code ?? signal}`}));
}

/** Nothing that the programs hold is worth a graceful end. */
async function end() {
	if (ending) return;
	ending = true;
	const alive = programs.filter(({exitCode, signalCode}) => exitCode === null && signalCode === null);
	const exits = alive.map(program => once(program, 'exit'));
	for (const program of alive) program.kill('SIGKILL');
	await Promise.all(exits);
	rmSync(folder, {recursive: true, force: true, maxRetries: 5});
	// What the programs started themselves, and this process.
	process.kill(-process.pid, 'SIGKILL');
}

process.on('message', (order: Order) => {
	if (!ending) start(order);
});
process.on('disconnect', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
tell({kind: 'ready', folder});
