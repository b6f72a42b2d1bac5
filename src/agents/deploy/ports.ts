import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {MetricsSource} from '../../mcp/monitoring/port.ts';

/** What the deploy tools work on. Metrics are looked for when a tool asks, and may be missing. */
export type DeployPorts = {readonly cluster: Cluster; readonly metrics: () => Promise<MetricsSource>};
