import type {Ref} from '../../core/kube/kube-object.ts';
import {refText} from '../../core/kube/kube-object.ts';
import type {Plan} from '../../core/plan.ts';
import type {Reach} from '../../core/roles/reach.ts';
import {isInside} from '../../core/roles/reach.ts';
import type {Effector} from '../../core/tool.ts';
import {outsideReach} from '../../mcp/kubernetes/confined/outside-reach.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import {isServerObject} from '../../mcp/monitoring/model/server-object.ts';
import type {ServerObjects} from '../../mcp/monitoring/objects/server-objects.ts';

/** A cluster whose plans may speak of what servers of monitoring keep, as of any object. */
export const clusterWithServers = (cluster: Cluster, objects: ServerObjects): Cluster => ({
	...cluster,
	get: ref => (isServerObject(ref) ? objects.get(ref) : cluster.get(ref)),
	dryRun: async write =>
		isServerObject(write.ref) ? {computed: 'refused', reason: await objects.noDryRun(write), never: true} : cluster.dryRun(write),
});

type Parts = Parameters<Effector['demandRights']>[0];

/** The part of a plan that is about some objects. */
const partOf = (
	{steps, changes, preconditions}: Parts,
	isPart: (ref: Ref) => boolean,
): Pick<Plan, 'steps' | 'changes' | 'preconditions'> => ({
	steps: steps.map(({upkeep = [], writes, ...step}) => ({
		...step,
		writes: writes.filter(({ref}) => isPart(ref)),
		upkeep: upkeep.filter(isPart),
	})),
	changes: changes.filter(({ref}) => isPart(ref)),
	preconditions: preconditions.filter(({ref}) => isPart(ref)),
});

/**
 * Hands that write to the cluster, or to the server that keeps an object.
 * @param reach of who is under roles: such objects are in no namespace
 */
export function effectorWithServers(effector: Effector, {effector: others}: ServerObjects, reach: Reach | undefined): Effector {
	function demandWrite(ref: Ref): void {
		if (reach === undefined || (reach.write !== undefined && isInside(reach.write, undefined))) return;
		throw outsideReach(refText(ref), reach.write);
	}
	return {
		async demandRights(plan) {
			const theirs = partOf(plan, isServerObject);
			for (const {ref} of theirs.changes) demandWrite(ref);
			await others.demandRights(theirs);
			await effector.demandRights(partOf(plan, ref => !isServerObject(ref)));
		},
		read: (ref, signal) => (isServerObject(ref) ? others.read(ref, signal) : effector.read(ref, signal)),
		async send(write, live, signal) {
			if (!isServerObject(write.ref)) return effector.send(write, live, signal);
			demandWrite(write.ref);
			return others.send(write, live, signal);
		},
	};
}
