import {readFile} from 'node:fs/promises';
import type {Options} from '../commands/options.ts';
import {fileTrouble} from '../commands/read-file.ts';
import type {Clock} from '../core/clock.ts';
import type {JournalReader} from '../core/journal.ts';
import type {Capture} from '../mcp/kubernetes/model/capture.ts';
import type {Connection} from './open-cluster.ts';

/** A cluster in a file, with the time at which it was seen and what had been changed in it by then. */
export type Captured = Connection & {readonly clock: Clock; readonly journal: JournalReader};

/** Time stands still in a capture; whatever waits, waits by the machine's clock. */
const standing = (nowMs: number, {schedule}: Clock): Clock => ({now: () => nowMs, schedule});

const journalOf = ({journal}: Capture): JournalReader => ({
	list: async limit => journal.slice(0, limit),
	entry: async id => journal.find(each => each.id === id),
	effects: async () => [],
	sealed: async () => ({}),
	outcome: async () => undefined,
});

/**
 * Opens the file that `--from` names as a cluster that nothing changes.
 * @throws MkcoaError that quotes the path where it cannot be read or is no capture
 */
export async function openCaptured(path: string, {namespace}: Pick<Options, 'namespace'>, clock: Clock): Promise<Captured> {
	const [{unpackCapture}, {capturedCluster}] = await Promise.all([
		import('../mcp/kubernetes/captured/capture-file.ts'),
		import('../mcp/kubernetes/captured/captured-cluster.ts'),
	]);
	const capture = await unpackCapture(path, await bytesOf(path));
	const close = async () => {};
	return {
		client: {...capturedCluster(capture, namespace), close},
		close,
		clock: standing(Date.parse(capture.takenAt), clock),
		journal: journalOf(capture),
	};
}

async function bytesOf(path: string): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch (error) {
		throw fileTrouble(path, error);
	}
}
