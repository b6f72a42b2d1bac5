import {type Field, field, meaning, named} from '../field.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** Fields of workloads that keep pods running, beside their pods. */
export const ofWorkloads: readonly Field[] = [
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
