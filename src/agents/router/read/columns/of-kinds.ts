import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {restartsOf} from '../measure.ts';
import {at, type Column, column, counted, sizeAt, textOf} from './column.ts';

const replicas = (object: KubeObject) =>
	numberAt(object, 'spec', 'replicas') ?? (object.kind === 'DaemonSet' ? numberAt(object, 'status', 'desiredNumberScheduled') : 1);

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;

const ofWorkloads: readonly Column[] = [
	column(
		workloads,
		'replicas|레플리카',
		'replica pod instance copy 레플리카 복제본 인스턴스 파드',
		object => [`${replicas(object) ?? 0}`],
		{
			size: {of: replicas, unit: 'count'},
		},
	),
	column(workloads, 'selector|셀렉터', 'selector 셀렉터', at('spec', 'selector', 'matchLabels')),
	column(
		workloads,
		'strategy|전략',
		'strategy rollout_strategy update_strategy 전략',
		object => [
			...at('spec', 'strategy', 'type')(object),
			...at('spec', 'updateStrategy', 'type')(object),
			...at('spec', 'strategy', 'rollingUpdate')(object),
		],
		{chooses: {Recreate: 'recreate 리크리에이트', OnDelete: 'ondelete on_delete'}},
	),
	counted(workloads, 'revision history|리비전 보관', 'revision_history_limit history_limit 리비전_보관', 'spec.revisionHistoryLimit'),
	counted(['Deployment'], 'progress deadline|진행 기한', 'progress_deadline 진행_기한', 'spec.progressDeadlineSeconds', 'seconds'),
	column(
		['StatefulSet'],
		'pod management|파드 관리',
		'pod_management podmanagementpolicy parallel 병렬',
		at('spec', 'podManagementPolicy'),
		{chooses: {Parallel: 'parallel 병렬'}},
	),
	column(['StatefulSet'], 'governing service|서비스', 'service service_name servicename 서비스', at('spec', 'serviceName')),
	column(['StatefulSet'], 'claims|클레임', 'storage volume claim disk size 스토리지 볼륨 클레임 용량', object =>
		listAt(object, 'spec', 'volumeClaimTemplates').map(each =>
			`${textAt(each, 'metadata', 'name')} ${textOf(valueAt(each, 'spec', 'resources', 'requests', 'storage')).join('')} ${textAt(each, 'spec', 'storageClassName') ?? ''}`.trim(),
		),
	),
	column(['Pod'], 'node|노드', 'node 노드', at('spec', 'nodeName'), {chooses: {}, refers: 'Node'}),
	column(['Pod'], 'restarts|재시작', 'restart restarts restarted 재시작', pod => [`${restartsOf(pod)}`], {
		size: {of: restartsOf, unit: 'count'},
	}),
	column(['Pod'], 'IP|IP', 'ip ip_address address 아이피', at('status', 'podIP')),
	column(['Pod'], 'QoS class|QoS', 'qos', at('status', 'qosClass'), {chooses: {}}),
];

