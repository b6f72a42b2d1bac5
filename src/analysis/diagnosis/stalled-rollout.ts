import {listAt, textAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import type {Cause} from './cause.ts';
import {placedContainers} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {programChanges} from './release-to-blame.ts';
import {backRemedy, changeEvidence, changeOf} from './template-change.ts';

/** A rollout past its deadline of which nothing says why: the revision before is still ready, so whatever it is came with the change. */
export function stalledRollout(given: Case): readonly Cause[] {
	const {workload} = given;
	const told = listAt(workload, 'status', 'conditions').find(each => textAt(each, 'reason') === 'ProgressDeadlineExceeded');
	const change = told === undefined ? undefined : changeOf(given);
	if (workload === undefined || change === undefined || change.earlier.ready === 0) return [];
	const [first] = placedContainers(workload).flatMap(placed => programChanges(change.exchanges, placed));
	const blamed = first ?? change.exchanges[0];
	const name = refText(refOf(workload));
	return [
		{
			id: 'rollout-stalled',
			resource: refOf(workload),
			path: blamed === undefined ? undefined : fieldPath(workload, blamed.path),
			cause: {
				en: `The pods of the last change of ${name} do not become ready, and its deadline has passed; those of the revision before are`,
				ko: `${name}의 마지막 변경으로 만든 파드가 기한 안에 준비되지 않았고, 이전 리비전의 파드는 정상입니다`,
			},
			evidence: [
				{source: name, detail: textAt(told, 'message') ?? 'ProgressDeadlineExceeded'},
				...changeEvidence(given, change, change.exchanges),
			],
			remedies: backRemedy(given, change),
		},
	];
}
