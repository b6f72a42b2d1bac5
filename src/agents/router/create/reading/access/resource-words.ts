/** A thing that rights are about. Subresources are written with a slash: `pods/log`. `kind`: of one object, where its name may be told. */
type ResourceWord = {readonly group: string; readonly plural: string; readonly kind: string; readonly words: RegExp};

const rbac = 'rbac.authorization.k8s.io';

/** English words stand whole, Korean ones before their particles. */
const row = (group: string, plural: string, kind: string, english: string, korean?: string): ResourceWord => ({
	group,
	plural,
	kind,
	words: new RegExp(`^(?:${english}|${plural})$${korean === undefined ? '' : `|^(?:${korean})`}`),
});

/** Resources by their group, with the words of people. */
const rows: readonly ResourceWord[] = [
	row('', 'pods', 'Pod', 'pods?', '파드|포드'),
	row('', 'services', 'Service', 'services?|svcs?', '서비스(?! ?(?:어카운트|계정))'),
	row('', 'endpoints', 'Endpoints', 'endpoints?', '엔드포인트'),
	row('', 'configmaps', 'ConfigMap', 'config-?maps?|cms?', '컨피그맵|설정맵'),
	row('', 'secrets', 'Secret', 'secrets?', '시크릿'),
	row('', 'serviceaccounts', 'ServiceAccount', 'serviceaccounts|service-accounts', '서비스어카운트들'),
	row('', 'namespaces', 'Namespace', 'namespaces', '네임스페이스(?:들|를|랑|도)'),
	row('', 'nodes', 'Node', 'nodes?', '노드'),
	row('', 'events', 'Event', 'events?', '이벤트'),
	row('', 'persistentvolumeclaims', 'PersistentVolumeClaim', 'persistentvolumeclaims?|pvcs?|claims', '볼륨클레임|클레임'),
	row('', 'persistentvolumes', 'PersistentVolume', 'persistentvolumes?|pvs?', '퍼시스턴트볼륨$'),
	row('', 'resourcequotas', 'ResourceQuota', 'resourcequotas?|quotas', '리소스쿼터|쿼터'),
	row('', 'limitranges', 'LimitRange', 'limit-?ranges?', '리밋레인지'),
	row('', 'replicationcontrollers', 'ReplicationController', 'replicationcontrollers?'),
	row('', 'podtemplates', 'PodTemplate', 'podtemplates?'),
	row('apps', 'deployments', 'Deployment', 'deployments?|deploys', '디플로이먼트|배포들'),
	row('apps', 'statefulsets', 'StatefulSet', 'stateful-?sets?|sts', '스테이트풀셋'),
	row('apps', 'daemonsets', 'DaemonSet', 'daemon-?sets?', '데몬셋'),
	row('apps', 'replicasets', 'ReplicaSet', 'replica-?sets?', '레플리카셋'),
	row('apps', 'controllerrevisions', 'ControllerRevision', 'controllerrevisions?'),
	row('batch', 'cronjobs', 'CronJob', 'cron-?jobs?', '크론잡'),
	row('batch', 'jobs', 'Job', 'jobs?', '잡(?=$|[을를은는이가과와만도])'),
	row('networking.k8s.io', 'ingresses', 'Ingress', 'ingress', '인그레스'),
	row('networking.k8s.io', 'ingressclasses', 'IngressClass', 'ingressclass'),
	row('networking.k8s.io', 'networkpolicies', 'NetworkPolicy', 'networkpolicy|netpols?|network-policies', '네트워크폴리시|네트워크정책'),
	row('discovery.k8s.io', 'endpointslices', 'EndpointSlice', 'endpointslices?'),
	row('autoscaling', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', 'hpas?|horizontalpodautoscalers?|autoscalers?', '오토스케일러'),
	row('policy', 'poddisruptionbudgets', 'PodDisruptionBudget', 'pdbs?|poddisruptionbudgets?|budgets'),
	row(rbac, 'roles', 'Role', 'roles', '롤들'),
	row(rbac, 'rolebindings', 'RoleBinding', 'role-?bindings', '롤바인딩들'),
	row(rbac, 'clusterroles', 'ClusterRole', 'cluster-?roles'),
	row(rbac, 'clusterrolebindings', 'ClusterRoleBinding', 'cluster-?role-?bindings'),
	row('storage.k8s.io', 'storageclasses', 'StorageClass', 'storage-?class', '스토리지클래스'),
	row('storage.k8s.io', 'volumeattachments', 'VolumeAttachment', 'volumeattachments?'),
	row('storage.k8s.io', 'csidrivers', 'CSIDriver', 'csidrivers?'),
	row('snapshot.storage.k8s.io', 'volumesnapshots', 'VolumeSnapshot', 'volume-?snapshots?|snapshots', '볼륨스냅샷|스냅샷'),
	row('scheduling.k8s.io', 'priorityclasses', 'PriorityClass', 'priority-?class'),
	row('coordination.k8s.io', 'leases', 'Lease', 'leases?'),
	row('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', 'crds?|customresourcedefinitions?'),
	row('metrics.k8s.io', 'podmetrics', 'PodMetrics', 'podmetrics'),
];

/** Several resources that people speak of with one word. */
const together: readonly (readonly [words: RegExp, plurals: readonly string[]])[] = [
	[/^workloads?$|^워크로드/, ['deployments', 'statefulsets', 'daemonsets']],
];

/** Where nothing lives in a namespace. */
const clusterScoped = new Set(
	'nodes persistentvolumes namespaces storageclasses clusterroles clusterrolebindings customresourcedefinitions priorityclasses ingressclasses volumeattachments csidrivers'.split(
		' ',
	),
);

/** Whether a resource, or that of a subresource, lives in no namespace. */
export const isClusterScoped = (plural: string) => clusterScoped.has(plural.split('/')[0] ?? '');

export type Resource = {readonly group: string; readonly plural: string; readonly kind: string | undefined; readonly isOne: boolean};

const found = (word: string): readonly Resource[] => {
	const many = together.find(([words]) => words.test(word))?.[1];
	if (many !== undefined)
		return rows.flatMap(({group, plural, kind}) => (many.includes(plural) ? [{group, plural, kind, isOne: false}] : []));
	const one = rows.find(({words}) => words.test(word));
	return one === undefined
		? []
		: [{group: one.group, plural: one.plural, kind: one.kind, isOne: /^[a-z-]+$/.test(word) && !word.endsWith('s')}];
};

/** What a word names: `pods/log`, `certificates.cert-manager.io`, `워크로드`; nothing where it is no resource. */
export function resourcesOf(word: string): readonly Resource[] {
	const [, owner, part] = /^([a-z-]+)\/([a-z]+)$/.exec(word) ?? [];
	if (owner !== undefined && part !== undefined)
		return found(owner).map(({group, plural}) => ({group, plural: `${plural}/${part}`, kind: undefined, isOne: false}));
	const [, plural, group] = /^([a-z]+s)\.([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)$/.exec(word) ?? [];
	if (plural !== undefined && group !== undefined) return [{group, plural, kind: undefined, isOne: false}];
	return found(word);
}

/** What of a pod or a workload is meant by a word beside it: `pod logs`, `파드 로그`, `scale of deployments`. */
export const parts: readonly (readonly [part: string, owner: string, words: RegExp])[] = [
	['log', 'pods', /^logs?$|^로그/],
	['exec', 'pods', /^exec$/],
	['portforward', 'pods', /^port-?forward(?:s|ing)?$|^포트포워[드딩]/],
	['attach', 'pods', /^attach$/],
	['eviction', 'pods', /^evictions?$|^축출/],
	['ephemeralcontainers', 'pods', /^ephemeralcontainers$/],
];

/** Resources of which the number of pods is a part of its own. */
export const scaled = /^(?:deployments|statefulsets|replicasets|replicationcontrollers)$/;
