import {expect, test} from 'vitest';
import {faultsOf, object, pod} from './look.ts';

const web = pod('shop/web', {}, {app: 'web'});
const service = (spec: object = {}, metadata: object = {}) =>
	object('v1 Service shop/front', {spec: {selector: {app: 'web'}, ...spec}}, metadata as never);
const ingress = (spec: object, annotations: object = {}) => object('networking.k8s.io/v1 Ingress shop/in', {spec}, {annotations} as never);

test('a Service for the outside exposes the pods that it chooses, one for the inside none', () => {
	const id = 'workload-exposed-by-service';
	expect(faultsOf(id, [web, service({type: 'LoadBalancer'})])).toEqual(['Pod shop/web Service:spec.type']);
	expect(faultsOf(id, [web, service({type: 'NodePort'})])).toHaveLength(1);
	expect(faultsOf(id, [web, service({type: 'ClusterIP'})])).toEqual([]);
	expect(faultsOf(id, [web, service({type: 'LoadBalancer', selector: {}})])).toEqual([]);
	expect(faultsOf(id, [pod('bank/web', {}, {app: 'web'}), service({type: 'LoadBalancer'})])).toEqual([]);
});

test('an Ingress, a route and a VirtualService lead to the pods behind their Service', () => {
	const rules = [{http: {paths: [{backend: {service: {name: 'front'}}}]}}];
	expect(faultsOf('workload-exposed-by-ingress', [web, service(), ingress({rules})])).toEqual([
		'Pod shop/web Ingress:spec.rules[0].http.paths[0].backend.service.name',
	]);
	const route = (parent: object) =>
		object('gateway.networking.k8s.io/v1 HTTPRoute shop/r', {spec: {parentRefs: [parent], rules: [{backendRefs: [{name: 'front'}]}]}});
	expect(faultsOf('workload-exposed-by-gateway', [web, service(), route({name: 'door'})])).toEqual([
		'Pod shop/web HTTPRoute:spec.rules[0].backendRefs[0].name',
	]);
	expect(faultsOf('workload-exposed-by-gateway', [web, service(), route({kind: 'Service', name: 'front'})])).toEqual([]);
	const istio = (gateways: readonly string[]) => [
		...[web, service(), object('networking.istio.io/v1 Gateway istio-system/door', {spec: {selector: {istio: 'door'}}})],
		object('v1 Service istio-system/door', {spec: {type: 'LoadBalancer', selector: {istio: 'door', app: 'x'}}}),
		object('networking.istio.io/v1 VirtualService shop/v', {
			spec: {gateways, http: [{route: [{destination: {host: 'front.shop.svc.cluster.local'}}]}]},
		}),
	];
	expect(faultsOf('workload-exposed-by-istio', istio(['istio-system/door']))).toEqual([
		'Pod shop/web VirtualService:spec.http[0].route[0].destination.host',
	]);
	expect(faultsOf('workload-exposed-by-istio', istio(['mesh']))).toEqual([]);
	expect(faultsOf('workload-exposed-by-istio', istio(['door']))).toEqual([]);
});

test.each([
	['jenkins', 'LoadBalancer', 1],
	['team-jenkins-0', 'NodePort', 1],
	['jenkins', 'ClusterIP', 0],
	['unjenkinsed', 'LoadBalancer', 0],
])('an interface called %s behind a %s', (name, type, found) => {
	expect(faultsOf('sensitive-interface-exposed', [pod(`shop/${name}`, {}, {app: 'web'}), service({type})])).toHaveLength(found);
});

test.each<[string, object, object, readonly string[]]>([
	['ingress-without-tls', {}, {}, ['spec.tls']],
	['ingress-without-tls', {tls: []}, {}, ['spec.tls']],
	['ingress-without-tls', {tls: [{secretName: 'a'}]}, {}, []],
	['ingress-host-without-tls', {tls: [{hosts: ['*.x.example']}], rules: [{host: 'a.x.example'}]}, {}, []],
	['ingress-host-without-tls', {tls: [{hosts: ['*.x.example']}], rules: [{host: 'a.b.x.example'}]}, {}, ['spec.rules[0].host']],
	['ingress-host-without-tls', {tls: [{secretName: 'a'}], rules: [{host: 'a.x.example'}]}, {}, []],
	['ingress-for-any-host', {rules: [{host: 'x.example'}, {}]}, {}, ['spec.rules[1].host']],
	[
		...(['ingress-with-snippet', {}, {'nginx.ingress.kubernetes.io/server-snippet': 'x'}] as const),
		['metadata.annotations[nginx.ingress.kubernetes.io/server-snippet]'],
	],
	['ingress-with-snippet', {}, {'nginx.ingress.kubernetes.io/rewrite-target': '/'}, []],
	['ingress-beside-application-gateway', {tls: [{}]}, {}, []],
])('%s of %j %j', (id, spec, annotations, paths) => {
	expect(faultsOf(id, [ingress(spec, annotations)])).toEqual(paths.map(path => `Ingress shop/in ${path}`));
});

