import {MkcoaError} from '../../../core/error.ts';
import {auditItems} from './audit-lines.ts';
import type {AuditLog} from './port.ts';

/** An audit log that comes by standard input: it is read once, from its beginning to its end. */
export function auditStream(input: AsyncIterable<Buffer | string> & {readonly destroy?: (error?: Error) => unknown}): AuditLog {
	let isTaken = false;
	async function* bytes(signal: AbortSignal) {
		if (isTaken)
			throw new MkcoaError({
				kind: 'usage',
				code: 'stream-read-twice',
				what: 'Standard input was read already',
				next: 'Name a file with --audit-log to read it again',
			});
		isTaken = true;
		// Whoever waits for more is not told of an interrupt otherwise.
		signal.addEventListener('abort', () => input.destroy?.(), {once: true});
		try {
			for await (const chunk of input) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		} catch (error) {
			// The interrupt ended it.
			if (!signal.aborted) throw error;
		}
	}
	return {
		source: 'standard input',
		read: ({signal}) => auditItems(bytes(signal)),
		follow: ({signal}) => auditItems(bytes(signal)),
	};
}
