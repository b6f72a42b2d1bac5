import {listAt, objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {roomOf} from '../../../capacity/free-room.ts';
import {podSize} from '../../../capacity/pod-size.ts';
import {completed, takes} from '../../../capacity/quota-size.ts';
import {keepsAway} from '../../../diagnosis/closed-nodes.ts';
import {isChosen} from '../../../diagnosis/node-choice.ts';
import type {Survey} from '../../survey.ts';

const share = (free: number, each: number) => (each > 0 ? Math.floor(free / each + 1e-9) : Number.POSITIVE_INFINITY);

function byNodes(workload: KubeObject, survey: Survey): number {
	const podSpec = podSpecOf(workload);
	const size = podSize(podSpec);
	const open = survey
		.all('Node')
		.filter(node => isChosen(node, podSpec) && !listAt(node, 'spec', 'taints').some(keepsAway(podSpec)))
		.map(({metadata}) => metadata.name);
	if (!survey.isRead('Node') || !survey.isRead('Pod') || survey.all('Node').length === 0) return Number.POSITIVE_INFINITY;
	return roomOf(survey.all('Node'), survey.all('Pod'))
		.filter(({name, closed}) => open.includes(name) && closed !== 'cordoned' && closed !== 'not ready')
		.map(({free, podsFree}) => Math.min(podsFree, share(free.cpuCores, size.cpuCores), share(free.memoryBytes, size.memoryBytes)))
		.reduce((sum, pods) => sum + pods, 0);
}

function byQuotas(workload: KubeObject, survey: Survey): number {
	const {namespace} = workload.metadata;
	const each = takes(completed(podSpecOf(workload), survey.all('LimitRange', namespace)));
	const left = survey
		.all('ResourceQuota', namespace)
		.filter(quota => ['scopes', 'scopeSelector'].every(field => objectAt(quota, 'spec')[field] === undefined))
		.flatMap(quota =>
			Object.entries(objectAt(quota, 'spec', 'hard')).map(([what, hard]) => {
				const [most, used] = [hard, objectAt(quota, 'status', 'used')[what] ?? '0'].map(value => quantityOf(String(value)) ?? 0);
				return share((most ?? 0) - (used ?? 0), each[what] ?? 0);
			}),
		);
	return Math.max(0, Math.min(...left));
}

/** How many more pods of a workload the nodes and the quotas of its namespace bear, as they are now; infinite where neither says anything. */
export const roomForMore = (workload: KubeObject, survey: Survey): number =>
	Math.min(byNodes(workload, survey), byQuotas(workload, survey));
