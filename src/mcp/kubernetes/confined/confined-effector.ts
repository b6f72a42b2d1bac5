import {refText} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {isInside, type Reach} from '../../../core/roles/reach.ts';
import type {Effector} from '../../../core/tool.ts';
import type {Cluster} from '../port.ts';
import {demandInside} from './demand-inside.ts';
import {outsideReach} from './outside-reach.ts';

/** Hands that write nothing outside of somebody's roles, and refuse a plan that would have to before anybody is asked about it. */
export function confinedEffector(effector: Effector, cluster: Pick<Cluster, 'typeOfRef'>, {read, write}: Reach): Effector {
	async function demandWrite(given: Write): Promise<void> {
		await demandInside(cluster, write, given.ref, 'write');
		const {namespace} = 'manifest' in given ? given.manifest.metadata : {};
		if (namespace !== undefined && (write === undefined || !isInside(write, namespace))) throw outsideReach(refText(given.ref), write);
	}
	return {
		async demandRights(plan) {
			for (const {writes, upkeep = []} of plan.steps) {
				for (const each of writes) await demandWrite(each);
				for (const ref of upkeep) await demandInside(cluster, write, ref, 'write');
			}
			// What a plan tells of is changed by it, though perhaps by other hands than these: those of a repository's controller.
			for (const {ref} of plan.changes) await demandInside(cluster, write, ref, 'write');
			for (const {ref} of plan.preconditions) await demandInside(cluster, read, ref, 'read');
			return effector.demandRights(plan);
		},
		async read(ref, signal) {
			await demandInside(cluster, read, ref, 'read');
			return effector.read(ref, signal);
		},
		async send(given, live, signal) {
			await demandWrite(given);
			return effector.send(given, live, signal);
		},
	};
}
