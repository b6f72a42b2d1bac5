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
