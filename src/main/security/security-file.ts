import type * as z from 'zod';
import {auditSection} from '../../agents/security/audit/audit-settings.ts';
import {exceptionsFileSchema} from '../../agents/security/scan/exceptions-file.ts';
import {readConfigFile} from '../config-file.ts';
import type {Host} from '../host.ts';

const file = exceptionsFileSchema.extend({audit: auditSection.nullish()});

/**
 * What `security.yaml` says: exceptions from checks, and of the audit log. Nothing where there is no file.
 * @throws MkcoaError `bad-security` with the line that is wrong
 */
export const readSecurityFile = (host: Pick<Host, 'env' | 'home'>): Promise<z.output<typeof file>> =>
	readConfigFile(host, {
		name: 'security.yaml',
		schema: file,
		code: 'bad-security',
		what: 'The file of security',
		next: 'Mend it: exceptions have check, object, owner, reason and expires (docs/security-scan.md); audit has log, lists such as knownUsers, and exceptions of its own (docs/audit-log.md)',
	});
