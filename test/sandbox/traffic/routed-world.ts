import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {service} from '../../../src/sandbox/scenarios/objects.ts';
import {httpRouteDefinition, virtualServiceDefinition} from '../../../src/sandbox/scenarios/route-definitions.ts';
import {deployment} from '../../../src/sandbox/scenarios/workloads.ts';
import type {RouteTraffic} from '../../../src/sandbox/traffic/route-traffic.ts';
import {type SandboxWorld, sandboxWorld} from '../../support/sandbox-world.ts';

/** `service share` of each part, shares to three places; copies and answers of the gateway are marked. */
export function partWords(traffic: RouteTraffic): readonly (string | number)[] {
	const words = traffic.parts.map(part => {
		const target = part.kind === 'answer' ? `answer ${part.code}` : `${part.kind === 'copy' ? 'copy ' : ''}${part.service}`;
		return `${target} ${Math.round(part.share * 1000) / 1000}`;
	});
	return [traffic.perSecond, ...words];
}

/** A Deployment in the namespace app. */
export const app = (name: string, tag: string, replicas = 2) =>
	deployment({namespace: 'app', name, image: `registry.example/team/web:${tag}`, replicas, port: 8080, cpu: '50m/1', memory: '64Mi/128Mi'});

/** Where numbers come from, a Service with 60 requests a second, and one without. */
export const base = [
	{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'monitoring'}},
	service({namespace: 'monitoring', name: 'prometheus', port: 9090}),
	service({namespace: 'app', name: 'web', requestsPerSecond: 60}),
	service({namespace: 'app', name: 'web-canary'}),
];

export async function running(objects: readonly KubeObject[], seconds = 400) {
	const world = await sandboxWorld({objects: [...base, httpRouteDefinition, virtualServiceDefinition, ...objects]});
	await world.advance(seconds);
	return world;
}

/** The answer to a query by the value of one label, rounded to whole requests per second. */
export async function ratesBy(world: SandboxWorld, label: string, query: string): Promise<Record<string, number>> {
	const path = `${world.url}/api/v1/namespaces/monitoring/services/prometheus:9090/proxy/api/v1/query?${new URLSearchParams({query})}`;
	const response = await fetch(path, {headers: {authorization: 'Bearer admin'}});
	const {data} = (await response.json()) as {data: {result: {metric: Record<string, string>; value: [number, string]}[]}};
	return Object.fromEntries(data.result.map(({metric, value}) => [metric[label] ?? '', Math.round(Number(value[1]))]));
}
export const byService = (world: SandboxWorld) =>
	ratesBy(world, 'service', 'sum by (service) (rate(http_requests_total{namespace="app"}[3m]))');
export const byCode = (world: SandboxWorld) => ratesBy(world, 'response_code', 'sum by (response_code) (rate(istio_requests_total[3m]))');
