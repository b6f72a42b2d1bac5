import type {ErrorCounts} from '../../../analysis/canary/error-evidence.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {DeployPorts} from '../ports.ts';
import {podsOf} from '../rollout/pod-health.ts';
import {chooseMetrics} from './choose-metrics.ts';
import type {JudgedWorkload} from './found-metric.ts';
import {samplerOf} from './sampler-of.ts';

/** By what a workload can be judged today, in words. */
export type Judgement = {
	readonly words: string;
	readonly judgesErrors: boolean;
	/** Where the numbers come from; missing where there are none. */
	readonly source?: string;
};

/** Names of the living pods of both versions. */
export type PodNames = {readonly canary: readonly string[]; readonly stable: readonly string[]};

/** Looks for request counts of the pods that serve now. A metrics server that fails is a reason to judge without it, and is told. */
export async function judgement(ports: DeployPorts, deployment: KubeObject): Promise<Judgement> {
	const {name, namespace = ''} = deployment.metadata;
	const {chosen, why} = await errorRatio(ports, {name, namespace, pods: await podsOf(ports.cluster, deployment)});
	return chosen === undefined
		? {words: `readiness and restarts alone, because ${why}`, judgesErrors: false}
		: {words: 'error ratio beside the stable version, readiness and restarts', judgesErrors: true, source: chosen.source};
}

async function errorRatio(ports: DeployPorts, workload: JudgedWorkload) {
	const {chosen, leftOut} = await chooseMetrics(ports, workload, []);
	const isErrors = ({name}: {readonly name: string}) => name === 'error-ratio';
	return {
		chosen: chosen.find(({metric}) => isErrors(metric)),
		why: leftOut.find(({metric}) => isErrors({name: metric}))?.why ?? 'nothing counts requests',
	};
}

/**
 * Samples for a plan that promised to judge errors. The metrics server is found at the first look that it answers: one that is away
 * meanwhile gives no data, and a canary without data is not promoted. Silently judging by less than the plan said is no way on.
 */
export function promisedSampler(ports: DeployPorts, namespace: string): (pods: PodNames) => Promise<ErrorCounts> {
	let sampler: ReturnType<typeof samplerOf> | undefined;
	return async ({canary, stable}) => {
		const arms = {canary: {workload: 'canary', pods: canary.map(podNamed)}, stable: {workload: 'stable', pods: stable.map(podNamed)}};
		sampler ??= await find(arms.stable.pods);
		const [sampled] = await sampler(arms);
		if (sampled?.interval?.kind === 'counts')
			return {canary: requestsOf(sampled.interval.canary), stable: requestsOf(sampled.interval.stable)};
		// Before the first scrape of a new pod there is nothing to count yet.
		if (sampled?.interval === undefined && sampled?.code === 'no-series') return {canary: requestsOf(none), stable: requestsOf(none)};
		throw noMetrics(sampled?.interval === undefined ? (sampled?.missing ?? 'nothing is read') : 'no counts are read');
	};

	async function find(pods: readonly KubeObject[]) {
		const {chosen, why} = await errorRatio(ports, {name: 'the stable version', namespace, pods});
		if (chosen === undefined) throw noMetrics(why);
		return samplerOf(ports, {namespace, chosen: [chosen]});
	}
}

const podNamed = (name: string): KubeObject => ({apiVersion: 'v1', kind: 'Pod', metadata: {name}});

const none = {total: 0, bad: 0};

const requestsOf = ({total, bad}: {readonly total: number; readonly bad: number}) => ({requests: total, errors: bad});

const noMetrics = (what: string) => new MkcoaError({kind: 'environment', code: 'no-metrics', what});
