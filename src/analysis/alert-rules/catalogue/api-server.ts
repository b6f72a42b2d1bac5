import type {AreaOf, CatalogueAlert} from './area.ts';
import {series, writing} from './series.ts';

const day = 24 * 3600;

/** The API server: requests that it ends, certificates of its clients, APIs that others serve for it. */
export const apiServer: AreaOf = settings => {
	const {by, one} = writing(settings);
	const said = (metric: string, ...matchers: readonly string[]) => series(metric, settings.selectors.apiServer, ...matchers);
	const increase = 'code_verb:apiserver_request_total:increase';
	const rateOf = (metric: string) => `sum ${by()} (rate(${said(metric)}[10m]))`;
	return {
		name: 'kubernetes-api-server',
		recordings: [
			{
				record: `${increase}1h`,
				expr: `sum ${by('code', 'verb')} (increase(${said('apiserver_request_total', 'verb=~"LIST|GET|POST|PUT|PATCH|DELETE"', 'code=~"[2-5].."')}[1h]))`,
			},
			// 30 days of 24 hours: a rate over so many samples would be too dear.
			{record: `${increase}30d`, expr: `avg_over_time(${increase}1h[30d]) * 24 * 30`},
		],
		alerts: [
			{
				name: 'KubeAPITerminatedRequests',
				severity: 'warning',
				for: '5m',
				threshold: 0.2,
				expr: threshold => {
					const [ended, answered] = [rateOf('apiserver_request_terminations_total'), rateOf('apiserver_request_total')];
					return `${ended} / (${answered} + ${ended} > 0) > ${threshold}`;
				},
				summary: 'The API server gives up requests',
				description: 'The API server has ended {{ $value | humanizePercentage }} of its requests to protect itself.',
				look: 'Clients that ask too much: the priority levels and flow schemas of its requests.',
			},
			...(
				[
					['warning', 7 * day],
					['critical', day],
				] as const
			).map(
				([severity, threshold]): CatalogueAlert => ({
					name: 'KubeClientCertificateExpiration',
					severity,
					for: '5m',
					threshold,
					expr: seconds =>
						`histogram_quantile(0.01, sum ${by('job', 'le')} (rate(${said('apiserver_client_certificate_expiration_seconds_bucket')}[5m]))) < ${seconds} and ${`sum ${by('job')} (increase(${said('apiserver_client_certificate_expiration_seconds_count')}[5m]))`} > 0`,
					summary: 'The certificate of a client of the API server ends soon',
					description: 'A client certificate with which the API server is asked ends in {{ $value | humanizeDuration }}.',
					look: 'Kubeconfigs with client certificates, and the certificates of the control plane.',
				}),
			),
			{
				name: 'KubeClientErrors',
				severity: 'warning',
				for: '15m',
				threshold: 0.01,
				expr: threshold => {
					const rate = (...matchers: readonly string[]) =>
						`sum ${by('instance', 'job', 'namespace')} (rate(${series('rest_client_requests_total', ...matchers)}[5m]))`;
					return `${rate('code=~"5.."')} / (${rate()} > 0) > ${threshold}`;
				},
				summary: 'A client of the API server gets errors',
				description:
					'{{ $labels.job }} ({{ $labels.instance }}) gets errors for {{ $value | humanizePercentage }} of its requests to the API server.',
				look: 'Whether other clients get them too: then the API server or its etcd, else webhooks and the network of this one.',
			},
			{
				name: 'KubeVersionMismatch',
				severity: 'warning',
				for: '15m',
				expr: () => {
					const minor = `label_replace(${series('kubernetes_build_info', 'job!~"kube-dns|coredns"')}, "git_version", "$1", "git_version", "(v[0-9]+[.][0-9]+).*")`;
					return `count ${by()} (count ${by('git_version')} (${minor})) > 1`;
				},
				summary: 'Parts of the control plane have different versions',
				description: 'There are {{ $value }} minor versions of Kubernetes at work.',
				look: 'An upgrade that was not ended: nodes that are left, a part of the control plane that was forgotten.',
			},
			{
				name: 'KubeAggregatedAPIDown',
				severity: 'warning',
				for: '15m',
				expr: () => `${one('aggregator_unavailable_apiservice', 'name', 'namespace')} > 0`,
				summary: 'An API that another server serves is not available',
				description: 'API {{ $labels.name }} has not been available for 15 minutes.',
				look: 'The Service that its APIService names, and the pods behind it.',
			},
		],
	};
};
