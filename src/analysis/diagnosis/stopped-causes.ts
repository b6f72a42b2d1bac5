import {numberAt, valueAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import type {Cause} from './cause.ts';
import {writtenText} from './changed-by.ts';
import {merge} from './patch-remedy.ts';
import {isQueued} from './queued-run.ts';

/** What somebody switched off: suspended, paused, or scaled to nothing. */
export function stoppedCauses({workload}: Case): readonly Cause[] {
	if (workload === undefined) return [];
	const name = refText(refOf(workload));
	const resource = refOf(workload);
	const found: Cause[] = [];
	if (valueAt(workload, 'spec', 'suspend') === true && !isQueued(workload))
		found.push({
			id: 'suspended',
			resource,
			path: 'spec.suspend',
			cause: {en: `${name} is suspended: it starts no pods`, ko: `${name}가 일시 중지(suspend)되어 파드를 만들지 않습니다`},
			evidence: [{source: name, detail: 'spec.suspend true'}],
			remedies: [
				merge(
					workload,
					{spec: {suspend: false}},
					{side: 'workload', sure: true, text: {en: `Resume ${name}`, ko: `${name}를 다시 시작합니다`}},
				),
			],
		});
	if (workload.kind === 'Deployment' && valueAt(workload, 'spec', 'paused') === true)
		found.push({
			id: 'paused',
			resource,
			path: 'spec.paused',
			cause: {
				en: `${name} is paused: changes of its template reach no pod`,
				ko: `${name}의 롤아웃이 멈춰 있어 바뀐 템플릿이 파드에 적용되지 않습니다`,
			},
			evidence: [{source: name, detail: ['spec.paused true', writtenText(workload, ['spec', 'paused'])].filter(Boolean).join('; ')}],
			remedies: [
				merge(
					workload,
					{spec: {paused: false}},
					{side: 'workload', sure: true, text: {en: `Let the rollout of ${name} go on`, ko: `${name}의 롤아웃을 계속합니다`}},
				),
			],
		});
	if (numberAt(workload, 'spec', 'replicas') === 0)
		found.push({
			id: 'no-replicas',
			resource,
			path: 'spec.replicas',
			cause: {en: `${name} is scaled to 0 replicas`, ko: `${name}의 레플리카가 0개입니다`},
			evidence: [{source: name, detail: 'spec.replicas 0'}],
			remedies: [1, 2].map(replicas => ({
				tool: 'workload_scale',
				input: {
					workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`,
					namespace: workload.metadata.namespace ?? 'default',
					replicas,
				},
				side: 'workload' as const,
				sure: false,
				text: {en: `Scale ${name} to ${replicas}`, ko: `${name}를 ${replicas}개로 늘립니다`},
			})),
		});
	return found;
}
