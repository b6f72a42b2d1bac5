import type {ErrorCounts} from '../../../analysis/canary/error-evidence.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {DeployPorts} from '../ports.ts';
import {podHealth, podsOf} from '../rollout/pod-health.ts';
import {errorCounter, errorSampler, type PodNames} from './sample-errors.ts';

/** By what a workload can be judged today, in words. */
export type Judgement = {
	readonly words: string;
	readonly judgesErrors: boolean;
	/** Where the numbers come from; missing where there are none. */
	readonly source?: string;
};

/** Enough pods to learn which counter their program has. */
const askedPods = 50;

const blind = (why: string): Judgement => ({words: `readiness and restarts alone, because ${why}`, judgesErrors: false});

/** Looks for request counts of the pods that serve now. A metrics server that fails is a reason to judge without it, and is told. */
export async function judgement({cluster, metrics}: DeployPorts, deployment: KubeObject): Promise<Judgement> {
	const found = await metrics();
	if (found.metrics === undefined) return blind(found.why);
	const {name, namespace = ''} = deployment.metadata;
	const {names} = podHealth(await podsOf(cluster, deployment));
	try {
		const counter = await errorCounter(found.metrics, namespace, names.slice(0, askedPods));
		if (counter === undefined) return blind(`${found.metrics.source} counts no requests of ${name}`);
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return blind(`${found.metrics.source} does not answer: ${error.trouble.what}`);
	}
	return {words: 'error ratio beside the stable version, readiness and restarts', judgesErrors: true, source: found.metrics.source};
}

/**
 * Samples for a plan that promised to judge errors. The metrics server is found at the first look that it answers: one that is away
 * meanwhile gives no data, and a canary without data is not promoted. Silently judging by less than the plan said is no way on.
 */
export function promisedSampler({metrics}: DeployPorts, namespace: string): (pods: PodNames) => Promise<ErrorCounts> {
	let sampler: ((pods: PodNames) => Promise<ErrorCounts>) | undefined;
	return async pods => {
		sampler ??= await find(pods);
		return sampler(pods);
	};

	async function find({stable}: PodNames) {
		const found = await metrics();
		if (found.metrics === undefined) throw noMetrics(found.why);
		const counter = await errorCounter(found.metrics, namespace, stable.slice(0, askedPods));
		if (counter === undefined) throw noMetrics(`${found.metrics.source} counts no requests of the stable pods`);
		return errorSampler(found.metrics, counter, namespace);
	}
}

const noMetrics = (what: string) => new MkcoaError({kind: 'environment', code: 'no-metrics', what});
