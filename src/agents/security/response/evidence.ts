import {MkcoaError} from '../../../core/error.ts';
import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Context} from '../../../core/tool.ts';
import {ownerChain} from '../../../mcp/kubernetes/model/owner-chain.ts';
import {withoutValues} from '../../../mcp/kubernetes/model/without-values.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {ResponseSubject} from './subject.ts';

/** Where evidence is kept, outside the cluster that may be in other hands. `sha256` is that of the file, for the chain of custody. */
export type EvidencePorts = {
	readonly keepEvidence: (about: string, evidence: JsonObject) => Promise<{readonly path: string; readonly sha256: string}>;
};

const mostPods = 10;
const mostLines = 2000;
const mostBytes = 1_000_000;

/** What a container said until now; why nothing was read where that may not be. */
async function logOf(pod: KubeObject, container: string, {ports: {cluster}, signal}: Context<{readonly cluster: Cluster}>): Promise<Json> {
	const {name, namespace = ''} = pod.metadata;
	const lines: string[] = [];
	try {
		const query = {namespace, pod: name, container, tailLines: mostLines, limitBytes: mostBytes, timestamps: true};
		for await (const line of cluster.logs(query, signal)) lines.push(line);
		return {pod: `${namespace}/${name}`, container, lines};
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return {pod: `${namespace}/${name}`, container, notRead: error.trouble.what};
	}
}

const containerNames = (pod: KubeObject) =>
	['initContainers', 'containers', 'ephemeralContainers'].flatMap(list =>
		listAt(podSpecOf(pod), list).map(each => textAt(each, 'name') ?? ''),
	);

/**
 * What may be gone after the first measure: the objects as they are without secret values, what their containers said, and the events about them.
 * What could not be read is told in it.
 */
export async function gatherEvidence(
	subject: ResponseSubject,
	context: Context<{readonly cluster: Cluster}>,
): Promise<JsonObject & {readonly left: readonly string[]}> {
	const {cluster} = context.ports;
	const pods = subject.pods.slice(0, mostPods);
	const namespaces = [...new Set(pods.flatMap(({metadata}) => metadata.namespace ?? []))];
	const around = await Promise.all(
		namespaces.map(namespace => readNeighbours(cluster, namespace, ['events', 'networkpolicies.networking.k8s.io', 'services'])),
	);
	const owners = await Promise.all(pods.map(pod => ownerChain(pod, ref => cluster.get(ref))));
	const logs = await Promise.all(pods.flatMap(pod => containerNames(pod).map(container => logOf(pod, container, context))));
	const left = [
		...around.flatMap(({notChecked}) => notChecked),
		...(subject.pods.length > mostPods ? [`${subject.pods.length - mostPods} pods more`] : []),
		...logs.flatMap(each =>
			textAt(each, 'notRead') === undefined ? [] : [`the log of ${textAt(each, 'pod')}: ${textAt(each, 'notRead')}`],
		),
	];
	const about = new Set(subject.pods.map(({metadata}) => metadata.name));
	return {
		takenAt: new Date(context.clock.now()).toISOString(),
		subject: subject.text,
		objects: [...subject.objects, ...pods].map(withoutValues),
		owners: pods.map((pod, index) => ({
			pod: refText(refOf(pod)),
			chain: (owners[index] ?? []).map(({ref, missing}) => ({owner: refText(ref), missing})),
		})),
		around: around.flatMap(({objects}) => objects.filter(({kind}) => kind !== 'Event')).map(withoutValues),
		events: around.flatMap(({objects}) =>
			objects.filter(each => each.kind === 'Event' && about.has(textAt(each, 'involvedObject', 'name') ?? '')),
		),
		logs,
		left,
	};
}
