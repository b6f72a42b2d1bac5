import type {SecurityPorts} from '../../src/agents/security/ports.ts';
import {usualSettings} from '../../src/analysis/audit-log/rule.ts';
import type {Cluster} from '../../src/mcp/kubernetes/port.ts';

const nobody = () => Promise.reject(new Error('nobody asks for this'));

/** What a security tool works on where nothing but a cluster is at hand: no file of the person's, no advisories, no audit log. */
export const securityPorts = (cluster: Cluster, change: Partial<SecurityPorts> = {}): SecurityPorts => ({
	cluster,
	metrics: nobody,
	keepEvidence: nobody,
	exceptions: async () => [],
	usedRequests: async () => undefined,
	auditLog: async () => undefined,
	auditWords: async () => ({settings: usualSettings, exceptions: []}),
	advisories: async () => undefined,
	...change,
});
