import {post, table} from '../../servers/questions.ts';
import type {Row} from './row.ts';

const containers = [{name: 'main', image: 'x:1'}];
const template = {metadata: {labels: {app: 'k'}}, spec: {containers}};
const selector = {matchLabels: {app: 'k'}};
const target = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'k'};

/** The least that each kind accepts; what comes back shows the server's defaults. */
const least: readonly (readonly [version: string, kind: string, resource: string, rest?: object, isClusterWide?: boolean])[] = [
	['v1', 'Pod', 'pods', {spec: {containers}}],
	['v1', 'Service', 'services', {spec: {ports: [{port: 80}]}}],
	['v1', 'ServiceAccount', 'serviceaccounts'],
	['v1', 'Secret', 'secrets', {stringData: {key: 'value'}}],
	['v1', 'ReplicationController', 'replicationcontrollers', {spec: {selector: {app: 'k'}, template}}],
	[
		'v1',
		'PersistentVolumeClaim',
		'persistentvolumeclaims',
		{spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}},
	],
	[
		'v1',
		'PersistentVolume',
		'persistentvolumes',
		{spec: {accessModes: ['ReadWriteOnce'], capacity: {storage: '1Gi'}, hostPath: {path: '/x'}}},
		true,
	],
	['v1', 'ResourceQuota', 'resourcequotas', {spec: {hard: {'requests.cpu': '2000m', pods: 3}}}],
	['v1', 'LimitRange', 'limitranges', {spec: {limits: [{type: 'Container', max: {cpu: '1'}}]}}],
	['v1', 'Endpoints', 'endpoints', {subsets: [{addresses: [{ip: '10.1.1.1'}], ports: [{port: 80}]}]}],
	['v1', 'Node', 'nodes', {}, true],
	['v1', 'Namespace', 'namespaces', {}, true],
	[
		'v1',
		'Event',
		'events',
		{involvedObject: {kind: 'Pod', name: 'k', namespace: 'compare'}, reason: 'Tested', message: 'it was', type: 'Normal', count: 1},
	],
	['apps/v1', 'Deployment', 'deployments', {spec: {selector, template}}],
	['apps/v1', 'ReplicaSet', 'replicasets', {spec: {selector, template}}],
	[
		'apps/v1',
		'StatefulSet',
		'statefulsets',
		{
			spec: {
				selector,
				template,
				serviceName: 'k',
				volumeClaimTemplates: [{metadata: {name: 'v'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}}],
			},
		},
	],
	['apps/v1', 'DaemonSet', 'daemonsets', {spec: {selector, template}}],
	['batch/v1', 'Job', 'jobs', {spec: {template: {spec: {containers, restartPolicy: 'Never'}}}}],
	[
		'batch/v1',
		'CronJob',
		'cronjobs',
		{spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: {spec: {containers, restartPolicy: 'Never'}}}}}},
	],
	['autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {spec: {scaleTargetRef: target, maxReplicas: 5}}],
	[
		'autoscaling/v1',
		'HorizontalPodAutoscaler',
		'horizontalpodautoscalers',
		{spec: {scaleTargetRef: target, maxReplicas: 5, targetCPUUtilizationPercentage: 50}},
	],
	['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {spec: {selector, maxUnavailable: 1}}],
	[
		'networking.k8s.io/v1',
		'Ingress',
		'ingresses',
		{
			spec: {
				rules: [{host: 'x.test', http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name: 'k', port: {number: 80}}}}]}}],
			},
		},
	],
	['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', {spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}}],
	['networking.k8s.io/v1', 'IngressClass', 'ingressclasses', {spec: {controller: 'x.test/c'}}, true],
	['rbac.authorization.k8s.io/v1', 'Role', 'roles', {rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get']}]}],
	[
		'rbac.authorization.k8s.io/v1',
		'RoleBinding',
		'rolebindings',
		{roleRef: {kind: 'Role', name: 'k'}, subjects: [{kind: 'User', name: 'u'}]},
	],
	['rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', {rules: []}, true],
	[
		'rbac.authorization.k8s.io/v1',
		'ClusterRoleBinding',
		'clusterrolebindings',
		{roleRef: {kind: 'ClusterRole', name: 'view'}, subjects: [{kind: 'ServiceAccount', name: 's', namespace: 'compare'}]},
		true,
	],
	['storage.k8s.io/v1', 'StorageClass', 'storageclasses', {provisioner: 'x.test/p'}, true],
	['scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', {value: 7}, true],
	['coordination.k8s.io/v1', 'Lease', 'leases', {spec: {holderIdentity: 'h'}}],
	[
		'discovery.k8s.io/v1',
		'EndpointSlice',
		'endpointslices',
		{addressType: 'IPv4', endpoints: [{addresses: ['10.1.1.1']}], ports: [{port: 80}]},
	],
];

const collection = (version: string, resource: string, isClusterWide: boolean) =>
	`${version === 'v1' ? '/api/v1' : `/apis/${version}`}${isClusterWide ? '' : '/namespaces/compare'}/${resource}`;

/** Defaults and Table columns of each kind that tools read or write. */
export const kinds: readonly Row[] = least.flatMap(([apiVersion, kind, resource, rest = {}, isClusterWide = false]) => {
	const path = collection(apiVersion, resource, isClusterWide);
	return [
		{name: `defaults of ${apiVersion} ${kind}`, ask: post(`${path}?dryRun=All`, {apiVersion, kind, metadata: {name: 'k'}, ...rest})},
		{
			name: `columns of ${apiVersion} ${kind}`,
			ask: {path: `${path}?includeObject=None&fieldSelector=metadata.name%3Dnothing`, headers: table},
		},
	];
});
