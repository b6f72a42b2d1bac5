import type {AnyTool} from '../../core/tool.ts';
import type {JournalPorts, RecordPorts, RecoveryPorts, ReportPorts} from './ports.ts';
import type {SloPorts} from './sla/slo-file.ts';
import {autoRecovery} from './tools/auto-recovery.ts';
import {failureDetect} from './tools/failure-detect.ts';
import {generateRecoveryStrategy} from './tools/generate-recovery-strategy.ts';
import {incidentImpact} from './tools/incident-impact.ts';
import {incidentReport} from './tools/incident-report.ts';
import {incidentTimeline} from './tools/incident-timeline.ts';
import {predictiveFailurePrevention} from './tools/predictive-failure-prevention.ts';
import {realTimeIncidentManagement} from './tools/real-time-incident-management.ts';
import {rootCauseAnalyze} from './tools/root-cause-analyze.ts';
import {slaMonitor} from './tools/sla-monitor.ts';

/** Tools of the incident specialist. */
export const incidentToolset: readonly AnyTool<RecoveryPorts & JournalPorts & RecordPorts & ReportPorts & SloPorts>[] = [
	failureDetect,
	rootCauseAnalyze,
	incidentTimeline,
	incidentImpact,
	generateRecoveryStrategy,
	autoRecovery,
	realTimeIncidentManagement,
	incidentReport,
	slaMonitor,
	predictiveFailurePrevention,
];
