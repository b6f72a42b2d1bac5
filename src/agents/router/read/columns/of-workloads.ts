import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {restartsOf} from '../measure.ts';
import {at, type Column, column, counted, textOf} from './column.ts';

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
			refers: 'Pod',
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

export const workloadColumns: readonly Column[] = [...ofWorkloads, ...ofJobs];