const ofJobs: readonly Column[] = [
	column(['CronJob'], 'schedule|스케줄', 'schedule when time 스케줄 일정 주기 시각 시간 언제', at('spec', 'schedule')),
	column(['CronJob'], 'time zone|시간대', 'time_zone timezone tz 시간대 타임존 타임_존', at('spec', 'timeZone'), {chooses: {}}),
	column(['CronJob', 'Job'], 'suspended|중지', 'suspend suspended paused 중지 정지 일시_중지 서스펜드', object => [
		`${valueAt(object, 'spec', 'suspend') === true}`,
	]),
	column(['CronJob'], 'concurrency policy|동시 실행', 'concurrency concurrent overlap 동시 겹치', at('spec', 'concurrencyPolicy'), {
		chooses: {Forbid: 'forbid', Replace: 'replace', Allow: 'allow'},
	}),
	counted(['CronJob'], 'successful jobs kept|성공 잡 보관', 'successful success_history history 성공', 'spec.successfulJobsHistoryLimit'),
	counted(['CronJob'], 'failed jobs kept|실패 잡 보관', 'failed failed_history history 실패', 'spec.failedJobsHistoryLimit'),
	counted(['CronJob'], 'starting deadline|시작 기한', 'starting_deadline deadline 기한', 'spec.startingDeadlineSeconds', 'seconds'),
	column(['CronJob'], 'last run|마지막 실행', 'last_run last_time last_schedule 마지막', at('status', 'lastScheduleTime')),
	counted(['Job'], 'completions|완료 수', 'completion complete 완료', 'spec.completions'),
	counted(['Job'], 'parallelism|병렬 수', 'parallelism parallel at_once 병렬 동시', 'spec.parallelism'),
	counted(['Job'], 'backoff limit|재시도', 'backoff backofflimit retry retries 재시도 백오프', 'spec.backoffLimit'),
	counted(['Job'], 'deadline|제한 시간', 'deadline active_deadline 제한_시간', 'spec.activeDeadlineSeconds', 'seconds'),
	counted(['Job'], 'TTL|TTL', 'ttl', 'spec.ttlSecondsAfterFinished', 'seconds'),
];

const servicePorts = (service: KubeObject) =>
	listAt(service, 'spec', 'ports').map(port => {
		const [number, target, node] = [numberAt(port, 'port'), valueAt(port, 'targetPort'), numberAt(port, 'nodePort')];
		const name = textAt(port, 'name');
		return `${number}→${String(target ?? number)}${node === undefined ? '' : `, node port ${node}`}${name === undefined ? '' : ` (${name})`}`;
	});

const paths = (ingress: KubeObject) =>
	listAt(ingress, 'spec', 'rules').flatMap(rule =>
		listAt(rule, 'http', 'paths').map(path => {
			const service = valueAt(path, 'backend', 'service');
			return `${textAt(path, 'path') ?? '/'} → ${textAt(service, 'name') ?? ''}:${textOf(valueAt(service, 'port', 'number') ?? valueAt(service, 'port', 'name')).join('')}`;
		}),
	);

