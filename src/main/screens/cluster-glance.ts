import {healthOf} from '../../analysis/health/health-of.ts';
import {isNotAllowed} from '../../core/error.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {isReady} from '../../mcp/kubernetes/model/conditions.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {Home} from '../../tui/home/home-rows.ts';

type Glance = Pick<Extract<Home['contexts'], {readonly state: 'known'}>['rows'][number], 'health' | 'text'>;

type Counted = {
	readonly all: number;
	readonly good: number;
	/** What is not well, worst first. */
	readonly bad: readonly string[];
	/** What is on its way. */
	readonly moving: readonly string[];
};

const none: Counted = {all: 0, good: 0, bad: [], moving: []};
const workloadKinds = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'];

/**
 * A cluster at a glance: nodes that are ready, workloads that are well.
 * @param asked the namespace of the command line; the whole cluster if left out, or the context's own where that may not be read
 */
export async function clusterGlance(cluster: Pick<Cluster, 'each' | 'typeOf' | 'namespace'>, asked: string | undefined): Promise<Glance> {
	const [nodes, workloads] = await Promise.all([seen(() => nodesOf(cluster)), workloadsIn(cluster, asked)]);
	const {namespace, counted} = workloads;
	const where = namespace === undefined ? '' : ` in namespace ${oneLine(namespace)}`;
	const parts = [nodeText(nodes), ...workloadTexts(counted, where)];
	const bad = (nodes?.bad.length ?? 0) + (counted?.bad.length ?? 0);
	const health = bad > 0 ? 'bad' : (counted?.moving.length ?? 0) > 0 ? 'warning' : counted === undefined ? 'unknown' : 'good';
	return {health, text: parts.join('; ')};
}

function nodeText(nodes: Counted | undefined): string {
	if (nodes === undefined) return 'nodes may not be listed';
	const {all, good, bad} = nodes;
	return all === 0 ? 'no node' : `${good} of ${count(all, 'node')} ready${bad.length === 0 ? '' : ` (not ${someOf(bad)})`}`;
}

function workloadTexts(counted: Counted | undefined, where: string): readonly string[] {
	if (counted === undefined) return [`workloads${where} may not be listed: see mkcoa k8s permissions`];
	const {all, good, bad, moving} = counted;
	if (all === 0) return [`no workload${where}`];
	return [
		`${good} of ${count(all, 'workload')}${where} healthy`,
		...(bad.length === 0 ? [] : [`${bad.length} not: ${someOf(bad)}`]),
		...(moving.length === 0 ? [] : [`${moving.length} on the way: ${someOf(moving)}`]),
	];
}

const seen = async <Value>(read: () => Promise<Value>): Promise<Value | undefined> => {
	try {
		return await read();
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
};

async function nodesOf(cluster: Pick<Cluster, 'each' | 'typeOf'>): Promise<Counted> {
	let counted = none;
	for await (const node of cluster.each({type: await cluster.typeOf('nodes')}))
		counted = added(counted, isReady(node) ? 'good' : 'bad', node.metadata.name);
	return counted;
}

/** Who may not list a kind everywhere may do so at home. */
async function workloadsIn(cluster: Pick<Cluster, 'each' | 'typeOf' | 'namespace'>, asked: string | undefined) {
	const counted = await seen(() => countWorkloads(cluster, asked));
	if (counted !== undefined || asked !== undefined) return {namespace: asked, counted};
	const {namespace} = cluster;
	return {namespace, counted: await seen(() => countWorkloads(cluster, namespace))};
}

async function countWorkloads(cluster: Pick<Cluster, 'each' | 'typeOf'>, namespace: string | undefined): Promise<Counted> {
	let counted = none;
	for (const kind of workloadKinds) {
		const type = await cluster.typeOf(kind);
		// A list names its kind once, and not in each of its objects.
		for await (const object of cluster.each({type, namespace}))
			counted = added(counted, standing({...object, apiVersion: type.apiVersion, kind: type.kind}), nameOf(object));
	}
	return counted;
}

const nameOf = ({metadata: {name, namespace}}: KubeObject) => oneLine(namespace === undefined ? name : `${namespace}/${name}`);

function standing(workload: KubeObject): 'good' | 'bad' | 'moving' {
	const {status} = healthOf(workload);
	if (status === 'Degraded' || status === 'Missing') return 'bad';
	return status === 'Progressing' || status === 'Unknown' ? 'moving' : 'good';
}

const added = ({all, good, bad, moving}: Counted, how: 'good' | 'bad' | 'moving', name: string): Counted => ({
	all: all + 1,
	good: good + (how === 'good' ? 1 : 0),
	bad: how === 'bad' ? [...bad, name] : bad,
	moving: how === 'moving' ? [...moving, name] : moving,
});
