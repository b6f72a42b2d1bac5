import type {Cluster} from '../../mcp/kubernetes/port.ts';

/** What the incident tools work on. */
export type IncidentPorts = {readonly cluster: Cluster};
