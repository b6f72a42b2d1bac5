import type {AuditPorts} from '../../mcp/security/audit-log/port.ts';
import type {AdvisoryPorts} from '../../mcp/security/advisories/port.ts';
import type {DeployPorts} from '../deploy/ports.ts';
import type {UsePorts} from './access/used-requests.ts';
import type {ThreatPorts} from './audit/audit-settings.ts';
import type {EvidencePorts} from './response/evidence.ts';
import type {ExceptionPorts} from './scan/exceptions-file.ts';

/** What the security tools work on. */
export type SecurityPorts = DeployPorts & EvidencePorts & ExceptionPorts;
export type SecurityPorts = DeployPorts & UsePorts & EvidencePorts;
export type SecurityPorts = DeployPorts & AuditPorts & ThreatPorts & EvidencePorts;
export type SecurityPorts = DeployPorts & AdvisoryPorts & EvidencePorts;
