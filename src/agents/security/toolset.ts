import type {AnyTool} from '../../core/tool.ts';
import type {SecurityPorts} from './ports.ts';
import {accessControl} from './tools/access-control.ts';
import {auditLogAnalyze} from './tools/audit-log-analyze.ts';
import {autoIncidentResponse} from './tools/auto-incident-response.ts';
import {complianceCheck} from './tools/compliance-check.ts';
import {generateSecurityPolicies} from './tools/generate-security-policies.ts';
import {realTimeThreatMonitoring} from './tools/real-time-threat-monitoring.ts';
import {securityScan} from './tools/security-scan.ts';
import {threatDetect} from './tools/threat-detect.ts';
import {vulnerabilityAssess} from './tools/vulnerability-assess.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [
	securityScan,
	vulnerabilityAssess,
	complianceCheck,
	accessControl,
	auditLogAnalyze,
	threatDetect,
	realTimeThreatMonitoring,
	generateSecurityPolicies,
	autoIncidentResponse,
];
