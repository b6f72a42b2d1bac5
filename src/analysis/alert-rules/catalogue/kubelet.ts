import type {AreaOf} from './area.ts';
import {quantiles} from './quantiles.ts';
import {series, writing} from './series.ts';

const day = 24 * 3600;

/** The kubelet of each node, and its certificates. */
export const kubelet: AreaOf = settings => {
	const {by, ksm, on, one, withNode} = writing(settings);
	const said = (metric: string, ...matchers: readonly string[]) => series(metric, settings.selectors.kubelet, ...matchers);
	const relist = 'node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile';
	const rateOf = (metric: string) => `sum ${by('instance', 'le')} (rate(${said(metric)}[5m]))`;
	return {
		name: 'kubernetes-kubelet',
		recordings: quantiles(relist, quantile =>
			withNode(`histogram_quantile(${quantile}, ${rateOf('kubelet_pleg_relist_duration_seconds_bucket')})`),
		),
		alerts: [
			{
				name: 'KubeletTooManyPods',
				severity: 'info',
				for: '15m',
				threshold: 0.95,
				// A capacity of 1 is what a kubelet without a container runtime says.
				expr: threshold =>
					`${withNode(one(said('kubelet_running_pods'), 'instance'))} / ${on('node')} group_left () (${one(ksm('kube_node_status_capacity', 'resource="pods"'), 'node')} > 1) > ${threshold}`,
				summary: 'A node has nearly all pods that it may have',
				description: 'Node {{ $labels.node }} runs {{ $value | humanizePercentage }} of the pods that it may run.',
				look: 'The limit `maxPods` of the kubelet, and whether more nodes are needed.',
			},
			{
				name: 'KubeletPlegDurationHigh',
				severity: 'warning',
				for: '5m',
				threshold: 10,
				expr: threshold => `${series(relist, 'quantile="0.99"')} >= ${threshold}`,
				summary: 'A kubelet is slow to see what its containers do',
				description: 'The kubelet of node {{ $labels.node }} takes {{ $value }} seconds (99th percentile) to list its containers anew.',
				look: 'The container runtime, and the load and disk of the node.',
			},
			{
				name: 'KubeletPodStartUpLatencyHigh',
				severity: 'warning',
				for: '15m',
				threshold: 60,
				expr: threshold =>
					`${withNode(`histogram_quantile(0.99, ${rateOf('kubelet_pod_worker_duration_seconds_bucket')})`)} > ${threshold}`,
				summary: 'A kubelet is slow to start pods',
				description: 'Pods on node {{ $labels.node }} take {{ $value }} seconds (99th percentile) to be started.',
				look: 'Pulling of images, mounting of volumes, and the container runtime.',
			},
			...(['client', 'server'] as const).flatMap(side => {
				const name = side === 'client' ? 'Client' : 'Server';
				return [
					...(
						[
							['warning', 7 * day],
							['critical', day],
						] as const
					).map(([severity, threshold]) => ({
						name: `Kubelet${name}CertificateExpiration`,
						severity,
						threshold,
						expr: (seconds: number) => `${said(`kubelet_certificate_manager_${side}_ttl_seconds`)} < ${seconds}`,
						summary: `The ${side} certificate of a kubelet ends soon`,
						description: `The ${side} certificate of the kubelet on node {{ $labels.node }} ends in {{ $value | humanizeDuration }}.`,
						look: 'Whether certificate signing requests of the node wait for an approval.',
					})),
					{
						name: `Kubelet${name}CertificateRenewalErrors`,
						severity: 'warning' as const,
						for: '15m',
						expr: () =>
							`increase(${said(side === 'client' ? 'kubelet_certificate_manager_client_expiration_renew_errors' : 'kubelet_server_expiration_renew_errors')}[5m]) > 0`,
						summary: `A kubelet cannot renew its ${side} certificate`,
						description: `The kubelet on node {{ $labels.node }} failed {{ $value | humanize }} times in 5 minutes to renew its ${side} certificate.`,
						look: 'Certificate signing requests that were denied or wait, and the clock of the node.',
					},
				];
			}),
		],
	};
};
