import {expect, test} from 'vitest';
import {chooseMetrics} from '../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {pooled} from '../../../../src/agents/deploy/metrics/pooled.ts';
import {readBefore} from '../../../../src/agents/deploy/metrics/reading/read-before.ts';
import {answering, type Sampled, samplerOf} from '../../../../src/agents/deploy/metrics/sampler-of.ts';
import {podsOf} from '../../../../src/agents/deploy/rollout/pod-health.ts';
import {liveDeployment} from '../../../../src/agents/deploy/workload.ts';
import {clumpedBefore, clumpedText} from '../../../../src/analysis/canary/evidence/clumped-before.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {ports} = await shopRoad();
const texts = [
	'error-ratio,latency-p50,latency-p99,saturation',
	'cpu=sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="{{namespace}}",pod=~"{{pods}}"}[1m]));worse=higher;tolerance=50%',
	'missing-pages=sum by (pod) (http_requests_total{pod=~"{{pods}}",code="404"});of=sum by (pod) (http_requests_total{pod=~"{{pods}}"});worse=higher',
];

test('every kind of metric of the shop is found and sampled, and pods of one version are alike', async () => {
	const pods = await podsOf(ports.cluster, await liveDeployment(ports.cluster, 'shop', 'web'));
	const {chosen, source} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods}, texts);
	expect(source).toBe('Prometheus monitoring/prometheus:9090 through the API server and metrics.k8s.io');
	const sample = samplerOf(ports, {namespace: 'shop', chosen});
	const arms = {canary: {workload: 'web', pods: pods.slice(0, 1)}, stable: {workload: 'web', pods: pods.slice(1)}};
	const looks: Sampled[] = [];
	const intervalsOf = (name: string) =>
		looks.flatMap(({metric, interval}) => (metric === name && interval !== undefined ? [interval] : []));
	const samples = (kind: string) =>
		chosen.filter(({metric}) => metric.kind === kind).map(({metric}) => pooled(metric, intervalsOf(metric.name), 'canary').samples);
	const fewest = async () => {
		looks.push(...(await sample(arms)));
		return Math.min(...samples('counts'), ...samples('latency'));
	};
	await expect.poll(fewest, {timeout: 20_000, interval: 100}).toBeGreaterThan(200);
	expect(looks.filter(({interval}) => interval === undefined)).toEqual([]);
	for (const {metric} of chosen) {
		const [canary, stable] = [pooled(metric, intervalsOf(metric.name), 'canary'), pooled(metric, intervalsOf(metric.name), 'stable')];
		expect([metric.name, stable.samples >= canary.samples, canary.samples > 0]).toEqual([metric.name, true, true]);
		if (metric.kind !== 'counts') expect([metric.name, (canary.value ?? 0) / (stable.value ?? 0) < 3]).toEqual([metric.name, true]);
	}
	const median = pooled(chosen[1]?.metric ?? failed(), intervalsOf('latency-p50'), 'stable').value;
	expect(median).toBeGreaterThan(0.02);
	expect(median).toBeLessThan(0.08);
});

test('the shop remembers what each pod served in the minutes before', async () => {
	const pods = await podsOf(ports.cluster, await liveDeployment(ports.cluster, 'shop', 'web'));
	const {chosen} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods}, ['error-ratio']);
	const reading = chosen[0]?.reading;
	if (reading?.kind !== 'requests') return failed();
	const before = await readBefore(await answering(ports.metrics), reading, 'shop', {arm: {workload: 'web', pods}, agoMs: 0});
	expect(before).toHaveLength(pods.length);
	for (const {total, bad} of before.flatMap(minutes => minutes.slice(-20))) expect(total > 100 && bad < total / 100).toBe(true);
	expect(clumpedText(clumpedBefore(before))).toMatch(/^in the \d+ minutes before, errors came one by one$/);
});

const failed = (): never => {
	throw new Error('the metric was not chosen');
};
