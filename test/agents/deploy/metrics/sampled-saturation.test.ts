import {describe, expect, test} from 'vitest';
import {chooseMetrics} from '../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {samplerOf} from '../../../../src/agents/deploy/metrics/sampler-of.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {metricsOver} from '../../../support/metrics-over.ts';
import {pod} from './pods.ts';

describe('saturation', () => {
	const path = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods';
	const limits = (cpu: string, memory?: string) => ({containers: [{name: 'main', resources: {limits: {cpu, ...(memory && {memory})}}}]});
	const use = (name: string, timestamp: string, cpu: string, memory: string) => ({
		...{metadata: {name}, timestamp, containers: [{name: 'main', usage: {cpu, memory}}]},
	});
	const measured = {
		canary: {workload: 'web-canary', pods: [pod('web-canary-1', limits('500m', '1Gi'))]},
		stable: {workload: 'web', pods: [pod('web-1', limits('1')), pod('web-2')]},
	};

	test('is the fullest of what a pod is limited in, each measurement once', async () => {
		const raw: {[path: string]: {items: ReturnType<typeof use>[]}} = {[path]: {items: []}};
		const ports = {cluster: fakeCluster({raw}).cluster, ...metricsOver().ports};
		const {chosen} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods: measured.stable.pods}, ['saturation']);
		const sample = samplerOf(ports, {namespace: 'shop', chosen});
		expect(await sample(measured)).toEqual([
			{metric: 'saturation', missing: 'no pod of web-canary with a limit is measured yet', code: 'no-series'},
		]);
		const stable = use('web-1', '2026-01-01T00:00:00Z', '250m', '9Gi');
		const canary = use('web-canary-1', '2026-01-01T00:00:00Z', '100m', '768Mi');
		raw[path] = {items: [canary]};
		expect(await sample(measured)).toMatchObject([{missing: 'no pod of web with a limit is measured yet', code: 'no-series'}]);
		raw[path] = {items: [canary, stable, use('web-2', '2026-01-01T00:00:00Z', '1', '1Gi')]};
		expect(await sample(measured)).toEqual([{metric: 'saturation', interval: {kind: 'gauge', spanMs: 0, canary: [0.75], stable: [0.25]}}]);
		raw[path] = {items: [use('web-canary-1', '2026-01-01T00:00:30Z', '450m', '512Mi'), stable]};
		expect(await sample(measured)).toEqual([{metric: 'saturation', interval: {kind: 'gauge', spanMs: 30_000, canary: [0.9], stable: []}}]);
	});
});

describe('saturation by the kubelets’ series', () => {
	const cpu = 'container_cpu_usage_seconds_total';
	const memory = 'container_memory_working_set_bytes';
	const limited = (name: string) => pod(name, {containers: [{name: 'main', resources: {limits: {cpu: '1', memory: '1Gi'}}}]});
	const now = {canary: {workload: 'web-canary', pods: [limited('web-canary-1')]}, stable: {workload: 'web', pods: [limited('web-1')]}};
	const of = (name: string, job = 'kubelet') => ({pod: name, container: 'main', job});

	test('is CPU between two measurements or memory, and no value is told twice', async () => {
		const {ports: served, set, pass} = metricsOver();
		for (const name of ['web-1', 'web-canary-1']) {
			set(memory, of(name), 2 ** 29);
			set(memory, {...of(name), container: 'POD'}, 2 ** 32);
			set(cpu, of(name), 100);
			set(cpu, of(name, 'cadvisor'), 100);
		}
		const ports = {cluster: fakeCluster().cluster, ...served};
		const {chosen} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods: now.stable.pods}, ['saturation']);
		expect(chosen).toMatchObject([{reading: {from: 'containers'}, source: 'test'}]);
		const sample = samplerOf(ports, {namespace: 'shop', chosen});
		expect(await sample(now)).toMatchObject([{code: 'no-series', missing: 'no pod of web-canary with a limit is measured yet'}]);
		pass(30_000);
		set(cpu, of('web-1'), 103);
		set(cpu, of('web-1', 'cadvisor'), 103);
		// Its container was started anew.
		set(cpu, of('web-canary-1'), 24);
		set(cpu, of('web-canary-1', 'cadvisor'), 24);
		expect(await sample(now)).toMatchObject([{interval: {canary: [0.8], stable: [0.5]}}]);
		pass(5000);
		expect(await sample(now)).toMatchObject([{interval: {canary: [], stable: [], spanMs: 0}}]);
	});

	test('that nothing measures is told with its remedy', async () => {
		const away = new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The server answered 503'});
		const cluster = {...fakeCluster().cluster, raw: () => Promise.reject(away)};
		const asking = chooseMetrics({cluster, ...metricsOver().ports}, {name: 'web', namespace: 'shop', pods: now.stable.pods}, [
			'saturation',
		]);
		await expect(asking).rejects.toMatchObject({
			trouble: {
				code: 'metric-without-series',
				why: 'metrics.k8s.io does not answer (The server answered 503), and no Prometheus measures its containers',
				next: 'Install metrics-server, or leave saturation out',
			},
		});
	});
});
