import {type Field, field, meaning, named} from './field.ts';

const pods = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

const ofPods: readonly Field[] = [
	field(pods, 'pod', 'terminationGracePeriodSeconds', 'seconds', /\bgrace(?: period)?\b|종료 ?(?:유예|대기)|유예 ?(?:시간|기간)|그레이스/),
	field(pods, 'pod', 'serviceAccountName', 'name', /\bservice ?account\b|서비스 ?(?:어카운트|계정)/),
	field(pods, 'pod', 'priorityClassName', 'name', /\bpriority(?: ?class)?\b|우선 ?순위(?: ?클래스)?|프라이어리티/),
	field(pods, 'pod', 'dnsPolicy', named('ClusterFirst', 'Default', 'ClusterFirstWithHostNet', 'None'), /\bdns policy\b|dns ?정책/),
	field(
		pods,
		'pod',
		'hostNetwork',
		[meaning(true, /\bhost network\b|\bnetwork of the (?:node|host)\b|호스트 ?네트워크/)],
		/\bhost network\b/,
	),
	field(pods, 'container', 'imagePullPolicy', named('Always', 'IfNotPresent', 'Never'), /\b(?:image )?pull policy\b|\bpull\b|풀 ?정책/),
];

const ofWorkloads: readonly Field[] = [
	field(
		workloads,
		'object',
		'spec.revisionHistoryLimit',
		'count',
		/\b(?:revision )?history(?: limit)?\b|\brevisions\b|리비전(?: ?(?:기록|이력|히스토리))?/,
	),
	field(workloads, 'object', 'spec.minReadySeconds', 'seconds', /\bmin(?:imum)? ready(?: time)?\b|최소 ?준비/),
	field(['Deployment'], 'object', 'spec.progressDeadlineSeconds', 'seconds', /\bprogress deadline\b|진행 ?기한/),
	field(
		['Deployment'],
		'object',
		'spec.strategy.type',
		named('Recreate', 'RollingUpdate'),
		/\b(?:deployment |update |rollout )?strategy\b|(?:배포 ?)?전략/,
	),
	field(['Deployment'], 'object', 'spec.strategy.rollingUpdate.maxSurge', 'share', /\b(?:max(?:imum)? )?surge\b|맥스 ?서지|서지/),
	field(['Deployment'], 'object', 'spec.strategy.rollingUpdate.maxUnavailable', 'share', /\bmax(?:imum)? unavailable\b|최대 ?불가용/),
	field(
		['StatefulSet'],
		'object',
		'spec.podManagementPolicy',
		[
			...named('Parallel', 'OrderedReady'),
			meaning(
				'Parallel',
				/\b(?:start|come up|begin|launch)\w*(?: all)?(?: \w+)? (?:in parallel|at once|together|at the same time)|(?:동시에|병렬로|한꺼번에) ?(?:시작|기동|뜨|띄)/,
			),
			meaning('OrderedReady', /\bone after (?:the other|another)\b|순서대로|차례로/),
		],
		/\bpod management(?: policy)?\b/,
	),
];

