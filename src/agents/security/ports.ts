import type {AdvisoryPorts} from '../../mcp/security/advisories/port.ts';
import type {AuditPorts} from '../../mcp/security/audit-log/port.ts';
import type {DeployPorts} from '../deploy/ports.ts';
import type {UsePorts} from './access/used-requests.ts';
import type {ThreatPorts} from './audit/audit-settings.ts';
import type {EvidencePorts} from './response/evidence.ts';
import type {ExceptionPorts} from './scan/exceptions-file.ts';

/** What the security tools work on. */
export type SecurityPorts = DeployPorts & ExceptionPorts & AdvisoryPorts & UsePorts & AuditPorts & ThreatPorts & EvidencePorts;
