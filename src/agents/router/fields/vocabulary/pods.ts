import {type Field, field, meaning, named} from '../field.ts';

const pods = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;

/** Fields of what runs pods: of the pod itself and of its containers. */
export const ofPods: readonly Field[] = [
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
