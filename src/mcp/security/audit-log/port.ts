import type {AuditEvent} from '../../../analysis/audit-log/audit-event.ts';

/** What an audit log holds, one after the other: an event, or a line that is none. */
export type AuditItem = {readonly event: AuditEvent} | {readonly malformed: string};

/** An API server's audit log, from wherever the person said it is. */
export type AuditLog = {
	/** As a person calls it: a path, or standard input. */
	readonly source: string;
	/**
	 * Everything that is there now, oldest first, in bounded memory.
	 * @param sinceMs files that were closed before it are left out
	 * @throws MkcoaError where it cannot be read
	 */
	readonly read: (range: {readonly sinceMs?: number | undefined; readonly signal: AbortSignal}) => AsyncIterable<AuditItem>;
	/**
	 * What comes from now on, over rotations, until the signal aborts or a stream ends.
	 * @param sinceMs what is there already is told first, but for files that were closed before
	 */
	readonly follow: (range: {readonly sinceMs?: number | undefined; readonly signal: AbortSignal}) => AsyncIterable<AuditItem>;
};

/** The audit log that the person named; undefined where none was. */
export type AuditPorts = {readonly auditLog: () => Promise<AuditLog | undefined>};
