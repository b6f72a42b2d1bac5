import type {KubeObject} from '../../core/kube/kube-object.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const group = 'rbac.authorization.k8s.io';
const readers = [{kind: 'Group', name: 'readers', apiGroup: group}];
const metricsRole = 'system:aggregated-metrics-reader';

/** Names by which a request may call the Service `prometheus` through the API server. */
const prometheusNames = ['prometheus', 'prometheus:9090', 'prometheus:http', 'http:prometheus:9090'];

/** What readers may see beyond the role `view`: metrics, as the metrics server grants them, and Prometheus. */
export const readerRights = (): readonly KubeObject[] => [
	{
		apiVersion: rbac,
		kind: 'ClusterRole',
		metadata: {name: metricsRole},
		rules: [{apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch']}],
	},
	{
		apiVersion: rbac,
		kind: 'ClusterRoleBinding',
		metadata: {name: 'readers-metrics'},
		roleRef: {apiGroup: group, kind: 'ClusterRole', name: metricsRole},
		subjects: readers,
	},
	{
		apiVersion: rbac,
		kind: 'Role',
		metadata: {name: 'prometheus-reader', namespace: 'monitoring'},
		// A long query is posted, which the API server calls create.
		rules: [{apiGroups: [''], resources: ['services/proxy'], resourceNames: prometheusNames, verbs: ['get', 'create']}],
	},
	{
		apiVersion: rbac,
		kind: 'RoleBinding',
		metadata: {name: 'prometheus-readers', namespace: 'monitoring'},
		roleRef: {apiGroup: group, kind: 'Role', name: 'prometheus-reader'},
		subjects: readers,
	},
];
