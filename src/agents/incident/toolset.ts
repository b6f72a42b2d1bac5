import type {AnyTool} from '../../core/tool.ts';
import type {RecoveryPorts} from './ports.ts';
import {autoRecovery} from './tools/auto-recovery.ts';
import {failureDetect} from './tools/failure-detect.ts';
import {generateRecoveryStrategy} from './tools/generate-recovery-strategy.ts';
import {incidentImpact} from './tools/incident-impact.ts';

/** Tools of the incident specialist. */
export const incidentToolset: readonly AnyTool<RecoveryPorts>[] = [failureDetect, incidentImpact, generateRecoveryStrategy, autoRecovery];
