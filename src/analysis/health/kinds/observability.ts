import type {KindRule} from '../kind-rule.ts';

/** Metrics, logs, traces and their screens. */
export const observabilityRules: readonly KindRule[] = [
	{
		kinds: 'core.humio.com/*',
		says: {word: 'Component state: {status.state}.', 'no-status': 'Update in progress'},
	},
	{kinds: 'coralogix.com/*', says: {Healthy: 'Resource is ready', 'no-status': 'Waiting for status to be updated'}},
	{
		kinds: 'datadoghq.com/DatadogMetric',
		when: [['Error=True', 'Degraded', '{Error.reason}: {Error.message}']],
		says: {Healthy: '{kind} is healthy'},
	},
	{
		kinds: 'grafana.integreatly.org/Grafana',
		when: [
			['status.stageStatus=failed', 'Degraded', 'Failed at stage {status.stage}'],
			['status.stage=complete & status.stageStatus=success', 'Healthy', ''],
			['status.stage', 'Progressing', '{status.stage}'],
		],
		says: {'no-status': 'Waiting for Grafana status info'},
	},
	{
		kinds: 'grafana.integreatly.org/GrafanaDashboard',
		says: {condition: '{DashboardSynchronized.reason} for DashboardSynchronized because {DashboardSynchronized.message}', 'no-status': ''},
	},
	{
		kinds: 'grafana.integreatly.org/GrafanaDatasource',
		when: [['status.NoMatchingInstances=true', 'Degraded', "can't find matching grafana instance"]],
		says: {'no-status': ''},
	},
	{
		kinds: 'jaegertracing.io/Jaeger',
		says: {Healthy: 'Jaeger is Running', Degraded: 'Jaeger Failed For Some Reason', 'no-status': 'Waiting for Jaeger'},
	},
	{
		kinds: 'operator.victoriametrics.com/*',
		says: {
			Healthy: 'All components are operational',
			Degraded: '{status.reason||message}',
			Progressing: 'Reconciliation in progress',
			generation: 'Waiting for the operator to reconcile',
			pause: 'Reconciliation is paused',
			Suspended: 'Reconciliation is paused',
		},
	},
];
