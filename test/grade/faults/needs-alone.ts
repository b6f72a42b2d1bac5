import type {ClusterApi} from './cluster-api.ts';
import type {Stage} from './fault-case.ts';

/** Cluster-wide things that no other case sees, or that are the same in all. */
const harmless = new Set(['Namespace', 'CustomResourceDefinition/pods.metrics.k8s.io']);

/** Whether stages bring or change what a tool sees from every namespace, such as a node or a webhook: then no other case may run beside. */
export async function needsAlone(api: ClusterApi, stages: readonly Stage[]): Promise<boolean> {
	const things = stages.flatMap(({objects, operations}) => [
		...objects.map(({kind, metadata: {name}}) => ({kind, name})),
		...operations.map(({kind, name = ''}) => ({kind, name})),
	]);
	for (const {kind, name} of things) {
		if (harmless.has(kind) || harmless.has(`${kind}/${name}`)) continue;
		// A kind that a case defines itself is in its definition, which is cluster-wide.
		if ((await api.kindOf(kind))?.isNamespaced === false) return true;
	}
	return false;
}
