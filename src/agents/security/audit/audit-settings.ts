import * as z from 'zod';
import type {AuditException} from '../../../analysis/audit-log/audit-exceptions.ts';
import {type AuditSettings, usualSettings} from '../../../analysis/audit-log/rule.ts';

const texts = z.array(z.string().min(1).max(500)).max(2000);

const exception = z.strictObject({
	/** Id of a detection; `*` stands for any letters, here as in the others. */
	detection: z.string().min(1).max(100),
	actor: z.string().min(1).max(300),
	/** `RESOURCE NAMESPACE/NAME`, such as `pods/exec shop/*`. */
	target: z.string().min(1).max(700).optional(),
	owner: z.string().min(1).max(200),
	reason: z.string().min(1).max(1000),
	/** The last day, `2027-03-31`: what nobody looks at again is no exception. */
	expires: z.iso.date('expires is a day, such as "2027-03-31"'),
});

/** What `security.yaml` says of the audit log, under `audit`. */
export const auditSection = z.strictObject({
	/** Path of the log. */
	log: z.string().min(1).optional(),
	knownUsers: texts.optional(),
	knownNamespaces: texts.optional(),
	knownNodes: texts.optional(),
	fullAdmins: texts.optional(),
	allowedImages: texts.optional(),
	trustedImages: texts.optional(),
	sensitivePaths: texts.optional(),
	credentialWords: texts.optional(),
	exceptions: z.array(exception).max(2000).default([]),
});
type AuditSection = z.output<typeof auditSection>;

/** What the person wrote of his cluster, and answers for. */
export type AuditWords = {readonly settings: AuditSettings; readonly exceptions: readonly AuditException[]};

/** What a person leaves out is as usual. */
export function auditWords(section: AuditSection | null | undefined): AuditWords {
	const {log: _, exceptions = [], ...settings} = section ?? {};
	const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
	return {settings: {...usualSettings, ...given}, exceptions};
}

/** What threats are told apart by, beside the log. */
export type ThreatPorts = {readonly auditWords: () => Promise<AuditWords>};
