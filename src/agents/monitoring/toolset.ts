import type {AnyTool} from '../../core/tool.ts';
import type {ObservationPorts} from '../deploy/optimize/observation-ports.ts';
import type {MonitoringPorts} from './ports.ts';
import {alertRulesGenerate} from './tools/alert-rules-generate.ts';
import {alertsCreate} from './tools/alerts-create.ts';
import {alertsList} from './tools/alerts-list.ts';
import {autoScaleResources} from './tools/auto-scale-resources.ts';
import {capacityForecast} from './tools/capacity-forecast.ts';
import {dashboardGenerate} from './tools/dashboard-generate.ts';
import {dashboardSave} from './tools/dashboard-save.ts';
import {generateRealtimeDashboard} from './tools/generate-realtime-dashboard.ts';
import {logsAnalyze} from './tools/logs-analyze.ts';
import {metricsCollect} from './tools/metrics-collect.ts';
import {performanceAnalyze} from './tools/performance-analyze.ts';
import {predictScalingNeeds} from './tools/predict-scaling-needs.ts';

/** Tools of the monitoring specialist. */
export const monitoringToolset: readonly AnyTool<MonitoringPorts & ObservationPorts>[] = [
	metricsCollect,
	performanceAnalyze,
	logsAnalyze,
	alertsList,
	alertRulesGenerate,
	alertsCreate,
	generateRealtimeDashboard,
	dashboardGenerate,
	dashboardSave,
	capacityForecast,
	predictScalingNeeds,
	autoScaleResources,
];
