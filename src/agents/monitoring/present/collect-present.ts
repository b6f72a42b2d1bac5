import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {Monitoring} from '../../../mcp/monitoring/port.ts';
import {type Collected, measureNames} from '../metrics/collect.ts';
import type {Subject} from '../metrics/subject.ts';
import {presentNodeMeasures, presentPodMeasures} from './present-measures.ts';
import {nodeNameOf, presentUse} from './present-use.ts';
import {onlyServers} from './without-server.ts';

type Asking = {
	readonly cluster: Cluster;
	readonly use: Monitoring['use'];
	readonly subject: Subject;
	/** Names of measures; all of the subject's if there are none. */
	readonly names: readonly string[];
	/** Why there is no metrics server. */
	readonly why: string;
};

/** Nodes that are meant, or that the pods run on. */
async function nodesOf(cluster: Cluster, subject: Subject): Promise<readonly KubeObject[]> {
	const type = await cluster.typeOf('nodes');
	const all = await everyObject(cluster, {type});
	if (subject.kind === 'nodes') return all.filter(({metadata}) => subject.ref === undefined || metadata.name === subject.ref.name);
	const names = new Set(subject.pods.map(nodeNameOf));
	return all.filter(({metadata}) => names.has(metadata.name));
}

/** What the cluster itself tells of a subject at this moment. What only a metrics server knows is told with what would help. */
export async function collectPresent({cluster, use, subject, names, why}: Asking): Promise<Collected> {
	const nodes = await nodesOf(cluster, subject);
	const found = await presentUse(use, nodes);
	const all = subject.kind === 'pods' ? presentPodMeasures(subject.pods, found) : presentNodeMeasures(nodes, found);
	const measured = all.filter(({name}) => names.length === 0 || names.includes(name));
	const known = new Set(measured.map(({name}) => name));
	const wanted = names.length === 0 ? measureNames[subject.kind] : names;
	return {
		measured,
		notChecked: [
			...onlyServers(
				wanted.filter(name => !known.has(name)),
				why,
			),
			...onlyServers(['the past'], why),
			...found.notChecked,
		],
	};
}
