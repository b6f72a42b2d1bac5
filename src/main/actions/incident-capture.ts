import {writeFile} from 'node:fs/promises';
import {MkcoaError} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {count} from '../../core/text/count.ts';
import type {Host} from '../host.ts';
import {openSession} from '../session.ts';
import {type ActionCall, answer} from './answer.ts';

const mebibyte = 1024 * 1024;

/** Writes the cluster as it is seen now into a file that `--from` opens; nothing that is there is overwritten. */
export async function incidentCapture({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const path = values.file ?? '';
	const [{readCapture}, {packCapture}] = await Promise.all([
		import('../../agents/incident/reading/read-capture.ts'),
		import('../../mcp/kubernetes/captured/capture-file.ts'),
	]);
	const session = await openSession({options, host});
	try {
		session.emit({kind: 'progress', text: 'Looking at the cluster'});
		const {namespace} = options;
		const read = await readCapture(session.cluster, session.state.reader, {namespace, nowMs: host.clock.now(), signal: session.signal});
		// Secrets of namespaces that were not looked at may be quoted in what was read.
		await session.learnSecrets(undefined);
		const capture = session.redact(JSON.parse(JSON.stringify(read)));
		const bytes = await packCapture(capture);
		await written(path, bytes);
		session.quiet();
		const told = {
			file: path,
			bytes: bytes.length,
			takenAt: read.takenAt,
			objects: read.objects.length,
			logs: read.logs.length,
			unread: read.unread,
		};
		await answer(host.streams, options, told, () =>
			[
				`${count(read.objects.length, 'object')} and ${count(read.logs.length, 'log')} of ${read.target.context} are in ${path} (${(bytes.length / mebibyte).toFixed(1)} MiB), without values of Secrets`,
				...read.unread.map(({kind, why}) => `Not in it: ${kind}, which ${why}`),
				`Look at it with: mkcoa incident detect --from ${path}`,
			].join('\n'),
		);
		return exitCodes.done;
	} finally {
		await session.close();
	}
}

/** @throws MkcoaError that quotes the path where it cannot be written, or is there already */
async function written(path: string, bytes: Buffer): Promise<void> {
	try {
		await writeFile(path, bytes, {mode: 0o600, flag: 'wx'});
	} catch (error) {
		const why =
			error instanceof Error && 'code' in error && error.code === 'EEXIST'
				? 'it is there already'
				: error instanceof Error
					? error.message
					: String(error);
		throw new MkcoaError(
			{kind: 'usage', code: 'file-not-written', what: `File '${path}' cannot be written`, why, next: 'Name another one'},
			{cause: error},
		);
	}
}
