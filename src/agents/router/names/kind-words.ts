/** How people name the kinds of Kubernetes, in both languages. A phrase of several words is joined by `_`. Plurals are found by themselves. */
const table: {readonly [kind: string]: string} = {
	Pod: 'pod po 파드 포드 팟',
	Deployment: 'deployment deploy 디플로이먼트 디플로이 디플',
	StatefulSet: 'statefulset stateful_set sts 스테이트풀셋 스테이트풀_셋',
	DaemonSet: 'daemonset daemon_set ds 데몬셋 데몬_셋',
	ReplicaSet: 'replicaset replica_set rs 레플리카셋',
	CronJob: 'cronjob cron_job cron cj 크론잡 크론_잡 크론',
	Job: 'job 잡',
	Service: 'service svc 서비스',
	Ingress: 'ingress ing 인그레스',
	IngressClass: 'ingressclass ingress_class 인그레스클래스 인그레스_클래스',
	ConfigMap: 'configmap config_map cm 컨피그맵 컨피그_맵 설정맵',
	Secret: 'secret 시크릿',
	Namespace: 'namespace ns 네임스페이스',
	Node: 'node 노드',
	PersistentVolumeClaim:
		'persistentvolumeclaim persistent_volume_claim volume_claim pvc claim volume 볼륨_클레임 볼륨클레임 퍼시스턴트볼륨클레임 클레임 볼륨 디스크',
	PersistentVolume: 'persistentvolume persistent_volume pv 퍼시스턴트볼륨',
	StorageClass: 'storageclass storage_class sc 스토리지클래스 스토리지_클래스',
	HorizontalPodAutoscaler:
		'horizontalpodautoscaler horizontal_pod_autoscaler hpa autoscaler pod_autoscaler auto_scaler 오토스케일러 오토_스케일러',
	PodDisruptionBudget: 'poddisruptionbudget pod_disruption_budget disruption_budget budget pdb 버짓 중단_예산 파드중단예산',
	ResourceQuota: 'resourcequota resource_quota quota 쿼터 리소스쿼터 리소스_쿼터',
	LimitRange: 'limitrange limit_range 리밋레인지 리밋_레인지',
	NetworkPolicy: 'networkpolicy network_policy netpol 네트워크폴리시 네트워크_폴리시 네트워크정책 네트워크_정책',
	Role: 'role 롤 역할',
	ClusterRole: 'clusterrole cluster_role 클러스터롤 클러스터_롤',
	RoleBinding: 'rolebinding role_binding 롤바인딩 롤_바인딩',
	ClusterRoleBinding: 'clusterrolebinding cluster_role_binding 클러스터롤바인딩 클러스터_롤_바인딩',
	ServiceAccount: 'serviceaccount service_account sa 서비스어카운트 서비스_어카운트 서비스계정 서비스_계정',
	PriorityClass: 'priorityclass priority_class 프라이어리티클래스 우선순위클래스 우선순위_클래스',
	Event: 'event 이벤트',
};

/** One way to say a kind. */
export type KindPhrase = {readonly kind: string; readonly words: readonly string[]};

/** Longest phrase first, so that a `cron job` is no job. */
export const kindPhrases: readonly KindPhrase[] = Object.entries(table)
	.flatMap(([kind, phrases]) => phrases.split(' ').map(phrase => ({kind, words: phrase.split('_')})))
	.toSorted((a, b) => b.words.length - a.words.length);

const koreanNames: {readonly [kind: string]: string} = {
	PersistentVolumeClaim: '볼륨 클레임',
	HorizontalPodAutoscaler: '오토스케일러(HPA)',
	PodDisruptionBudget: 'PDB',
	ResourceQuota: '리소스쿼터',
};

/** A kind in a sentence of that language. */
export const kindName = (kind: string, language: 'en' | 'ko') =>
	language === 'en' ? kind : (koreanNames[kind] ?? table[kind]?.split(' ').find(word => /[\uac00-\ud7a3]/.test(word)) ?? kind);

/** What a kind is called in a request: `statefulset`, `스테이트풀셋`. */
export const kindWord = (kind: string, language: 'en' | 'ko') =>
	language === 'en'
		? (table[kind]?.split(' ')[0] ?? kind.toLowerCase())
		: (table[kind]?.split(' ').find(word => /[\uac00-\ud7a3]/.test(word)) ?? kind.toLowerCase());
