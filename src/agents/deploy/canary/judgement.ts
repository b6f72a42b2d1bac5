import type {ErrorCounts} from '../../../analysis/canary/error-evidence.ts';
import type {KubeObject} from '../../../core/kube-object.ts';
import type {DeployPorts} from '../ports.ts';
import {podHealth, podsOf} from '../rollout/pod-health.ts';
import {errorCounter, errorSampler, type PodNames} from './sample-errors.ts';

/** By what a workload can be judged today. Without a sampler errors are not looked at, and `words` say why. */
export type Judgement = {
	readonly words: string;
	readonly source?: string;
	readonly sampler?: () => (pods: PodNames) => Promise<ErrorCounts>;
};

/** Enough pods to learn which counter their program has. */
const askedPods = 50;

/** Looks for request counts of the pods that serve now. */
export async function judgement({cluster, metrics}: DeployPorts, deployment: KubeObject): Promise<Judgement> {
	const found = await metrics();
	if (found.metrics === undefined) return {words: `readiness and restarts alone, because ${found.why}`};
	const {name, namespace = ''} = deployment.metadata;
	const {names} = podHealth(await podsOf(cluster, deployment));
	const counter = await errorCounter(found.metrics, namespace, names.slice(0, askedPods));
	if (counter === undefined) return {words: `readiness and restarts alone, because ${found.metrics.source} counts no requests of ${name}`};
	return {
		words: 'error ratio beside the stable version, readiness and restarts',
		source: found.metrics.source,
		sampler: () => errorSampler(found.metrics, counter, namespace),
	};
}
