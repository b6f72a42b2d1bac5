import type {Monitoring} from '../../mcp/monitoring/port.ts';
import type {DeployPorts} from '../deploy/ports.ts';

/**
 * What the monitoring tools work on: the cluster, and what it is watched with. Each server is looked for when a tool asks, and may be missing.
 * `metrics` is that of `monitoring`, as those who only ask for numbers see it.
 */
export type MonitoringPorts = DeployPorts & {readonly monitoring: Monitoring};
