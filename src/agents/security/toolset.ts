import type {AnyTool} from '../../core/tool.ts';
import type {SecurityPorts} from './ports.ts';
import {accessControl} from './tools/access-control.ts';
import {autoIncidentResponse} from './tools/auto-incident-response.ts';
import {generateSecurityPolicies} from './tools/generate-security-policies.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [generateSecurityPolicies, autoIncidentResponse];
import {complianceCheck} from './tools/compliance-check.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [complianceCheck, autoIncidentResponse];
import {securityScan} from './tools/security-scan.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [generateSecurityPolicies, autoIncidentResponse, securityScan];
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [accessControl, autoIncidentResponse];
import {auditLogAnalyze} from './tools/audit-log-analyze.ts';
import {autoIncidentResponse} from './tools/auto-incident-response.ts';
import {realTimeThreatMonitoring} from './tools/real-time-threat-monitoring.ts';
import {threatDetect} from './tools/threat-detect.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [
	auditLogAnalyze,
	threatDetect,
	realTimeThreatMonitoring,
	autoIncidentResponse,
];
import {vulnerabilityAssess} from './tools/vulnerability-assess.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [vulnerabilityAssess, autoIncidentResponse];