const ofNetwork: readonly Column[] = [
	column(['Service'], 'type|유형', 'type 타입 유형', object => [textAt(object, 'spec', 'type') ?? 'ClusterIP'], {
		chooses: {
			LoadBalancer: 'loadbalancer load_balancer 로드밸런서',
			NodePort: 'nodeport node_port 노드포트',
			ClusterIP: 'clusterip cluster_ip',
			ExternalName: 'externalname external_name',
		},
	}),
	column(['Service'], 'ports|포트', 'port listen target_port targetport node_port nodeport 포트 타깃포트', servicePorts),
	column(['Service'], 'selector|셀렉터', 'selector select pick 셀렉터 고르', at('spec', 'selector')),
	column(['Service'], 'cluster IP|클러스터 IP', 'ip cluster_ip clusterip address', at('spec', 'clusterIP')),
	column(['Service'], 'session affinity|세션 어피니티', 'affinity session sticky 세션', at('spec', 'sessionAffinity')),
	column(
		['Service'],
		'traffic policy|트래픽 정책',
		'traffic_policy externaltrafficpolicy 트래픽_정책',
		at('spec', 'externalTrafficPolicy'),
	),
	column(
		['Ingress'],
		'hosts|호스트',
		'host hostname domain url address 호스트 도메인 주소',
		object => listAt(object, 'spec', 'rules').flatMap(rule => textAt(rule, 'host') ?? '*'),
		{chooses: {}},
	),
	column(['Ingress'], 'paths|경로', 'path route backend service target go lead send 경로 백엔드 서비스', paths),
	column(['Ingress'], 'class|클래스', 'class ingress_class ingressclass controller 클래스', at('spec', 'ingressClassName'), {
		chooses: {},
		refers: 'IngressClass',
	}),
	column(
		['Ingress'],
		'TLS|TLS',
		'tls https certificate cert 인증서',
		object =>
			listAt(object, 'spec', 'tls').map(
				each => `${textOf(valueAt(each, 'hosts')).join(', ')} by ${textAt(each, 'secretName') ?? '(default)'}`,
			),
		{refers: 'Secret'},
	),
	column(['NetworkPolicy'], 'selects|대상', 'selector select pod apply 셀렉터 대상', object => {
		const labels = at('spec', 'podSelector', 'matchLabels')(object);
		return labels.length === 0 ? ['all pods'] : labels;
	}),
	column(['NetworkPolicy'], 'directions|방향', 'type direction ingress egress 방향', at('spec', 'policyTypes')),
	column(['NetworkPolicy'], 'lets in|허용', 'from allow let who rule peer 허용 출발지', object =>
		[...listAt(object, 'spec', 'ingress'), ...listAt(object, 'spec', 'egress')].flatMap(rule => [
			...[...listAt(rule, 'from'), ...listAt(rule, 'to')].map(peer => JSON.stringify(peer).replaceAll(/[{}"]|matchLabels:?/g, '')),
			...listAt(rule, 'ports').map(port => `port ${textOf(valueAt(port, 'port')).join('')}`),
		]),
	),
	column(['NetworkPolicy'], 'ports|포트', 'port 포트', object =>
		[...listAt(object, 'spec', 'ingress'), ...listAt(object, 'spec', 'egress')].flatMap(rule =>
			listAt(rule, 'ports').map(port => textOf(valueAt(port, 'port')).join('')),
		),
	),
];

const ofStorage: readonly Column[] = [
	column(
		['PersistentVolumeClaim'],
		'size|크기',
		'size large big small capacity storage 크기 용량 큰 작은 스토리지',
		at('spec', 'resources', 'requests', 'storage'),
		{
			size: {of: sizeAt('spec', 'resources', 'requests', 'storage'), unit: 'bytes'},
		},
	),
	column(
		['PersistentVolume'],
		'size|크기',
		'size large big small capacity storage 크기 용량 큰 작은 스토리지',
		at('spec', 'capacity', 'storage'),
		{
			size: {of: sizeAt('spec', 'capacity', 'storage'), unit: 'bytes'},
		},
	),
	column(
		['PersistentVolumeClaim', 'PersistentVolume'],
		'class|클래스',
		'class storage_class storageclass 클래스 스토리지클래스',
		at('spec', 'storageClassName'),
		{chooses: {}, refers: 'StorageClass'},
	),
	column(
		['PersistentVolumeClaim', 'PersistentVolume'],
		'access modes|접근 모드',
		'access mode access_mode rwo rwx 접근 모드',
		at('spec', 'accessModes'),
		{
			chooses: {
				ReadWriteOnce: 'rwo readwriteonce',
				ReadWriteMany: 'rwx readwritemany',
				ReadOnlyMany: 'rox readonlymany',
				ReadWriteOncePod: 'rwop',
			},
		},
	),
	column(['PersistentVolumeClaim'], 'volume|볼륨', 'volume pv persistentvolume 볼륨', at('spec', 'volumeName'), {
		refers: 'PersistentVolume',
	}),
	column(['PersistentVolumeClaim', 'PersistentVolume'], 'phase|상태', 'phase status state bound 상태', at('status', 'phase'), {
		chooses: {Released: 'released', Available: 'available 남는'},
	}),
	column(
		['PersistentVolume'],
		'reclaim policy|회수 정책',
		'reclaim reclaim_policy 회수 반환',
		at('spec', 'persistentVolumeReclaimPolicy'),
		{chooses: {Retain: 'retain', Delete: 'delete'}},
	),
	column(['PersistentVolume'], 'claim|클레임', 'claim bound pvc 클레임', at('spec', 'claimRef', 'name')),
	column(['StorageClass'], 'provisioner|프로비저너', 'provisioner 프로비저너', object => textOf(valueAt(object, 'provisioner'))),
	column(['StorageClass'], 'expansion|확장', 'expand expansion grow resize expandable allowvolumeexpansion 확장 늘릴', object => [
		`${valueAt(object, 'allowVolumeExpansion') === true}`,
	]),
	column(['StorageClass'], 'reclaim policy|회수 정책', 'reclaim 회수', object => textOf(valueAt(object, 'reclaimPolicy'))),
	column(['StorageClass'], 'binding mode|바인딩 모드', 'binding bind 바인딩', object => textOf(valueAt(object, 'volumeBindingMode'))),
];

const ofLimits: readonly Column[] = [
	column(['HorizontalPodAutoscaler'], 'target|대상', 'target scale 대상', object => [
		`${textAt(object, 'spec', 'scaleTargetRef', 'kind')} ${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
	]),
	counted(
		['HorizontalPodAutoscaler'],
		'minimum|최소',
		'min minimum least minreplicas lower_bound floor bound 최소 하한',
		'spec.minReplicas',
	),
	counted(
		['HorizontalPodAutoscaler'],
		'maximum|최대',
		'max maximum most maxreplicas upper_bound ceiling cap bound 최대 상한',
		'spec.maxReplicas',
	),
	column(
		['HorizontalPodAutoscaler'],
		'metrics|지표',
		'metric target utilization utilisation cpu memory threshold percent percentage 지표 목표 사용률 임계',
		object =>
			listAt(object, 'spec', 'metrics').map(each => {
				const source = valueAt(each, 'resource') ?? valueAt(each, 'pods') ?? valueAt(each, 'object') ?? valueAt(each, 'external') ?? {};
				const target = valueAt(source, 'target');
				const share = numberAt(target, 'averageUtilization');
				return `${textAt(source, 'name') ?? textAt(source, 'metric', 'name') ?? ''} ${share === undefined ? textOf(valueAt(target, 'averageValue') ?? valueAt(target, 'value')).join('') : `${share}%`}`;
			}),
	),
	column(
		['PodDisruptionBudget'],
		'minAvailable|최소 가용',
		'min minimum minavailable least available keep 최소',
		at('spec', 'minAvailable'),
	),
	column(
		['PodDisruptionBudget'],
		'maxUnavailable|최대 불가용',
		'max maximum maxunavailable most unavailable 최대',
		at('spec', 'maxUnavailable'),
	),
	column(['PodDisruptionBudget'], 'selector|셀렉터', 'selector select cover protect 셀렉터', at('spec', 'selector', 'matchLabels')),
	counted(
		['PodDisruptionBudget'],
		'disruptions allowed|허용 중단',
		'disruption allowed evict eviction 허용 중단',
		'status.disruptionsAllowed',
	),
	column(
		['ResourceQuota'],
		'hard limits|한도',
		'limit hard quota allow allowed cap maximum max pod cpu memory 한도 제한 상한',
		at('spec', 'hard'),
	),
	column(['ResourceQuota'], 'used|사용', 'used use usage left free remaining 사용 남은', at('status', 'used')),
	column(['LimitRange'], 'limits|제한', 'limit default request max min 제한 기본값', object =>
		listAt(object, 'spec', 'limits').flatMap(each =>
			['default', 'defaultRequest', 'max', 'min'].flatMap(field => textOf(valueAt(each, field)).map(one => `${field} ${one}`)),
		),
	),
];

const ofNodes: readonly Column[] = [
	column(
		['Node'],
		'zone|존',
		'zone region 존 영역 가용영역 리전',
		object => textOf(object.metadata.labels?.['topology.kubernetes.io/zone']),
		{chooses: {}},
	),
	column(['Node'], 'taints|테인트', 'taint 테인트', object =>
		listAt(object, 'spec', 'taints').map(each => `${textAt(each, 'key')}=${textAt(each, 'value') ?? ''}:${textAt(each, 'effect')}`),
	),
	column(['Node'], 'CPU|CPU', 'cpu core capacity allocatable 코어 용량', at('status', 'allocatable', 'cpu'), {
		size: {of: sizeAt('status', 'allocatable', 'cpu'), unit: 'cores'},
	}),
	column(['Node'], 'memory|메모리', 'memory ram capacity allocatable 메모리 용량', at('status', 'allocatable', 'memory'), {
		size: {of: sizeAt('status', 'allocatable', 'memory'), unit: 'bytes'},
	}),
	column(['Node'], 'pods|파드 수', 'pod capacity 파드', at('status', 'allocatable', 'pods'), {
		size: {of: sizeAt('status', 'allocatable', 'pods'), unit: 'count'},
	}),
	column(['Node'], 'version|버전', 'version kubelet 버전', at('status', 'nodeInfo', 'kubeletVersion')),
	column(['Node'], 'system|운영체제', 'os kernel architecture arch 운영체제 커널', object =>
		['osImage', 'kernelVersion', 'architecture', 'operatingSystem'].flatMap(field => textOf(valueAt(object, 'status', 'nodeInfo', field))),
	),
	column(['Node'], 'addresses|주소', 'ip address 주소 아이피', object =>
		listAt(object, 'status', 'addresses').map(each => `${textAt(each, 'type')} ${textAt(each, 'address')}`),
	),
];

const ofSettings: readonly Column[] = [
	column(['ConfigMap', 'Secret'], 'keys|키', 'key field entry 키 항목', object =>
		Object.keys({...objectOf(object.data), ...objectOf(valueAt(object, 'binaryData'))}),
	),
	column(['Secret'], 'type|유형', 'type kind 타입 유형', object => [textOf(valueAt(object, 'type'))[0] ?? 'Opaque'], {
		chooses: {'kubernetes.io/tls': 'tls', 'kubernetes.io/dockerconfigjson': 'docker dockerconfigjson registry', Opaque: 'opaque'},
	}),
	column(['Role', 'ClusterRole'], 'rules|규칙', 'rule right permission verb allow grant may 규칙 권한 동사 허용', object =>
		listAt(object, 'rules').map(
			rule =>
				`${textOf(valueAt(rule, 'verbs')).join(', ')} on ${[...textOf(valueAt(rule, 'resources')), ...textOf(valueAt(rule, 'nonResourceURLs'))].join(', ')}${listAt(rule, 'resourceNames').length === 0 ? '' : ` named ${textOf(valueAt(rule, 'resourceNames')).join(', ')}`}`,
		),
	),
	column(
		['RoleBinding', 'ClusterRoleBinding'],
		'role|롤',
		'role 롤 역할',
		object => [`${textAt(object, 'roleRef', 'kind')} ${textAt(object, 'roleRef', 'name')}`],
		{refers: 'Role'},
	),
	column(
		['RoleBinding', 'ClusterRoleBinding'],
		'subjects|대상',
		'subject who whom user group account bound 대상 누구 사용자 그룹 계정',
		object =>
			listAt(object, 'subjects').map(
				each =>
					`${textAt(each, 'kind')} ${textAt(each, 'namespace') === undefined ? '' : `${textAt(each, 'namespace')}/`}${textAt(each, 'name')}`,
			),
		{refers: 'ServiceAccount'},
	),
	counted(['PriorityClass'], 'value|값', 'value priority 값 우선순위', 'value'),
	column(['PriorityClass'], 'description|설명', 'description 설명', object => textOf(valueAt(object, 'description'))),
	column(['IngressClass'], 'controller|컨트롤러', 'controller 컨트롤러', at('spec', 'controller')),
	column(['Namespace'], 'phase|상태', 'phase status 상태', at('status', 'phase')),
];

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

export const kindColumns: readonly Column[] = [
	...ofWorkloads,
	...ofJobs,
	...ofNetwork,
	...ofStorage,
	...ofLimits,
	...ofNodes,
	...ofSettings,
];
