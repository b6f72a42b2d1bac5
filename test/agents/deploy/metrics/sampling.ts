import {chooseMetrics} from '../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {type Sampled, samplerOf} from '../../../../src/agents/deploy/metrics/sampler-of.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {metricsOver} from '../../../support/metrics-over.ts';
import {arms} from './pods.ts';

/** A canary of one pod beside a stable version of two. */
export const both = arms(['web-canary-1'], ['web-1', 'web-2']);
export const scrapeMs = 15_000;

/** A sampler of metrics that were chosen while the stable version served alone. */
export async function sampling(texts: readonly string[], prepare: (server: ReturnType<typeof metricsOver>) => void, service?: string) {
	const server = metricsOver();
	prepare(server);
	const ports = {cluster: fakeCluster().cluster, ...server.ports};
	const {chosen} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods: both.stable.pods, service}, texts);
	const sample = samplerOf(ports, {namespace: 'shop', chosen});
	return {
		...server,
		sample,
		/** One scrape later. */
		async look(now = both): Promise<Sampled> {
			server.pass(scrapeMs);
			const [first] = await sample(now);
			if (first === undefined) throw new Error('no metric was chosen');
			return first;
		},
	};
}
