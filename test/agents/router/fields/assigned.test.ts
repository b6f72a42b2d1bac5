import {expect, test} from 'vitest';
import {assignedIn} from '../../../../src/agents/router/fields/assigned.ts';
import {fields} from '../../../../src/agents/router/fields/vocabulary.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

const of = (kind: string, text: string) =>
	Object.fromEntries(
		assignedIn(
			clauseOf(text),
			fields.filter(({kinds}) => kinds.includes(kind)),
		).map(({field, value}) => [field.path.join('.'), value]),
	);

test.each([
	['Job', 'load-zones: five indexed completions, all five in parallel', {completions: 5, completionMode: 'Indexed', parallelism: 5}],
	['Job', 'give up after 3 retries, and the whole job may take two hours', {backoffLimit: 3, activeDeadlineSeconds: 7200}],
	['Job', '잡 전체 제한 시간은 2시간, 재시도는 4번까지', {activeDeadlineSeconds: 7200, backoffLimit: 4}],
	['Service', 'of type load balancer that keeps the client IPs', {'spec.type': 'LoadBalancer', 'spec.externalTrafficPolicy': 'Local'}],
	['Service', 'externalTrafficPolicy Local, sticky sessions', {'spec.externalTrafficPolicy': 'Local', 'spec.sessionAffinity': 'ClientIP'}],
	['Service', '클라이언트 IP는 보존해줘', {'spec.externalTrafficPolicy': 'Local'}],
	[
		'HorizontalPodAutoscaler',
		'it should wait ten minutes before it scales down',
		{'spec.behavior.scaleDown.stabilizationWindowSeconds': 600},
	],
	['HorizontalPodAutoscaler', '줄이기 전에 5분 기다리게', {'spec.behavior.scaleDown.stabilizationWindowSeconds': 300}],
	[
		'CronJob',
		'keep one successful run and 2 failed ones in the history',
		{'spec.successfulJobsHistoryLimit': 1, 'spec.failedJobsHistoryLimit': 2},
	],
	['StatefulSet', 'pods may start in parallel', {'spec.podManagementPolicy': 'Parallel'}],
	[
		'Deployment',
		'max surge 25%, max unavailable 0, grace period of a minute',
		{
			'spec.strategy.rollingUpdate.maxSurge': '25%',
			'spec.strategy.rollingUpdate.maxUnavailable': 0,
			terminationGracePeriodSeconds: 60,
		},
	],
	['Deployment', 'runs as service account printer with priority class gold', {serviceAccountName: 'printer', priorityClassName: 'gold'}],
	['PersistentVolume', 'reclaim policy of volume disk-1: Delete, please, not Retain', {'spec.persistentVolumeReclaimPolicy': 'Delete'}],
	['Deployment', 'three pods, port 8080', {}],
	[
		'DaemonSet',
		'minReadySeconds=20, updateStrategy.rollingUpdate.maxSurge: 2',
		{'spec.minReadySeconds': 20, 'spec.updateStrategy.rollingUpdate.maxSurge': 2},
	],
	[
		'Service',
		'publishNotReadyAddresses true and internalTrafficPolicy Local',
		{'spec.publishNotReadyAddresses': true, 'spec.internalTrafficPolicy': 'Local'},
	],
	['Service', 'load balancer source ranges 10.1.0.0/16, 10.2.0.0/16', {'spec.loadBalancerSourceRanges': ['10.1.0.0/16', '10.2.0.0/16']}],
	['Service', 'loadBalancerSourceRanges를 192.0.2.0/24로', {'spec.loadBalancerSourceRanges': ['192.0.2.0/24']}],
	['Pod', 'shareProcessNamespace on, enableServiceLinks off', {shareProcessNamespace: true, enableServiceLinks: false}],
	['Deployment', 'without automounting anything: automountServiceAccountToken: false', {automountServiceAccountToken: false}],
	['Deployment', 'runtimeClassName은 gVisor, 호스트명은 그대로', {runtimeClassName: 'gVisor'}],
	['StorageClass', 'allowVolumeExpansion을 켜고 reclaimPolicy Retain', {allowVolumeExpansion: true, reclaimPolicy: 'Retain'}],
	['CronJob', 'backoff limit 2, ttlSecondsAfterFinished 600', {backoffLimit: 2, ttlSecondsAfterFinished: 600}],
	['StatefulSet', 'partition: 3', {'spec.updateStrategy.rollingUpdate.partition': 3}],
])('%s: %s', (kind, text, expected) => {
	expect(of(kind, text)).toEqual(expected);
});
