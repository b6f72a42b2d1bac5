import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {configMap, namespace, secret, service} from '../objects.ts';
import {cronJob, daemonSet, deployment, statefulSet, type Workload} from '../workloads.ts';
import {certificate} from './certificate.ts';

export const shopNamespace = 'shop';
const registry = 'registry.example/shop';
const port = 8080;

const fromMap = (name: string, key: string) => ({name, valueFrom: {configMapKeyRef: {name: 'shop-config', key}}});
const fromSecret = (name: string, secretName: string, key: string) => ({name, valueFrom: {secretKeyRef: {name: secretName, key}}});

export const settings = (): readonly KubeObject[] => [
	namespace(shopNamespace, {team: 'storefront', 'pod-security.kubernetes.io/enforce': 'baseline'}),
	configMap(shopNamespace, 'shop-config', {
		CURRENCY: 'EUR',
		LOG_LEVEL: 'info',
		SEARCH_URL: 'http://search.shop',
		REDIS_URL: 'redis://redis-0.redis.shop:6379',
	}),
	configMap(shopNamespace, 'web-nginx', {'nginx.conf': 'worker_processes 2;\nserver { listen 8080; }\n'}),
	secret(shopNamespace, 'database', {username: 'shop', password: 'embedded-example-password'}),
	secret(shopNamespace, 'payments-api', {token: 'embedded-example-token'}),
	secret(shopNamespace, 'shop-tls', {'tls.crt': certificate.cert, 'tls.key': certificate.key}, 'kubernetes.io/tls'),
	{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'worker', namespace: shopNamespace}},
];

/** Requests each second, on average over a day. */
const loads: Readonly<Record<string, number>> = {
	web: 60,
	checkout: 12,
	cart: 20,
	catalog: 45,
	payments: 8,
	search: 30,
	recommendations: 25,
	accounts: 10,
	shipping: 4,
};

export const services = (): readonly KubeObject[] => [
	...Object.entries(loads).map(([name, requestsPerSecond]) =>
		service({namespace: shopNamespace, name, requestsPerSecond, ...(name === 'search' ? {cpuSecondsPerRequest: 0.005} : {})}),
	),
	service({namespace: shopNamespace, name: 'redis', port: 6379, headless: true}),
];

const app = (name: string, image: string, replicas: number, more: Partial<Workload> = {}): KubeObject =>
	deployment({
		namespace: shopNamespace,
		name,
		image: `${registry}/${image}`,
		replicas,
		port,
		cpu: '100m/500m',
		memory: '128Mi/256Mi',
		labels: {'app.kubernetes.io/part-of': 'shop'},
		env: [fromMap('LOG_LEVEL', 'LOG_LEVEL'), fromMap('CURRENCY', 'CURRENCY')],
		...more,
	});

/** The two that are released often. */
export const releases = (web: string, checkout: string, cause: string): readonly KubeObject[] => [
	app('web', `web:${web}`, 3, {
		cause,
		cpu: '200m/1',
		pod: {volumes: [{name: 'nginx', configMap: {name: 'web-nginx'}}]},
		spec: {strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}},
	}),
	app('checkout', `checkout:${checkout}`, 3, {
		cause,
		env: [
			fromMap('LOG_LEVEL', 'LOG_LEVEL'),
			fromSecret('DB_USER', 'database', 'username'),
			fromSecret('DB_PASSWORD', 'database', 'password'),
		],
	}),
];

export const workloads = (): readonly KubeObject[] => [
	app('cart', 'cart:3.1.0', 2, {env: [fromMap('REDIS_URL', 'REDIS_URL')]}),
	app('catalog', 'catalog:2.8.4', 3),
	app('payments', 'payments:1.9.2', 2, {
		env: [fromSecret('API_TOKEN', 'payments-api', 'token')],
		annotations: {'sandbox.mkcoa.dev/latency-ms': '120'},
	}),
	app('search', 'search:5.0.3', 3, {cpu: '100m/1', memory: '256Mi/512Mi'}),
	app('recommendations', 'recommendations:0.14.1', 2, {
		cpu: '250m/1',
		memory: '512Mi/1Gi',
		annotations: {'sandbox.mkcoa.dev/memory': '310Mi', 'sandbox.mkcoa.dev/latency-ms': '85'},
	}),
	app('accounts', 'accounts:1.2.7', 2),
	app('shipping', 'shipping:1.0.9', 1),
	deployment({
		namespace: shopNamespace,
		name: 'worker',
		image: `${registry}/worker:2.2.0`,
		replicas: 2,
		cpu: '100m/500m',
		memory: '128Mi/256Mi',
		pod: {serviceAccountName: 'worker'},
		annotations: {'sandbox.mkcoa.dev/cpu': '60m'},
	}),
	statefulSet({
		namespace: shopNamespace,
		name: 'redis',
		image: 'docker.io/library/redis:7.4.1',
		replicas: 3,
		port: 6379,
		cpu: '100m/500m',
		memory: '128Mi/256Mi',
		storage: '5Gi',
	}),
	daemonSet({namespace: shopNamespace, name: 'log-agent', image: `${registry}/log-agent:1.6.0`, cpu: '20m/100m', memory: '32Mi/64Mi'}),
];

export const nightlyReport = (): KubeObject =>
	cronJob(
		{
			namespace: shopNamespace,
			name: 'nightly-report',
			image: `${registry}/report:1.1.0`,
			cpu: '100m/500m',
			memory: '128Mi/256Mi',
			annotations: {'sandbox.mkcoa.dev/run-seconds': '45'},
		},
		'0 3 * * *',
	);
