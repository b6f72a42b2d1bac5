import type {Clause} from '../clause.ts';
import {spoken} from '../words/spoken.ts';

/** Every kind that people speak of by a name, the likeliest first. */
export const namedKinds = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'CronJob',
	'Job',
	'Service',
	'Ingress',
	'ConfigMap',
	'Secret',
	'PersistentVolumeClaim',
	'HorizontalPodAutoscaler',
	'PodDisruptionBudget',
	'NetworkPolicy',
	'ResourceQuota',
	'LimitRange',
	'ServiceAccount',
	'Role',
	'RoleBinding',
	'ClusterRole',
	'ClusterRoleBinding',
	'PersistentVolume',
	'StorageClass',
	'Node',
] as const;

/** Whether a clause only wants to know. `can you restart …` and `could you …` are orders. */
export function isQuestion(clause: Pick<Clause, 'words' | 'text'>): boolean {
	const first = clause.words[0]?.text ?? '';
	if (first === 'get' && clause.words[1]?.text === 'rid') return false;
	if (/^(what|which|who|whose|why|how|where|when|is|are|does|do|did|has|may|any|list|show|count|compare|tell|get|describe)$/.test(first))
		return true;
	return spoken(clause, '누구 뭐 몇 어디 왜 어느 목록 알리 보 언제 얼마');
}
