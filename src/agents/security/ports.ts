import type {DeployPorts} from '../deploy/ports.ts';

/** What the security tools work on. */
export type SecurityPorts = DeployPorts;
