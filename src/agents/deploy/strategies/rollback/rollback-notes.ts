import {diffObjects} from '../../../../core/diff/diff.ts';
import {lastWriters} from '../../../../core/diff/managed-fields.ts';
import {pathText} from '../../../../core/diff/path-text.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {mergePatch} from '../../../../core/patch/merge-patch.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {count, someOf} from '../../../../core/text/count.ts';
import {isPaused} from '../../workload.ts';
import type {Chosen} from './choose-revision.ts';
import type {Back} from './what-comes-back.ts';

const note = (id: string, severity: Consequence['severity'], text: string): Consequence => ({id, severity, text});

/** What a rollback brings back beside the template, what of others goes with it, and what stays. */
export async function rollbackNotes(
	workload: KubeObject,
	{revision, kept}: Chosen,
	{writes, left, live, bundle, unseen}: Back,
): Promise<readonly Consequence[]> {
	const {kubeSchema} = await import('../../../../mcp/kubernetes/plan/loaded-schema.ts');
	const own = refKey(refOf(workload));
	const changed = (write: Write): readonly Consequence[] => {
		const now = live.get(refKey(write.ref));
		if (now === undefined)
			return [note('made-again', 'warning', `${refText(write.ref)} was deleted since revision ${revision}: it is made again`)];
		if (write.op !== 'patch' || write.type !== 'merge') return [];
		// A patch of an object answers an object.
		const fields = diffObjects(now, mergePatch(now, write.patch) as KubeObject, kubeSchema).map(({path}) => pathText(path));
		const writers = lastWriters(now);
		const who = writers.length === 0 ? '' : ` by ${someOf(writers)}`;
		return [
			note(
				'changed-since',
				'warning',
				`${refText(write.ref)} was changed since revision ${revision}${who}, and that goes: ${someOf(fields)}`,
			),
		];
	};
	return [
		...(bundle === undefined
			? [
					note(
						'template-alone',
						'warning',
						`${unseen === undefined ? `Nothing but the pod template is kept of revision ${revision}` : `Only the pod template of revision ${revision} comes back`}: ConfigMaps, Secrets, autoscaler, Services and routes stay as they are`,
					),
				]
			: []),
		...(isPaused(workload) && writes.some(({ref}) => refKey(ref) === own)
			? [
					note(
						'unpaused',
						'warning',
						`${workload.metadata.name} is paused: with its former template it may roll out again, or nothing would come back`,
					),
				]
			: []),
		...writes.filter(({ref}) => refKey(ref) !== own).flatMap(changed),
		...left.map(text => note('left-as-it-is', 'warning', text)),
		...(kept === undefined || kept.current || kept.pods === 0
			? []
			: [
					note(
						'old-pods-stand',
						'info',
						`${count(kept.pods, 'pod')} of revision ${revision} still run${kept.pods === 1 ? 's' : ''} and stay${kept.pods === 1 ? 's' : ''}`,
					),
				]),
	];
}
