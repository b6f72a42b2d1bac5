import type {ResourceType} from '../../src/mcp/kubernetes/port.ts';

const everyVerb = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

const kind = (
	apiVersion: string,
	name: string,
	plural: string,
	short: string,
	namespaced = true,
	subresources: readonly string[] = [],
): ResourceType => ({
	apiVersion,
	kind: name,
	plural,
	singular: name.toLowerCase(),
	shortNames: short === '' ? [] : [short],
	categories: [],
	namespaced,
	verbs: everyVerb,
	subresources,
});

/** The kinds that the fake cluster knows, as discovery would tell them. */
export const fakeKinds: readonly ResourceType[] = [
	kind('v1', 'Namespace', 'namespaces', 'ns', false),
	kind('v1', 'Node', 'nodes', 'no', false),
	kind('v1', 'Pod', 'pods', 'po', true, ['log', 'exec', 'eviction', 'status']),
	kind('v1', 'Service', 'services', 'svc'),
	kind('v1', 'ConfigMap', 'configmaps', 'cm'),
	kind('v1', 'Secret', 'secrets', ''),
	kind('v1', 'Event', 'events', 'ev'),
	kind('coordination.k8s.io/v1', 'Lease', 'leases', ''),
	kind('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'pvc'),
	kind('v1', 'ServiceAccount', 'serviceaccounts', 'sa'),
	kind('apps/v1', 'Deployment', 'deployments', 'deploy', true, ['scale', 'status']),
	kind('apps/v1', 'ReplicaSet', 'replicasets', 'rs', true, ['scale', 'status']),
	kind('apps/v1', 'StatefulSet', 'statefulsets', 'sts', true, ['scale', 'status']),
	kind('apps/v1', 'DaemonSet', 'daemonsets', 'ds'),
	kind('apps/v1', 'ControllerRevision', 'controllerrevisions', ''),
	kind('batch/v1', 'Job', 'jobs', ''),
	kind('batch/v1', 'CronJob', 'cronjobs', 'cj'),
	kind('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'pdb'),
	kind('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'hpa'),
	kind('networking.k8s.io/v1', 'Ingress', 'ingresses', 'ing'),
	kind('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', ''),
	kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'crd', false),
];
