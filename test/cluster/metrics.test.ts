import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {shop} from './in-shop.ts';
import {kubectlOn} from './kubectl.ts';
import {startMetricsServer} from './metrics-server.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
const kubectl = (words: string) => kubectlOn(kube.plane().kubeconfig)(words);

/** A container that asks for 100m and uses what the annotations say. */
const uses = (name: string, cpu: string, memory: string) => {
	const container = {name: 'main', image: 'x:1', resources: {requests: {cpu: '100m', memory: '64Mi'}}};
	const annotations = {'sandbox.mkcoa.dev/cpu': cpu, 'sandbox.mkcoa.dev/memory': memory};
	return {metadata: {labels: {app: name}, annotations}, spec: {containers: [container]}};
};
const metrics = '/apis/metrics.k8s.io/v1beta1';
/** Two rounds of questions, ten seconds apart. */
const measured = (name: string) =>
	kube.eventually(`${metrics}/namespaces/shop/pods/${name}`, found => at(found, 'containers', 0) !== undefined);

beforeAll(async () => {
	await kube.create(shop.pods(), {
		apiVersion: 'v1',
		kind: 'Pod',
		...uses('quiet', '20m', '100Mi'),
		metadata: {...uses('quiet', '20m', '100Mi').metadata, name: 'quiet'},
	});
	await kube.create(shop.deployments(), {
		...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'busy'}},
		spec: {replicas: 1, selector: {matchLabels: {app: 'busy'}}, template: uses('busy', '150m', '200Mi')},
	});
	await kube.create(shop.autoscalers(), {
		...{apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'busy'}},
		spec: {
			...{scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'busy'}, minReplicas: 1, maxReplicas: 3},
			metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 50}}}],
		},
	});
	const {spec, ...template} = uses('small', '150m', '200Mi');
	const containers = spec.containers.map(container => ({...container, resources: {requests: {cpu: '10m', memory: '64Mi'}}}));
	await kube.create(shop.deployments(), {
		...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'small'}},
		spec: {replicas: 1, selector: {matchLabels: {app: 'small'}}, template: {...template, spec: {containers}}},
	});
	await startMetricsServer(kube.plane());
	await measured('quiet');
});

/** `NAME CPU(m) MEMORY(Mi)`, with the numbers alone. */
const rows = (text: string) =>
	text
		.trimEnd()
		.split('\n')
		.map(line => line.split(/\s+/))
		.map(([name = '', cpu, ...rest]) => ({
			name,
			cpu: Number.parseInt(cpu ?? '', 10),
			memory: Number.parseInt(rest.find(word => word.endsWith('Mi')) ?? '', 10),
		}));

describe('usage by annotations', () => {
	test('kubectl top pods', async () => {
		const {out} = await kubectl('top pods --no-headers');
		const quiet = rows(out).find(({name}) => name === 'quiet');
		expect(quiet?.cpu).toBeGreaterThan(14);
		expect(quiet?.cpu).toBeLessThan(30);
		expect(quiet?.memory).toBeGreaterThan(80);
		expect(quiet?.memory).toBeLessThan(120);
	});

	test('kubectl top nodes counts pods and what runs beside them', async () => {
		const {out} = await kubectl('top nodes --no-headers');
		const nodes = rows(out);
		expect(nodes.map(({name}) => name)).toEqual(['node-a', 'node-b', 'node-c']);
		for (const {cpu, memory} of nodes) {
			expect(cpu).toBeGreaterThan(90);
			expect(memory).toBeGreaterThan(650);
		}
	});

	test('the same for a reader, and for nobody else', async () => {
		expect(await kubectl('top pods --context reader --no-headers')).toMatchObject({code: 0, out: expect.stringContaining('quiet')});
		expect(await kubectl('top pods --context nobody')).toMatchObject({
			code: 1,
			err: expect.stringContaining('cannot list resource "pods" in API group "metrics.k8s.io"'),
		});
	});

	test('mkcoa k8s top', async () => {
		const {code, outcome} = await kube.mkcoa('k8s top pods');
		expect(code).toBe(0);
		expect(at(outcome, 'output', 'measured')).toBe(true);
		const row = {
			name: 'quiet',
			used: {cpuCores: expect.closeTo(0.02, 2), memoryBytes: expect.any(Number)},
			requested: {cpuCores: 0.1, memoryBytes: 64 * 2 ** 20},
		};
		expect(at(outcome, 'output', 'rows')).toContainEqual(expect.objectContaining(row));
	});
});

test('an autoscaler of the real controller adds pods until each uses half of what it asked for', async () => {
	const scaled = await kube.eventually(shop.deployments('busy'), found => at(found, 'status', 'availableReplicas') === 3);
	expect(at(scaled, 'spec', 'replicas')).toBe(3);
	const autoscaler = await kube.read(shop.autoscalers('busy'));
	expect(at(autoscaler, 'status', 'currentMetrics', 0, 'resource', 'current', 'averageUtilization')).toBeGreaterThan(100);
	expect(await kubectl('get events --field-selector reason=SuccessfulRescale')).toMatchObject({
		out: expect.stringContaining('cpu resource utilization'),
	});
});

test('requests that are too small are raised by what metrics-server measured', async () => {
	await kube.eventually(
		`${metrics}/namespaces/shop/pods?labelSelector=app%3Dsmall`,
		found => at(found, 'items', 0, 'containers', 0) !== undefined,
	);
	const {code, outcome} = await kube.mkcoa('deploy optimize small --sample-for 1s --ready-within 60s');
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {workload: 'Deployment shop/small', pods: 1}}});
	const requests = at(await kube.read(shop.deployments('small')), 'spec', 'template', 'spec', 'containers', 0, 'resources', 'requests');
	expect(requests).toMatchObject({cpu: expect.stringMatching(/^[12]\d\dm$/), memory: expect.stringMatching(/^2\d\dMi$/)});
});
