import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {writtenText} from '../../../diagnosis/changed-by.ts';
import type {Subject} from '../subject.ts';

/** What a workload says of how it is renewed, and who wrote that. */
export function writtenEvidence({workload}: Pick<Subject, 'workload'>, detail: string, path: readonly string[]): Cause['evidence'] {
	const written = writtenText(workload, path);
	return [{source: refText(refOf(workload)), detail: written === undefined ? detail : `${detail}; ${written}`}];
}
