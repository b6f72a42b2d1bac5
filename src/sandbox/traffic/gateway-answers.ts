import type {PodHistory} from './pod-history.ts';
import {answerRatios} from './request-counts.ts';
import type {Labels} from './series.ts';
import {workloadOf} from './workload-of.ts';

/** What the gateway tells of requests with one code that it sent to one Service, or answered in its place. Ratios are 0 to 1. */
export type GatewayAnswer = {readonly labels: Labels; readonly ratio: number};

/** Why the gateway answered itself, in Envoy's words: no healthy upstream, or no cluster of that name. `-` is the answer of a pod. */
type Flag = '-' | 'UH' | 'NC';

/** As Istio's gateways name what they count; `route` is set beside it. */
function labelsOf(route: string, service: string, workload: string, code: string, flag: Flag): Labels {
	const [namespace = '', name = ''] = service.split('/');
	return {
		__name__: 'istio_requests_total',
		reporter: 'source',
		source_workload: 'gateway',
		route,
		destination_service: service === '' ? 'unknown' : `${name}.${namespace}.svc.cluster.local`,
		destination_service_name: service === '' ? 'unknown' : name,
		destination_service_namespace: service === '' ? 'unknown' : namespace,
		destination_workload: workload,
		response_code: code,
		response_flags: flag,
	};
}

/**
 * Answers to the requests that a route sends to a Service. Without a ready endpoint the gateway says 503, without the Service 500.
 * @param ready one entry for each endpoint; undefined where no pod is known behind it, which answers well
 */
export function forwardedAnswers(
	route: string,
	service: string,
	exists: boolean,
	ready: readonly (PodHistory | undefined)[],
): readonly GatewayAnswer[] {
	if (!exists) return [ownAnswer(route, service, '500')];
	if (ready.length === 0) return [ownAnswer(route, service, '503')];
	return ready.flatMap(history => {
		const workload = (history && workloadOf(history.pod)?.name) ?? 'unknown';
		const ratios = history === undefined ? {'200': 1} : answerRatios(history.pod);
		return Object.entries(ratios).map(([code, ratio]) => ({
			labels: labelsOf(route, service, workload, code, '-'),
			ratio: ratio / ready.length,
		}));
	});
}

/** An answer of the gateway itself. */
export const ownAnswer = (route: string, service: string, code: string): GatewayAnswer => ({
	labels: labelsOf(route, service, 'unknown', code, code === '503' ? 'UH' : code === '500' ? 'NC' : '-'),
	ratio: 1,
});
