import * as z from 'zod';
import {auditSection} from '../../agents/security/audit/audit-settings.ts';
import {readConfigFile} from '../config-file.ts';
import type {Host} from '../host.ts';

/** Other parts of the file have readers of their own. */
const file = z.looseObject({audit: auditSection.nullish()});

/** What `security.yaml` says of the audit log. @throws MkcoaError `bad-security` with the line that is wrong */
export async function readAuditSection(host: Pick<Host, 'env' | 'home'>): Promise<z.output<typeof auditSection> | undefined> {
	const {audit} = await readConfigFile(host, {
		name: 'security.yaml',
		schema: file,
		code: 'bad-security',
		what: 'The file of security',
		next: 'Mend it: audit has log, lists such as knownUsers, and exceptions with detection, actor, owner, reason and expires (see docs/audit-log.md)',
	});
	return audit ?? undefined;
}
