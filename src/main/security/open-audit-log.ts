import {resolve} from 'node:path';
import type {Options} from '../../commands/options.ts';
import {auditFiles} from '../../mcp/security/audit-log/audit-files.ts';
import {auditStream} from '../../mcp/security/audit-log/audit-stream.ts';
import type {AuditLog} from '../../mcp/security/audit-log/port.ts';
import type {Host} from '../host.ts';
import {readSecurityFile} from './security-file.ts';

/** The audit log that a flag, a variable or `security.yaml` names, in this order; undefined where none does. */
export async function openAuditLog(
	options: Pick<Options, 'auditLog'>,
	host: Pick<Host, 'env' | 'home' | 'clock' | 'input'>,
): Promise<AuditLog | undefined> {
	const path = options.auditLog ?? (await readSecurityFile(host)).audit?.log;
	if (path === undefined) return undefined;
	return path === '-' ? auditStream(host.input) : auditFiles(resolve(path), {clock: host.clock});
}
