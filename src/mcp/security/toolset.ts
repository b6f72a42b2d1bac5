import type {AnyTool} from '../../core/tool.ts';
import type {AdvisoryPorts} from './advisories/port.ts';
import type {AuditPorts} from './audit-log/port.ts';
import {advisoriesFind} from './tools/advisories-find.ts';
import {auditEvents} from './tools/audit-events.ts';
import {sbomRead} from './tools/sbom-read.ts';

/** The tools of the security server: what audit logs, advisories, SBOMs and reports of scanners say, as they say it. */
export const evidenceToolset: readonly AnyTool<AdvisoryPorts & AuditPorts>[] = [auditEvents, advisoriesFind, sbomRead];
