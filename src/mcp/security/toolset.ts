import type {AnyTool} from '../../core/tool.ts';
import type {AuditPorts} from './audit-log/port.ts';
import {auditEvents} from './tools/audit-events.ts';

/** The tools of the security server: what audit logs, advisories, SBOMs and reports of scanners say, as they say it. */
export const evidenceToolset: readonly AnyTool<AuditPorts>[] = [auditEvents];
import type {AdvisoryPorts} from './advisories/port.ts';
import {advisoriesFind} from './tools/advisories-find.ts';
import {sbomRead} from './tools/sbom-read.ts';

/** The tools of the security server: what audit logs, advisories, SBOMs and reports of scanners say, as they say it. */
export const evidenceToolset: readonly AnyTool<AdvisoryPorts>[] = [advisoriesFind, sbomRead];
