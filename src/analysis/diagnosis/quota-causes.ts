import {listAt, numberAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause} from './cause.ts';

/** The server's own words for pods that it refuses to make. */
const refusals = ({workload, events}: Case): readonly string[] => [
	...listAt(workload, 'status', 'conditions')
		.filter(each => textAt(each, 'type') === 'ReplicaFailure' && textAt(each, 'status') === 'True')
		.map(each => textAt(each, 'message') ?? ''),
	...events.filter(each => textAt(each, 'reason') === 'FailedCreate').map(each => textAt(each, 'message') ?? ''),
];

const amount = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

/** Pods that the server does not make, mostly because a quota is used up. */
export function quotaCauses(given: Case): readonly Cause[] {
	const {workload, pods, scene} = given;
	if (workload === undefined) return [];
	const name = refText(refOf(workload));
	const [told] = refusals(given);
	const full = ofKind(scene, 'ResourceQuota').flatMap(quota =>
		Object.entries(objectAt(quota, 'spec', 'hard')).flatMap(([what, hard]) => {
			const used = objectAt(quota, 'status', 'used')[what];
			const [most, now] = [amount(hard), amount(used)];
			return most !== undefined && now !== undefined && now >= most ? [{quota, what, hard, used}] : [];
		}),
	);
	const wanted = numberAt(workload, 'spec', 'replicas') ?? 1;
	const isShort = ['Deployment', 'StatefulSet'].includes(workload.kind) && pods.length < wanted && !isUnread(scene, 'Pod');
	if (told === undefined && !(isShort && full.length > 0)) return [];
	const quotas = full.map(({quota, what, used, hard}) => ({source: refText(refOf(quota)), detail: `${what}: ${used} of ${hard} used`}));
	const isQuota = told === undefined || /quota/i.test(told);
	return [
		{
			id: isQuota ? 'quota-used-up' : 'pods-refused',
			resource: refOf(workload),
			cause: isQuota
				? {
						en: `${name} has ${pods.length} of ${wanted} pods: the quota of namespace ${scene.namespace} is used up`,
						ko: `${name}의 파드가 ${wanted}개 중 ${pods.length}개입니다: 네임스페이스 ${scene.namespace}의 쿼터가 찼습니다`,
					}
				: {en: `The server refuses to make the pods of ${name}`, ko: `서버가 ${name}의 파드를 만들지 않습니다`},
			evidence: [...(told === undefined ? [] : [{source: name, detail: oneLine(told).slice(0, 300)}]), ...quotas],
			remedies: [],
		},
	];
}
