/** Kinds that Kubernetes itself serves, by API group, as rules name them. */
const served: {readonly [group: string]: readonly string[]} = {
	'': [
		...['pods', 'services', 'endpoints', 'configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims', 'persistentvolumes'],
		...['nodes', 'namespaces', 'events', 'replicationcontrollers', 'resourcequotas', 'limitranges', 'bindings', 'podtemplates'],
	],
	apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'controllerrevisions'],
	batch: ['jobs', 'cronjobs'],
	autoscaling: ['horizontalpodautoscalers'],
	'networking.k8s.io': ['ingresses', 'networkpolicies', 'ingressclasses'],
	policy: ['poddisruptionbudgets'],
	'rbac.authorization.k8s.io': ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'],
	'storage.k8s.io': ['storageclasses', 'volumeattachments', 'csidrivers', 'csinodes', 'csistoragecapacities'],
	'coordination.k8s.io': ['leases'],
	'discovery.k8s.io': ['endpointslices'],
	'events.k8s.io': ['events'],
	'metrics.k8s.io': ['pods', 'nodes'],
	'apiextensions.k8s.io': ['customresourcedefinitions'],
	'admissionregistration.k8s.io': ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
	'scheduling.k8s.io': ['priorityclasses'],
	'node.k8s.io': ['runtimeclasses'],
	'certificates.k8s.io': ['certificatesigningrequests'],
};

const groups = Map.groupBy(
	Object.entries(served).flatMap(([group, resources]) => resources.map(resource => ({group, resource}))),
	({resource}) => resource,
);

/** The groups that a resource of Kubernetes itself is in; none for one of somebody else. */
export const groupsOf = (resource: string): readonly string[] => (groups.get(resource.split('/')[0] ?? '') ?? []).map(({group}) => group);

/** Every resource of Kubernetes itself, in the plural. */
export const knownResources: readonly string[] = [...groups.keys()];

/** Groups of Kubernetes itself, those that are gone among them. */
export const ownGroups: ReadonlySet<string> = new Set([...Object.keys(served), 'extensions']);

const withoutNamespace = new Set([
	...['nodes', 'namespaces', 'persistentvolumes', 'clusterroles', 'clusterrolebindings', 'storageclasses', 'volumeattachments'],
	...['csidrivers', 'csinodes', 'ingressclasses', 'customresourcedefinitions', 'validatingwebhookconfigurations'],
	...['mutatingwebhookconfigurations', 'priorityclasses', 'runtimeclasses', 'certificatesigningrequests'],
]);

/** Whether objects of a resource belong to no namespace. */
export const isWide = (resource: string) => withoutNamespace.has(resource.split('/')[0] ?? '');

const short: {readonly [word: string]: string} = {
	...{
		po: 'pods',
		svc: 'services',
		ep: 'endpoints',
		cm: 'configmaps',
		sa: 'serviceaccounts',
		pvc: 'persistentvolumeclaims',
		pv: 'persistentvolumes',
	},
	...{no: 'nodes', ns: 'namespaces', ev: 'events', rc: 'replicationcontrollers', quota: 'resourcequotas', limits: 'limitranges'},
	...{deploy: 'deployments', sts: 'statefulsets', ds: 'daemonsets', rs: 'replicasets', cj: 'cronjobs', hpa: 'horizontalpodautoscalers'},
	...{ing: 'ingresses', netpol: 'networkpolicies', pdb: 'poddisruptionbudgets', sc: 'storageclasses', crd: 'customresourcedefinitions'},
};

/** The resource that a person or a command calls `deploy`, `Deployment`, `deployments` or `deployments.apps`; undefined for one that is not of Kubernetes itself. */
export function resourceCalled(word: string): string | undefined {
	const name = word.toLowerCase().split('.')[0] ?? '';
	return (
		short[name] ??
		knownResources.find(each => each === name || each === `${name}s` || each === `${name}es` || each === name.replace(/y$/, 'ies'))
	);
}
