import {refOf, refText} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import type {Remedy} from './cause.ts';
import {earlierRevision, formerImages} from './earlier-revision.ts';

/** Back to the newest earlier revision that ran other images; none where the controller keeps no such one. */
export function rollbackRemedy(given: Case): readonly Remedy[] {
	const earlier = earlierRevision(given);
	if (earlier === undefined || given.workload === undefined) return [];
	const {kind, metadata} = given.workload;
	const name = refText(refOf(given.workload));
	const images = formerImages(given, earlier).join(', ');
	return [
		{
			tool: 'deployment_rollback',
			input: {
				name: kind === 'Deployment' ? metadata.name : `${kind.toLowerCase()}/${metadata.name}`,
				namespace: metadata.namespace ?? 'default',
				to: earlier.revision,
			},
			side: 'workload',
			sure: true,
			text: {
				en: `Roll ${name} back to revision ${earlier.revision} (${images})`,
				ko: `${name}를 리비전 ${earlier.revision}(${images})으로 되돌립니다`,
			},
		},
	];
}