const ofJobs: readonly Field[] = [
	field(
		['CronJob'],
		'object',
		'spec.concurrencyPolicy',
		named('Allow', 'Forbid', 'Replace'),
		/\bconcurrency(?: policy)?\b|동시 ?(?:실행|성)(?: ?정책)?/,
	),
	field(
		['CronJob'],
		'object',
		'spec.successfulJobsHistoryLimit',
		'count',
		/\bsuccess(?:ful|es)?\b(?: (?:jobs?|runs?|ones?))?(?: history)?(?: limit)?|성공(?:한)?(?: ?(?:기록|이력|잡|실행))?/,
	),
	field(
		['CronJob'],
		'object',
		'spec.failedJobsHistoryLimit',
		'count',
		/\bfail(?:ed|ure|ures)?\b(?: (?:jobs?|runs?|ones?))?(?: history)?(?: limit)?|실패(?:한)?(?: ?(?:기록|이력|잡|실행))?/,
	),
	field(['CronJob'], 'object', 'spec.startingDeadlineSeconds', 'seconds', /\bstarting deadline\b|\bstarts? late\b|시작 ?기한/),
	field(['CronJob'], 'object', 'spec.timeZone', 'name', /\btime ?zone\b|시간대|타임 ?존/),
	field(['Job'], 'object', 'spec.completions', 'count', /\bcompletions?\b|\btimes in all\b|완료(?: ?(?:수|횟수))?/),
	field(['Job'], 'object', 'spec.completionMode', [meaning('Indexed', /\bindexed\b|인덱스(?:드)?/)], /\bcompletion mode\b/),
	field(
		['Job'],
		'object',
		'spec.parallelism',
		'count',
		/\bparallelism\b|\bin parallel\b|\bat (?:a time|once)\b|\bconcurrently\b|병렬|동시에/,
	),
	field(['Job'], 'object', 'spec.backoffLimit', 'count', /\bback-?off(?: limit)?\b|\bretr(?:y|ies)\b|재시도/),
	field(
		['Job'],
		'object',
		'spec.ttlSecondsAfterFinished',
		'seconds',
		/\bttl\b|\bafter (?:it is |it's |being )?(?:finished|done|over)\b|\bafter it (?:finishes|ends)\b|끝나고|완료 ?후|끝난 ?(?:뒤|후|지)/,
	),
	field(
		['Job'],
		'object',
		'spec.activeDeadlineSeconds',
		'seconds',
		/\b(?:active )?deadline\b|\btime ?limit\b|\btime ?out\b|\bmay (?:take|run)(?: for)?\b|\bat most\b|(?:제한 ?시간|시간 ?제한|타임아웃)/,
	),
];

const ofLimits: readonly Field[] = [
	field(
		['PodDisruptionBudget'],
		'object',
		'spec.minAvailable',
		'share',
		/\bmin(?:imum)? available\b|\bat least\b.*\bavailable\b|(?:pdb|budget).*\b(?:must|should|have to|has to|at least|min\w*)\b(?!.*\bunavailable)|최소 ?가용|(?:pdb|버짓|예산).*최소 ?\d|최소 ?\d.*(?:pdb|버짓|예산)/i,
		'spec.maxUnavailable',
	),
	field(
		['PodDisruptionBudget'],
		'object',
		'spec.maxUnavailable',
		'share',
		/\bmax(?:imum)? unavailable\b|\bat most\b.*\bunavailable\b|최대 ?(?:불가용|중단)|(?:pdb|버짓|예산).*최대 ?\d|최대 ?\d.*(?:pdb|버짓|예산)/i,
		'spec.minAvailable',
	),
	field(
		['HorizontalPodAutoscaler'],
		'object',
		'spec.behavior.scaleDown.stabilizationWindowSeconds',
		'seconds',
		/\bscal(?:es?|ing)[ -]?(?:back )?(?:down|in)\b|\bshrink\w*|\bscale-?downs?\b|\b(?:stabili[sz]ation )?window\b|(?:줄이|축소|스케일 ?다운)(?:기| ?하기)?(?: ?전)?|안정화/,
	),
	field(
		['HorizontalPodAutoscaler'],
		'object',
		'spec.behavior.scaleUp.stabilizationWindowSeconds',
		'seconds',
		/\bscal(?:es?|ing)[ -]?(?:up|out)\b|\bgrow\w*|\bscale-?ups?\b|(?:늘리|확대|스케일 ?업)(?:기| ?하기)?(?: ?전)?/,
	),
];

const ofServices: readonly Field[] = [
	field(['Service'], 'object', 'spec.type', named('ClusterIP', 'NodePort', 'LoadBalancer'), /\bservice\b|\btype\b|서비스|타입|유형/),
	field(
		['Service'],
		'object',
		'spec.externalTrafficPolicy',
		[
			...named('Cluster', 'Local'),
			meaning(
				'Local',
				/\b(?:keep|keeps|preserv\w*|retain\w*|see|sees) (?:the )?(?:real |original )?(?:client|source|caller)s?'? ?(?:ips?|address\w*)\b|(?:클라이언트|원본|소스) ?(?:ip|아이피|주소)\S* (?:보존|유지|그대로|살)/,
			),
		],
		/\bexternal traffic(?: policy)?\b|외부 ?트래픽(?: ?정책)?/,
	),
	field(
		['Service'],
		'object',
		'spec.sessionAffinity',
		[...named('ClientIP', 'None'), meaning('ClientIP', /\bsticky(?: sessions?)?\b|세션 ?(?:고정|유지)|스티키/)],
		/\bsession affinity\b|세션 ?어피니티/,
	),
];

const ofStorage: readonly Field[] = [
	field(
		['PersistentVolume'],
		'object',
		'spec.persistentVolumeReclaimPolicy',
		named('Retain', 'Delete'),
		/\breclaim(?: policy)?\b|(?:회수|반환) ?정책/,
	),
];

/** Fields by the words for them. What has grammar of its own (images, replicas, ports, schedules, probes) is read elsewhere. */
export const fields: readonly Field[] = [...ofPods, ...ofWorkloads, ...ofJobs, ...ofLimits, ...ofServices, ...ofStorage];