test.each<[string, object, object, number]>([
	['load-balancer-for-everybody', {type: 'LoadBalancer'}, {}, 1],
	['load-balancer-for-everybody', {type: 'LoadBalancer', loadBalancerSourceRanges: ['0.0.0.0/0']}, {}, 1],
	['load-balancer-for-everybody', {type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24']}, {}, 0],
	['load-balancer-for-everybody', {type: 'LoadBalancer'}, {'networking.gke.io/load-balancer-type': 'Internal'}, 0],
	['load-balancer-for-everybody', {type: 'ClusterIP'}, {}, 0],
	['load-balancer-public-on-azure', {type: 'LoadBalancer'}, {'service.beta.kubernetes.io/azure-load-balancer-internal': 'false'}, 1],
	['load-balancer-without-tls-on-aws', {type: 'LoadBalancer'}, {}, 1],
	['service-on-node-ports', {type: 'NodePort'}, {}, 1],
])('%s of %j %j', (id, spec, annotations, found) => {
	expect(faultsOf(id, [service(spec, {annotations})])).toHaveLength(found);
});

test.each<[string, string, object, readonly string[]]>([
	[
		'gateway-without-tls',
		'gateway.networking.k8s.io/v1 Gateway',
		{listeners: [{protocol: 'HTTPS'}, {protocol: 'HTTP'}]},
		['spec.listeners[1].protocol'],
	],
	['gateway-for-all-namespaces', 'gateway.networking.k8s.io/v1 Gateway', {listeners: [{allowedRoutes: {namespaces: {from: 'Same'}}}]}, []],
	['istio-gateway-without-tls', 'networking.istio.io/v1 Gateway', {servers: [{port: {protocol: 'HTTP'}, tls: {httpsRedirect: true}}]}, []],
	[
		'istio-gateway-without-tls',
		'networking.istio.io/v1 Gateway',
		{servers: [{port: {protocol: 'HTTP'}}]},
		['spec.servers[0].tls.httpsRedirect'],
	],
	['istio-gateway-with-old-tls', 'networking.istio.io/v1 Gateway', {servers: [{tls: {minProtocolVersion: 'TLSV1_3'}}]}, []],
	['istio-without-mutual-tls', 'security.istio.io/v1 PeerAuthentication', {mtls: {mode: 'PERMISSIVE'}}, ['spec.mtls.mode']],
	[
		'istio-without-mutual-tls',
		'security.istio.io/v1 PeerAuthentication',
		{portLevelMtls: {80: {mode: 'DISABLE'}}},
		['spec.portLevelMtls[80].mode'],
	],
	['istio-policy-allows-all', 'security.istio.io/v1 AuthorizationPolicy', {rules: [{}]}, ['spec.rules[0]']],
	['istio-policy-allows-all', 'security.istio.io/v1 AuthorizationPolicy', {action: 'DENY', rules: [{}]}, []],
	['istio-policy-allows-all', 'security.istio.io/v1 AuthorizationPolicy', {}, []],
])('%s of %s %j', (id, kind, spec, paths) => {
	expect(faultsOf(id, [object(`${kind} shop/a`, {spec})])).toEqual(paths.map(path => `${kind.split(' ')[1]} shop/a ${path}`));
});

test.each([
	['ingress-nginx-cve-2021-25742', 'registry.k8s.io/ingress-nginx/controller:v1.0.0@sha256:aa', 1],
	['ingress-nginx-cve-2021-25742', 'registry.k8s.io/ingress-nginx/controller:v1.0.1', 0],
	['ingress-nginx-cve-2021-25742', 'registry.k8s.io/ingress-nginx/controller:v0.48.1', 1],
	['ingress-nginx-cve-2025-1974', 'registry.k8s.io/ingress-nginx/controller:v1.12.0', 1],
	['ingress-nginx-cve-2025-1974', 'registry.k8s.io/ingress-nginx/controller:v1.11.5', 0],
	['argo-cd-cve-2022-24348', 'quay.io/argoproj/argocd:v2.2.3', 1],
	['argo-cd-cve-2022-24348', 'quay.io/argoproj/argocd@sha256:aa', 0],
	['grafana-cve-2022-39328', 'localhost:5000/grafana/grafana:9.2.3', 1],
	['grafana-cve-2022-39328', 'grafana/grafana:9.2.4', 0],
	['kyverno-cve-2022-47633', 'ghcr.io/kyverno/kyverno:v1.8.4', 1],
])('%s of %s', (id, image, found) => {
	expect(faultsOf(id, [pod('shop/web', {image})])).toHaveLength(found);
});

test('snippets that are off take the fault away', () => {
	const config = object('v1 ConfigMap shop/c', {data: {'allow-snippet-annotations': 'false'}});
	expect(faultsOf('ingress-nginx-cve-2021-25742', [config, pod('shop/web', {image: 'ingress-nginx/controller:v1.0.0'})])).toEqual([]);
});

test('a subPath is told of only where a node is affected', () => {
	const mounting = pod('shop/web', {volumeMounts: [{}, {subPath: 'a'}]});
	const node = (version: string) => object('v1 Node n', {status: {nodeInfo: {kubeletVersion: version}}});
	expect(faultsOf('sub-path-cve-2021-25741', [mounting, node('v1.22.1')])).toEqual([
		'Pod shop/web spec.containers[0].volumeMounts[1].subPath Node:status.nodeInfo.kubeletVersion',
	]);
	expect(faultsOf('sub-path-cve-2021-25741', [mounting, node('v1.22.2')])).toEqual([]);
});
