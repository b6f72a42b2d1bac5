import type {Surroundings} from '../../../core/consequences/question.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import type {Write} from '../../../core/plan.ts';
import {objectsAt, wordAt} from '../model/fields.ts';
import type {Cluster} from '../port.ts';
import {everyObject, readNeighbours} from '../read-neighbours.ts';
import type {Prediction} from './predict.ts';
import {readContents} from './read-dependents.ts';

/** Lists of the surroundings that are read from the cluster kind by kind. */
export type ListName = Exclude<keyof Surroundings, 'contents' | 'coming'>;

/** Kinds, as `plural.group`, that fill each list of the surroundings. */
const plurals: {readonly [list in ListName]: string} = {
	pods: 'pods',
	replicaSets: 'replicasets.apps',
	pdbs: 'poddisruptionbudgets.policy',
	hpas: 'horizontalpodautoscalers.autoscaling',
	services: 'services',
	endpoints: 'endpointslices.discovery.k8s.io',
	volumes: 'persistentvolumes',
};

/** The lists that say something about a change of a kind. */
const around: {readonly [kind: string]: readonly ListName[]} = {
	ConfigMap: ['pods', 'replicaSets'],
	Secret: ['pods', 'replicaSets'],
	Service: ['pods', 'endpoints'],
	PersistentVolumeClaim: ['pods', 'volumes'],
	PersistentVolume: [],
	Pod: ['pods', 'pdbs', 'services'],
};
const aroundPods: readonly ListName[] = ['pods', 'replicaSets', 'pdbs', 'hpas', 'services', 'endpoints'];

const takesAway = ({op}: Write) => op === 'delete' || op === 'evict';

/**
 * What moves by the minute (ready endpoints, what a budget allows, the pods of a node) is read only where something is taken away:
 * elsewhere it would make a plan drift while a person reads it, and change nothing of the answer.
 */
const restless: ReadonlySet<ListName> = new Set(['pdbs', 'endpoints']);

function listsFor({write, before, after}: Prediction): readonly ListName[] {
	const object = after ?? before;
	const hasPods = object !== null && object !== undefined && templatePath(object) !== undefined;
	const lists = around[write.ref.kind] ?? (hasPods ? aroundPods : []);
	return takesAway(write) ? lists : lists.filter(list => !restless.has(list));
}

type Around = {readonly surroundings: Surroundings; readonly notChecked: readonly string[]};

/**
 * The live objects around predicted writes, each list of each namespace read once. A list that may not be read stays unknown, and
 * `notChecked` names it.
 * @param unwanted lists that are left unknown
 */
export async function readSurroundings(
	cluster: Cluster,
	predictions: readonly Prediction[],
	unwanted: readonly ListName[],
): Promise<Around> {
	const wanted = new Map<string, {readonly list: ListName; readonly namespace: string}>();
	for (const prediction of predictions) {
		const {namespace} = prediction.write.ref;
		if (namespace !== undefined)
			for (const list of listsFor(prediction).filter(name => !unwanted.includes(name)))
				wanted.set(`${namespace} ${list}`, {list, namespace});
	}
	const read = await Promise.all(
		[...wanted.values()].map(async ({list, namespace}) => ({list, ...(await readNeighbours(cluster, namespace, [plurals[list]]))})),
	);
	const parts = new Map(
		Map.groupBy(
			read.filter(({notChecked}) => notChecked.length === 0),
			({list}) => list,
		),
	);
	const objects = (list: ListName) => parts.get(list)?.flatMap(part => part.objects);
	const {endpoints, ...lists} = Object.fromEntries([...parts.keys()].map(list => [list, objects(list)]));
	const others = await special(cluster, predictions);
	return {
		surroundings: {...lists, ...(endpoints === undefined ? {} : {endpoints: readyEndpoints(endpoints)}), ...others.surroundings},
		notChecked: [...new Set([...read.flatMap(({notChecked}) => notChecked), ...others.notChecked])],
	};
}

/** Nodes have their pods in every namespace; namespaces and definitions have contents. */
async function special(cluster: Cluster, predictions: readonly Prediction[]): Promise<Around> {
	const node = predictions.find(({write}) => takesAway(write) && write.ref.kind === 'Node');
	const deleted = predictions.find(
		({write}) => takesAway(write) && (write.ref.kind === 'Namespace' || write.ref.kind === 'CustomResourceDefinition'),
	);
	const contents = deleted === undefined ? undefined : await contentsOf(cluster, deleted.write.ref, deleted.before);
	return {
		surroundings: {
			...(node === undefined ? {} : {pods: await podsOn(cluster, node.write.ref.name)}),
			...(contents === undefined ? {} : {contents: contents.counts}),
		},
		notChecked: contents?.notChecked ?? [],
	};
}

/** Pods of a node, in every namespace. */
export async function podsOn(cluster: Cluster, node: string): Promise<readonly KubeObject[]> {
	const pods = await everyObject(cluster, {type: await cluster.typeOf('pods'), fieldSelector: `spec.nodeName=${node}`});
	return pods.map(pod => ({...pod, apiVersion: 'v1', kind: 'Pod'}));
}

async function contentsOf(cluster: Cluster, {kind, name}: Ref, definition: KubeObject | undefined) {
	if (kind === 'Namespace') return readContents(cluster, name);
	const defined = wordAt(definition, 'spec', 'names', 'kind');
	const objects = await everyObject(cluster, {
		type: await cluster.typeOf(`${wordAt(definition, 'spec', 'names', 'plural')}.${wordAt(definition, 'spec', 'group')}`),
	});
	return {counts: [{kind: defined, count: objects.length}], notChecked: []};
}

function readyEndpoints(slices: readonly KubeObject[]) {
	const groups = Map.groupBy(slices, ({metadata}) => `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`);
	return [...groups].map(([key, group]) => ({
		namespace: key.slice(0, key.indexOf('/')),
		service: key.slice(key.indexOf('/') + 1),
		// A missing `ready` means ready (discovery.k8s.io/v1).
		ready: group.flatMap(slice => objectsAt(slice, 'endpoints')).filter(endpoint => valueAt(endpoint, 'conditions', 'ready') !== false)
			.length,
	}));
}
