import type {AnyTool} from '../../core/tool.ts';
import type {OnMonitoring} from './tool-input.ts';
import {grafanaList} from './tools/grafana-list.ts';
import {kubeletSummary} from './tools/kubelet-summary.ts';
import {logsQuery} from './tools/logs-query.ts';
import {metricsQuery} from './tools/metrics-query.ts';
import {monitoringServers} from './tools/monitoring-servers.ts';
import {prometheusRules} from './tools/prometheus-rules.ts';
import {prometheusSeries} from './tools/prometheus-series.ts';
import {prometheusTargets} from './tools/prometheus-targets.ts';
import {silenceCreate} from './tools/silence-create.ts';
import {silenceExpire} from './tools/silence-expire.ts';
import {silencesList} from './tools/silences-list.ts';

/** The tools of the monitoring server: what the servers tell that watch a cluster, as they tell it. */
export const observeToolset: readonly AnyTool<OnMonitoring['ports']>[] = [
	monitoringServers,
	metricsQuery,
	prometheusSeries,
	prometheusRules,
	prometheusTargets,
	silencesList,
	grafanaList,
	logsQuery,
	kubeletSummary,
	silenceCreate,
	silenceExpire,
];
