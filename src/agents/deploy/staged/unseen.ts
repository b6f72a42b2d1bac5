import {isNotAllowed} from '../../../core/error.ts';
import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import {type Prediction, predict} from '../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

/** Longest list of names in one sentence. */
const mostNames = 8;

/** What a plan says of objects that whoever makes it may not read. It is carried out only by somebody who may: its conditions are looked at again. */
export function unseenNotes(unseen: readonly Ref[]): readonly Consequence[] {
	if (unseen.length === 0) return [];
	const names = someOf(unseen.map(refText), mostNames);
	return [
		{
			id: 'not-looked-at',
			severity: 'warning',
			text: `Not looked at, for want of the right to get them: ${names}. The plan takes it that they are not there, and can be carried out only by somebody who may look`,
		},
	];
}

/** What one write would do. What is to be made is shown also where nobody may look whether it is there. */
export async function predictUnseen(cluster: Cluster, write: Write): Promise<Prediction> {
	try {
		return await predict(cluster, write);
	} catch (error) {
		if (write.op !== 'create' || !isNotAllowed(error)) throw error;
		return predict(cluster, write, error.trouble.what);
	}
}
