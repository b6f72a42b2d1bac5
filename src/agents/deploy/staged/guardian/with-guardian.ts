import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refKey, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Script} from '../act.ts';
import type {RolloutRefs} from '../record/rollout-objects.ts';
import {guardianName, guardianObjects} from './guardian-objects.ts';

type Guarded = {
	readonly workload: KubeObject;
	/** As the script's own objects name it. */
	readonly refs: RolloutRefs;
	readonly image: string;
	/** The copy that serves everything at a step of 100 %, where there is one. */
	readonly copy?: Ref | undefined;
};

/**
 * A script that begins with a guardian and ends without one, either way. It stands guard before the first act that could leave the stable version
 * with less, and is removed after the last.
 */
export async function withGuardian(
	cluster: Pick<Cluster, 'typeOfRef'>,
	{acts, wayBack}: Script,
	{workload, refs, image, copy}: Guarded,
): Promise<Script> {
	// What is for a later part of the way alone, such as a template, is left to a person.
	const restores = wayBack
		.filter(({after}) => after === undefined)
		.flatMap(({writes}) => writes.flatMap(write => restoring(write, workload)));
	const objects = await guardianObjects(cluster, {
		workload,
		lease: refs.lease,
		record: refs.record,
		wayBack: restores,
		image,
		standIn: copy && standInOf(acts, workload, copy),
	});
	const name = guardianName(workload.metadata.name);
	const removal = {title: `Remove the guardian ${name}`, writes: objects.toReversed().map(removed)};
	return {
		acts: [
			{
				title: `Set up the guardian ${name}: a Job that gives all traffic and pods back to ${workload.metadata.name} when mkcoa is silent for too long${copy === undefined ? '' : `; not while ${copy.name} serves everything and ${workload.metadata.name} has fewer pods, nor once that is rolled`}${elsewhere(objects, workload)}`,
				writes: objects.map((manifest): Write => ({op: 'create', ref: refOf(manifest), manifest})),
				ifDies: `all serves as before, and the guardian ${name} ends after a while`,
			},
			...acts,
			{...removal, ifDies: acts.at(-1)?.ifDies ?? ''},
		],
		wayBack: [
			...wayBack.map(act => (act.after === undefined ? act : {...act, after: act.after + 1})),
			{...removal, ifDies: wayBack.at(-1)?.ifDies ?? ''},
		],
	};
}

/** Requests are sent in the act before they are judged; the guardian's own act comes in front of all. */
function standInOf(acts: Script['acts'], workload: KubeObject, copy: Ref) {
	const judged = acts.findIndex(({wait}) => wait?.kind === 'judge' && wait.weight === 100);
	const rolled = acts.findIndex(({writes}) => writes.some(({ref}) => refKey(ref) === refKey(refOf(workload))));
	return {from: judged, until: rolled + 1, copy};
}

/** Rights in somebody else's namespace are not to be overlooked. */
function elsewhere(objects: readonly KubeObject[], workload: KubeObject): string {
	const roles = objects.filter(({kind, metadata}) => kind === 'Role' && metadata.namespace !== workload.metadata.namespace);
	if (roles.length === 0) return '';
	return `; for its routes with a Role in ${roles.length === 1 ? 'namespace' : 'namespaces'} ${roles.map(({metadata}) => metadata.namespace).join(', ')}`;
}

/** Of the workload the number of pods and nothing else: a guardian rolls no version out, and its orders can be read by many. */
function restoring(write: Write, workload: KubeObject): readonly Write[] {
	if (write.op !== 'patch' || refKey(write.ref) !== refKey(refOf(workload)) || write.type !== 'json') return [write];
	const patch = Array.isArray(write.patch) ? write.patch.filter(each => textAt(each, 'path') === '/spec/replicas') : [];
	return patch.length === 0 ? [] : [{...write, patch}];
}

const removed = (manifest: KubeObject): Write => ({op: 'delete', ref: refOf(manifest), propagation: 'Background'});
