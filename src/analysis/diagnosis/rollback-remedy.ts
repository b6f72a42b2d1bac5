import {objectAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import type {Remedy} from './cause.ts';
import {earlierRevisions, formerImages, ranOtherImages} from './earlier-revision.ts';
import {exchangesBetween} from './exchanges-between.ts';
import {exchange} from './patch-remedy.ts';

/** The pod template of the newest earlier revision that ran other images, and nothing else; none where the controller keeps no such one. */
export function rollbackRemedy(given: Case): readonly Remedy[] {
	const earlier = earlierRevisions(given).find(each => ranOtherImages(given, each));
	if (earlier === undefined || given.workload === undefined) return [];
	const name = refText(refOf(given.workload));
	const images = formerImages(given, earlier).join(', ');
	const template = objectAt(given.workload, 'spec', 'template');
	return [
		exchange(given.workload, exchangesBetween(template, earlier.template, ['spec', 'template']), {
			side: 'workload',
			sure: true,
			text: {
				en: `Roll ${name} back to revision ${earlier.revision} (${images})`,
				ko: `${name}를 리비전 ${earlier.revision}(${images})으로 되돌립니다`,
			},
		}),
	];
}
