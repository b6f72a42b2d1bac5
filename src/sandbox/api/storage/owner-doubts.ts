import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {releaseFrom} from './dependents.ts';
import {present, type Reach} from './reach.ts';

/** The real collector looks a moment later as well; an owner may be on its way. */
const patienceMs = 1000;

/** Takes away what names owners that do not exist, and the names of those when others do. Kinds that are not served are never doubted. */
export function ownerDoubts(reach: Reach) {
	const waiting = new Set<() => void>();
	const {clock, catalogue} = reach.cluster;
	const missing = ({metadata}: KubeObject) =>
		(metadata.ownerReferences ?? []).filter(
			({apiVersion, kind, uid}) => !reach.owners.isAlive(uid) && catalogue.ofKind(apiVersion, kind) !== undefined,
		);
	const look = (object: KubeObject) => {
		const found = present(reach, object);
		if (found !== undefined) for (const {uid} of missing(found.object)) releaseFrom(reach, found.object, uid, 'delete');
	};
	return {
		note(object: KubeObject): void {
			if (missing(object).length === 0) return;
			const cancel = clock.schedule(patienceMs, () => {
				waiting.delete(cancel);
				look(object);
			});
			waiting.add(cancel);
		},
		stop(): void {
			for (const cancel of waiting) cancel();
		},
	};
}
