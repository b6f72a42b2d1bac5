import {MkcoaError, troubleOf} from '../../../core/error.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {ClusterUse, NodeUse, PodUse, Use} from '../../../mcp/monitoring/metrics-api/port.ts';

/** What the cluster itself measures at this moment, where no metrics server keeps its past. */
export type PresentUse = {
	/** By `namespace/pod`. */
	readonly pods: ReadonlyMap<string, PodUse>;
	readonly nodes: ReadonlyMap<string, Use & Partial<NodeUse>>;
	/** What was asked for the pods. */
	readonly source: string;
	readonly notChecked: readonly Unchecked[];
};

const podsPath = 'GET /apis/metrics.k8s.io/v1beta1/pods';
const summaryPath = "GET /api/v1/nodes/NODE/proxy/stats/summary of the nodes' kubelets";

/** Kubelets that are asked at most: each walks through its whole node. */
const mostNodes = 100;

/** An answer, or why there is none. Who may not ask is told so; a cluster that is away is no cluster without metrics. */
async function answerOf<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer | string> {
	try {
		return (await ask()) ?? 'nobody serves metrics.k8s.io: metrics-server is not installed';
	} catch (error) {
		if (!(error instanceof MkcoaError) || error.trouble.code === 'unreachable' || error.trouble.code === 'signed-out') throw error;
		return troubleOf(error).what;
	}
}

/**
 * Asks the metrics API, and the kubelets of the nodes for what it does not tell.
 * @param nodes of the pods that are looked at
 */
export async function presentUse(use: ClusterUse, nodes: readonly KubeObject[]): Promise<PresentUse> {
	const names = nodes.map(({metadata}) => metadata.name);
	const [pods, byNode, summaries] = await Promise.all([
		answerOf(use.pods),
		answerOf(use.nodes),
		answerOf(() => use.summaries(names.slice(0, mostNodes))),
	]);
	const told = typeof summaries === 'string' ? {nodes: [], failed: []} : summaries;
	const podUses = typeof pods === 'string' ? told.nodes.flatMap(node => node.pods) : pods;
	const isUnknown = typeof pods === 'string' && podUses.length === 0;
	return {
		pods: new Map(podUses.map(each => [`${each.namespace}/${each.name}`, each])),
		nodes: new Map(
			names.map(name => [
				name,
				{
					...told.nodes.find(({node}) => node === name),
					...(typeof byNode === 'string' ? {} : byNode.find(({node}) => node === name)),
				},
			]),
		),
		source: typeof pods === 'string' ? summaryPath : podsPath,
		notChecked: [
			...(isUnknown ? [{what: 'cpu and memory of pods', why: pods}] : []),
			...(typeof byNode === 'string' && told.nodes.length === 0 ? [{what: 'cpu and memory of nodes', why: byNode}] : []),
			...(typeof summaries === 'string' ? [{what: 'disks of nodes', why: summaries}] : []),
			...told.failed.map(({node, why}) => ({what: `disk of node ${node}`, why})),
			...(names.length > mostNodes
				? [{what: `disks of ${names.length - mostNodes} more nodes`, why: `${mostNodes} kubelets are asked at once`}]
				: []),
		],
	};
}

export const nodeNameOf = (pod: KubeObject) => textAt(pod, 'spec', 'nodeName');
