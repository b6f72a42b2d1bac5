import type {AnyTool} from '../../core/tool.ts';
import type {IncidentPorts} from './ports.ts';
import {failureDetect} from './tools/failure-detect.ts';

/** Tools of the incident specialist. */
export const incidentToolset: readonly AnyTool<IncidentPorts>[] = [failureDetect];
