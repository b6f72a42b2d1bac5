import {test} from 'vitest';
import {httpRoute} from '../../support/http-route.ts';
import {virtualService} from '../../support/virtual-service.ts';
import {addGatewayApi} from '../gateway-api.ts';
import {deployed, shop} from '../in-shop.ts';
import {addIstio} from '../istio.ts';
import {type Measured, observedPlane} from './observed-plane.ts';

const one = observedPlane();
const routes = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes';
const rateBy = (label: string, more = '') => `sum by (${label}) (rate(http_requests_total{namespace="shop"${more}}[5s]))`;
const of = (answer: readonly Measured[], label: string, value: string) => answer.find(({labels}) => labels[label] === value)?.value ?? 0;

test('requests of a Service are spread evenly over its ready pods, and follow them', async () => {
	await deployed(one, 'web', {replicas: 2});
	await one.createService('web', 60);
	await one.measures(rateBy('pod'), answer => {
		const rates = answer.map(({value}) => value);
		return rates.length === 2 && Math.min(...rates) > 15 && Math.max(...rates) / Math.min(...rates) < 1.3;
	});
	await one.merge(shop.deployments('web'), {spec: {replicas: 1}});
	await one.measures(rateBy('pod'), answer => answer.some(({value}) => value > 35) && answer.filter(({value}) => value > 5).length === 1);
});

test('state and use of what runs are measured too', async () => {
	const isOne = (answer: readonly Measured[]) => answer.length === 1 && answer[0]?.value === 1;
	await one.measures('kube_deployment_status_replicas_available{deployment="web"}', isOne);
	await one.measures('sum(kube_pod_status_ready{namespace="shop",condition="true"})', isOne);
	await one.measures('kube_node_status_allocatable{resource="cpu"}', answer => answer.length === 3);
	const quantile = 'histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket{service="web"}[10s])))';
	await one.measures(quantile, ([median]) => median !== undefined && median.value > 0.02 && median.value < 0.08);
	await one.measures('sum(rate(container_cpu_usage_seconds_total{namespace="shop"}[5s]))', answer => (answer[0]?.value ?? 0) > 0.05);
});

test('a route that comes later moves requests by weight, and its end gives them back', async () => {
	await deployed(one, 'web-canary', {replicas: 1, image: 'x:2-errors'});
	await one.createService('web-canary');
	await addGatewayApi(one.plane());
	const backends = [
		{name: 'web', port: 80, weight: 75},
		{name: 'web-canary', port: 80, weight: 25},
	];
	await one.create(routes, httpRoute('web', [{backendRefs: backends}], {}, 'shop'));
	await one.measures(rateBy('service'), answer => {
		const [stable, canary] = [of(answer, 'service', 'web'), of(answer, 'service', 'web-canary')];
		return canary > 8 && stable / canary > 2;
	});
	await one.measures(
		'sum(rate(istio_requests_total{destination_service_name="web-canary",response_code="500"}[5s]))',
		([sum]) => (sum?.value ?? 0) > 0.5,
	);
	await one.remove(`${routes}/web`);
	await one.measures(rateBy('service'), answer => of(answer, 'service', 'web-canary') === 0 && of(answer, 'service', 'web') > 35);
});

test('a Service behind a route that has no ready pod shows as 503s of the gateway', async () => {
	await one.merge(shop.deployments('web-canary'), {spec: {replicas: 0}});
	await one.create(
		routes,
		httpRoute('web', [{backendRefs: [{name: 'web-canary', port: 80}]}], {'sandbox.mkcoa.dev/requests-per-second': '20'}, 'shop'),
	);
	await one.measures(
		'sum by (response_code) (rate(istio_requests_total{destination_service_name="web-canary"}[5s]))',
		answer => of(answer, 'response_code', '503') > 8,
	);
});

test('routes go with their definition, and so do their requests', async () => {
	await one.remove('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/httproutes.gateway.networking.k8s.io');
	await one.measures('sum(rate(istio_requests_total[5s]))', ([sum]) => sum?.value === 0);
	await one.measures(rateBy('service'), answer => of(answer, 'service', 'web') > 35);
});

test('a VirtualService shares requests as an HTTPRoute does', async () => {
	await addIstio(one.plane());
	const route = [
		{destination: {host: 'web'}, weight: 75},
		{destination: {host: 'web-canary'}, weight: 25},
	];
	await one.create('/apis/networking.istio.io/v1beta1/namespaces/shop/virtualservices', {
		...virtualService('web', [{route}], {}, 'shop'),
		apiVersion: 'networking.istio.io/v1beta1',
	});
	await one.measures(
		'sum by (destination_service_name) (rate(istio_requests_total{route="shop/web"}[5s]))',
		answer => of(answer, 'destination_service_name', 'web') > 25 && of(answer, 'destination_service_name', 'web-canary') > 8,
	);
});
