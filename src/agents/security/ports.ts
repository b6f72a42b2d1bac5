import type {DeployPorts} from '../deploy/ports.ts';
import type {EvidencePorts} from './response/evidence.ts';

/** What the security tools work on. */
export type SecurityPorts = DeployPorts & EvidencePorts;
