import {textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {nodeCauses} from '../../../diagnosis/node-causes.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {pinnedWorkloads} from './pinned-workloads.ts';

/** A taint is there for a reason: who cannot live with it is told where pods wait. */
const told = new Set(['node-not-ready', 'node-pressed', 'node-network-unavailable', 'node-cordoned']);

/** Only what is wrong with a node hurts what is on it; a cordoned one keeps its pods. */
const harmful = new Set(['node-not-ready', 'node-network-unavailable']);

type PodsByNode = ReadonlyMap<string, readonly KubeObject[]>;

const topsOf = (survey: Survey, pods: readonly KubeObject[]) => [
	...new Map(pods.map(pod => refOf(survey.topOf(pod))).map(ref => [refKey(ref), ref])).values(),
];

function ownFaults(survey: Survey, node: KubeObject, pods: PodsByNode): readonly Cause[] {
	const here = pods.get(node.metadata.name) ?? [];
	return nodeCauses(node)
		.filter(({id}) => told.has(id))
		.map(cause => (harmful.has(cause.id) ? {...cause, hurts: topsOf(survey, here)} : cause));
}

/** A kubelet that offers nothing takes no pod, and says that it is ready. */
function emptyNode(node: KubeObject): readonly Cause[] {
	const empty = ['cpu', 'memory', 'pods'].filter(resource => {
		const value = valueAt(node, 'status', 'allocatable', resource);
		return (typeof value === 'string' || typeof value === 'number') && quantityOf(value) === 0;
	});
	if (empty.length === 0) return [];
	const name = refText(refOf(node));
	return [
		{
			id: 'node-without-capacity',
			resource: refOf(node),
			path: `status.allocatable[${empty[0]}]`,
			cause: {
				en: `${name} offers no ${empty.join(', ')}: no pod fits there`,
				ko: `${name}가 ${empty.join(', ')}을(를) 하나도 제공하지 않아 파드가 들어갈 수 없습니다`,
			},
			evidence: [{source: name, detail: empty.map(each => `allocatable ${each} 0`).join(', ')}],
			remedies: [],
		},
	];
}

const minorOf = (node: KubeObject) =>
	Number(/^v1\.(\d+)/.exec(textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '')?.[1] ?? Number.NaN);

/** How many minor versions a kubelet may be behind the API server. */
const mostBehind = 3;

/** The newest kubelet is no newer than the API server, so whoever is far behind it is too far behind the server. */
function skewed(nodes: readonly KubeObject[]): readonly Cause[] {
	const newest = Math.max(...nodes.map(minorOf).filter(minor => !Number.isNaN(minor)));
	return nodes
		.filter(node => newest - minorOf(node) > mostBehind)
		.map(node => ({
			id: 'kubelet-too-old',
			resource: refOf(node),
			path: 'status.nodeInfo.kubeletVersion',
			cause: {
				en: `The kubelet of ${refText(refOf(node))} is ${newest - minorOf(node)} minor versions behind the newest of the cluster: more than ${mostBehind} are not supported`,
				ko: `${refText(refOf(node))}의 kubelet이 최신보다 ${newest - minorOf(node)}개 마이너 버전 뒤처져 지원되지 않습니다`,
			},
			evidence: [
				{
					source: refText(refOf(node)),
					detail: `kubelet ${textAt(node, 'status', 'nodeInfo', 'kubeletVersion')}, the newest is 1.${newest}`,
				},
			],
			remedies: [],
		}));
}

/** Pods whose node was taken away: they say Running for as long as nobody collects them. */
function ghosts(survey: Survey, pods: PodsByNode): readonly Cause[] {
	if (!survey.isRead('Node') || survey.all('Node').length === 0) return [];
	return [...pods].flatMap(([name, here]): readonly Cause[] => {
		const lost = here.filter(
			pod => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '') && textAt(pod, 'status', 'startTime') !== undefined,
		);
		if (survey.find('Node', undefined, name) !== undefined || lost.length === 0) return [];
		const names = lost.map(pod => refText(refOf(pod)));
		return [
			{
				id: 'pods-on-gone-node',
				resource: {apiVersion: 'v1', kind: 'Node', name},
				path: 'metadata.name',
				hurts: topsOf(survey, lost),
				cause: {
					en: `Node ${name} is not there any more, and ${someOf(names)} still stand on it: nobody runs them`,
					ko: `노드 ${name}가 없어졌는데 ${someOf(names)}가 아직 그 노드에 남아 있습니다: 실제로는 실행되지 않습니다`,
				},
				evidence: lost.slice(0, 5).map(pod => ({
					source: refText(refOf(pod)),
					detail: `spec.nodeName ${name}, phase ${textAt(pod, 'status', 'phase') ?? 'unknown'}`,
				})),
				remedies: [],
			},
		];
	});
}

/** What is wrong with nodes. What is on them suffers from it, and is told with them. */
export const nodeFaults: Analyzer = survey => {
	const nodes = survey.all('Node');
	const pods = Map.groupBy(
		survey.all('Pod').filter(pod => textAt(pod, 'spec', 'nodeName') !== undefined),
		pod => textAt(pod, 'spec', 'nodeName') ?? '',
	);
	return [
		...nodes.flatMap(node => [...ownFaults(survey, node, pods), ...emptyNode(node)]),
		...skewed(nodes),
		...ghosts(survey, pods),
		...pinnedWorkloads(survey),
	];
};
