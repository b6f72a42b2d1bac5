import type {Observed} from '../../../analysis/right-sizing/observed-use.ts';
import {MkcoaError} from '../../../core/error.ts';
import {numberAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {DeployPorts} from '../ports.ts';
import {podsOf} from '../rollout/pod-health.ts';
import {fromMetricsApi} from './from-metrics-api.ts';
import {fromPrometheus} from './from-prometheus.ts';

export type Asked = {readonly workload: KubeObject; readonly windowMs: number; readonly sampleMs: number; readonly percentile: number};

/** Kills for memory that the pods still tell: the last end of each container, and its present one. */
function oomKills(pods: readonly KubeObject[]): ReadonlyMap<string, number> {
	const kills = new Map<string, number>();
	for (const status of pods.flatMap(pod => objectsAt(pod, 'status', 'containerStatuses'))) {
		const isKilled = ['state', 'lastState'].some(state => textAt(status, state, 'terminated', 'reason') === 'OOMKilled');
		const name = wordAt(status, 'name');
		if (isKilled) kills.set(name, (kills.get(name) ?? 0) + Math.max(1, numberAt(status, 'restartCount') ?? 1));
	}
	return kills;
}

/**
 * What the containers of a workload used: from a Prometheus over the window, or else from metrics.k8s.io over a short while.
 * @throws MkcoaError `not-enough-data` where nobody measures
 */
export async function observeWorkload({workload, windowMs, sampleMs, percentile}: Asked, context: Context<DeployPorts>): Promise<Observed> {
	const {ports, clock} = context;
	const pods = await podsOf(ports.cluster, workload);
	const source = await ports.metrics();
	const toMs = clock.now();
	const measured =
		source.metrics === undefined ? undefined : await fromPrometheus(source.metrics, {workload, fromMs: toMs - windowMs, toMs, percentile});
	const {namespace = ports.cluster.namespace} = workload.metadata;
	const names = new Set(pods.map(({metadata}) => metadata.name));
	const observed = measured ?? (await fromMetricsApi(names, {namespace, forMs: sampleMs, percentile}, context));
	if (observed === undefined) {
		const why =
			source.metrics === undefined
				? plainLine(source.why, 200)
				: `${plainLine(source.metrics.source, 120)} has no series of its containers`;
		throw new MkcoaError({
			kind: 'environment',
			code: 'not-enough-data',
			what: `Nobody has measured what ${refText(refOf(workload))} uses`,
			why: `${why}, and metrics.k8s.io tells nothing of its pods`,
			next: 'Install metrics-server, or name a Prometheus that scrapes the kubelets with --prometheus',
		});
	}
	const kills = oomKills(pods);
	return {...observed, containers: observed.containers.map(container => ({...container, oomKills: kills.get(container.name) ?? 0}))};
}
