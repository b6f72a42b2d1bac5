import type {Around} from '../../../../analysis/coherence/set-finding.ts';
import {isNotAllowed} from '../../../../core/error.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import {prometheusNamespaces} from './prometheus-namespaces.ts';

const ofNamespace = [
	...['configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims', 'services', 'resourcequotas', 'limitranges'],
	...['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'horizontalpodautoscalers.autoscaling', 'poddisruptionbudgets.policy'],
	...['networkpolicies.networking.k8s.io', 'ingresses.networking.k8s.io', 'httproutes.gateway.networking.k8s.io'],
];
const ofCluster = ['nodes', 'storageclasses.storage.k8s.io'];

type Part = {readonly kind: string; readonly objects: readonly KubeObject[]; readonly why: string | undefined};

const plural = (kind: string) => kind.split('.')[0] ?? kind;

/** What lives around a set of manifests in its namespace. What may not be read is said, and leaves the rest as it is. */
export async function readAround(cluster: Cluster, namespace: string): Promise<Around> {
	const read = async (kind: string, where: string | undefined): Promise<Part> => {
		const {objects, notChecked} = await readNeighbours(cluster, where, [kind]);
		return {kind: plural(kind), objects, why: notChecked[0]};
	};
	const [parts, own, scrapers] = await Promise.all([
		Promise.all([...ofNamespace.map(kind => read(kind, namespace)), ...ofCluster.map(kind => read(kind, undefined))]),
		readNamespace(cluster, namespace),
		prometheusNamespaces(cluster),
	]);
	const unread = [...parts, own].flatMap(({kind, why}) => (why === undefined ? [] : [[kind, why] as const]));
	// Of Secrets the names of their keys are enough, and nothing else goes on from here.
	const objects = [...parts, own].flatMap(part => (part.kind === 'secrets' ? part.objects.map(keysOnly) : part.objects));
	return {namespace, objects, scrapers, unread: new Map(unread)};
}

/** The keys without their values. */
const keysOnly = ({apiVersion, kind, metadata: {name, namespace}, data}: KubeObject): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace},
	data: Object.fromEntries(Object.keys(objectAt(data)).map(key => [key, ''])),
});

async function readNamespace(cluster: Cluster, name: string): Promise<Part> {
	try {
		const found = await cluster.get({apiVersion: 'v1', kind: 'Namespace', name});
		return {kind: 'namespaces', objects: found === undefined ? [] : [found], why: undefined};
	} catch (error) {
		if (isNotAllowed(error)) return {kind: 'namespaces', objects: [], why: error.trouble.what};
		throw error;
	}
}
