/** What a field may hold. A share is a whole number or a percentage. */
type Holds = 'number' | 'seconds' | 'share' | 'name' | readonly string[];

/** A field that people change by its name, and where it stands. `pod`: in the pod spec; `container`: in the container that is meant. */
export type Field = {
	readonly kinds: readonly string[];
	readonly place: 'object' | 'pod' | 'container';
	readonly path: readonly string[];
	/** Lower case; the field's own name is known as well. */
	readonly words: RegExp;
	readonly holds: Holds;
	/** Excludes the other way of saying the same. */
	readonly instead?: readonly string[];
};

const pods = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'] as const;

const field = (kinds: readonly string[], place: Field['place'], path: string, holds: Holds, words: RegExp, instead?: string): Field => ({
	kinds,
	place,
	path: path.split('.'),
	holds,
	words: new RegExp(`${words.source}|\\b${path.split('.').at(-1)?.toLowerCase()}\\b`),
	...(instead === undefined ? {} : {instead: instead.split('.')}),
});

/** Fields by the words for them. What has words of its own (images, replicas, resources, probes) is changed elsewhere. */
export const fields: readonly Field[] = [
	field(pods, 'pod', 'terminationGracePeriodSeconds', 'seconds', /\bgrace period|종료 ?(?:유예|대기)|유예 ?(?:시간|기간)|그레이스/),
	field(pods, 'pod', 'serviceAccountName', 'name', /\bservice ?account\b|서비스 ?(?:어카운트|계정)/),
	field(pods, 'pod', 'priorityClassName', 'name', /\bpriority ?class\b|우선 ?순위 ?클래스|프라이어리티/),
	field(pods, 'pod', 'dnsPolicy', ['ClusterFirst', 'Default', 'ClusterFirstWithHostNet', 'None'], /\bdns policy\b/),
	field(pods, 'container', 'imagePullPolicy', ['Always', 'IfNotPresent', 'Never'], /\b(?:image )?pull policy\b|풀 ?정책/),
	field(
		['Deployment', 'StatefulSet', 'DaemonSet'],
		'object',
		'spec.revisionHistoryLimit',
		'number',
		/\brevision history(?: limit)?|\bhistory limit\b|리비전 ?(?:기록|이력|히스토리)/,
	),
	field(
		['Deployment', 'StatefulSet', 'DaemonSet'],
		'object',
		'spec.minReadySeconds',
		'seconds',
		/\bmin(?:imum)? ready(?: seconds| time)?\b/,
	),
	field(['Deployment'], 'object', 'spec.progressDeadlineSeconds', 'seconds', /\bprogress deadline\b|진행 ?기한/),
	field(
		['Deployment'],
		'object',
		'spec.strategy.type',
		['Recreate', 'RollingUpdate'],
		/\b(?:deployment |update |rollout )?strategy\b|배포 ?전략|전략/,
	),
	field(['Deployment'], 'object', 'spec.strategy.rollingUpdate.maxSurge', 'share', /\bmax(?:imum)? surge\b|맥스 ?서지/),
	field(['Deployment'], 'object', 'spec.strategy.rollingUpdate.maxUnavailable', 'share', /\bmax(?:imum)? unavailable\b|최대 ?불가용/),
	field(['StatefulSet'], 'object', 'spec.podManagementPolicy', ['Parallel', 'OrderedReady'], /\bpod management(?: policy)?\b/),
	field(
		['CronJob'],
		'object',
		'spec.concurrencyPolicy',
		['Allow', 'Forbid', 'Replace'],
		/\bconcurrency(?: policy)?\b|동시 ?(?:실행|성)(?: ?정책)?/,
	),
	field(
		['CronJob'],
		'object',
		'spec.successfulJobsHistoryLimit',
		'number',
		/\bsuccess(?:ful)?(?: jobs?)? history(?: limit)?|\b(?:keep|retain)\b.*\bsuccessful|성공 ?(?:기록|이력|잡)/,
	),
	field(
		['CronJob'],
		'object',
		'spec.failedJobsHistoryLimit',
		'number',
		/\bfail(?:ed|ure)?(?: jobs?)? history(?: limit)?|\b(?:keep|retain)\b.*\bfailed|실패 ?(?:기록|이력|잡)/,
	),
	field(['CronJob'], 'object', 'spec.startingDeadlineSeconds', 'seconds', /\bstarting deadline\b|시작 ?기한/),
	field(['CronJob'], 'object', 'spec.timeZone', 'name', /\btime ?zone\b|시간대|타임 ?존/),
	field(['Job'], 'object', 'spec.parallelism', 'number', /\bparallelism\b|\bin parallel\b|병렬/),
	field(['Job'], 'object', 'spec.backoffLimit', 'number', /\bback-?off(?: limit)?\b|\bretries\b|재시도/),
	field(['Job'], 'object', 'spec.ttlSecondsAfterFinished', 'seconds', /\bttl\b/),
	field(['Job'], 'object', 'spec.activeDeadlineSeconds', 'seconds', /\b(?:active )?deadline\b/),
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
	field(['Service'], 'object', 'spec.type', ['ClusterIP', 'NodePort', 'LoadBalancer'], /\bservice\b|\btype\b|서비스|타입|유형/),
	field(['Service'], 'object', 'spec.externalTrafficPolicy', ['Cluster', 'Local'], /\bexternal traffic policy\b/),
	field(['Service'], 'object', 'spec.sessionAffinity', ['ClientIP', 'None'], /\bsession affinity\b|\bsticky sessions?\b|세션 ?어피니티/),
];
