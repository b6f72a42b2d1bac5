import type {AnyTool} from '../../core/tool.ts';
import type {MonitoringPorts} from './ports.ts';
import {capacityForecast} from './tools/capacity-forecast.ts';
import {logsAnalyze} from './tools/logs-analyze.ts';
import {metricsCollect} from './tools/metrics-collect.ts';
import {performanceAnalyze} from './tools/performance-analyze.ts';

/** Tools of the monitoring specialist. */
export const monitoringToolset: readonly AnyTool<MonitoringPorts>[] = [metricsCollect, performanceAnalyze, logsAnalyze, capacityForecast];
