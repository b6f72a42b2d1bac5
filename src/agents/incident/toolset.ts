import type {AnyTool} from '../../core/tool.ts';
import type {JournalPorts, RecordPorts, RecoveryPorts} from './ports.ts';
import {autoRecovery} from './tools/auto-recovery.ts';
import {failureDetect} from './tools/failure-detect.ts';
import {generateRecoveryStrategy} from './tools/generate-recovery-strategy.ts';
import {incidentImpact} from './tools/incident-impact.ts';
import {incidentTimeline} from './tools/incident-timeline.ts';
import {realTimeIncidentManagement} from './tools/real-time-incident-management.ts';
import {rootCauseAnalyze} from './tools/root-cause-analyze.ts';

/** Tools of the incident specialist. */
export const incidentToolset: readonly AnyTool<RecoveryPorts & JournalPorts & RecordPorts>[] = [
	failureDetect,
	incidentImpact,
	incidentTimeline,
	rootCauseAnalyze,
	generateRecoveryStrategy,
	autoRecovery,
	realTimeIncidentManagement,
];
