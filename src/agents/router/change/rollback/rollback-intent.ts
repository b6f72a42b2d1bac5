import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Intent} from '../../understanding.ts';
import {type Asking, allOf, inLanguage, type Planned, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {containersIn} from '../containers.ts';
import {patchCall} from '../patch-call.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {type Revision, revisionsOf} from './revisions.ts';
import {speaksOfRollback, type Way, wayBack} from './rollback-words.ts';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

const runs = (images: readonly string[], version: string) => images.some(image => image === version || image.endsWith(`:${version}`));

function revisionFor(revisions: readonly Revision[], way: Way): Revision | undefined {
	if ('revision' in way) return revisions.find(({number}) => number === way.revision);
	if ('back' in way) return revisions[way.back];
	return revisions.slice(1).find(({images}) => runs(images, way.version) || runs(images, `v${way.version}`));
}

async function rolledBack({clause, world}: Asking, workload: KubeObject): Promise<Planned | Question> {
	const images = containersIn(workload).map(({image}) => image);
	const way = wayBack(clause, version => runs(images, version));
	const revisions = await revisionsOf(world, workload);
	const found = revisionFor(revisions, way);
	const name = refText(refOf(workload));
	if (found === undefined) {
		const kept = revisions.slice(1).map(({number, images: old}) => `${number} (${old.join(', ')})`);
		const wanted = 'revision' in way ? ` ${way.revision}` : '';
		const list = kept.length === 0 ? inLanguage(clause, 'none', '없음') : kept.join('; ');
		return question(
			clause,
			`${name} keeps no such revision${wanted}. To which one: ${list}?`,
			`${name}에 그런 리비전${wanted}이(가) 없습니다. 어느 리비전으로 되돌릴까요: ${list}?`,
			revisions.slice(1).map(({number}) => ({
				text: String(number),
				request: `Roll back ${workload.metadata.name} in ${workload.metadata.namespace} to revision ${number}`,
			})),
		);
	}
	const to = `${found.number} (${found.images.join(', ')})`;
	return {
		said: inLanguage(clause, `Roll ${name} back to revision ${to}`, `${name}을(를) 리비전 ${to}(으)로 롤백`),
		calls: [
			patchCall(
				workload,
				changeAt(workload, ['spec', 'template'], () => found.template),
			),
		],
	};
}

/**
 * Returns workloads to the pod template of an earlier revision: the one before, one by its number, or the one that ran a version. A patch of the
 * template alone, because nothing else was asked for: `deployment_rollback` brings settings back as well, and keeps records beside the workload.
 */
export const rollbackIntent: Intent = {
	name: 'rollback',
	async understand(clause, world, talk) {
		if (!speaksOfRollback(clause)) return undefined;
		const asking = {clause, world, talk};
		const targets = await targetsIn(asking, kinds);
		if (isQuestion(targets)) return targets;
		return targets.length === 0 ? undefined : allOf(await Promise.all(targets.map(target => rolledBack(asking, target))));
	},
};
