import type {DeployPorts} from '../deploy/ports.ts';

/** What the monitoring tools work on: the cluster, and a metrics server that is looked for when a tool asks, and may be missing. */
export type MonitoringPorts = DeployPorts;
