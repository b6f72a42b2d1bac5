import type {MachineEvent} from '../machine.ts';
import {controllerOf} from './owners.ts';
import type {Pod} from './pod-shapes.ts';
import {isKind} from './world.ts';

/** Pods by who owns them and where they run, so that one change among 5,000 pods is found without reading the others. */
export type PodIndex = {
	/** Without a uid: those that no controller owns. */
	readonly ownedBy: (uid: string | undefined) => readonly Pod[];
	readonly on: (node: string) => readonly Pod[];
	/** Those that a required rule keeps apart from others. */
	readonly avoiding: () => readonly Pod[];
	/** Those without a node. */
	readonly unassigned: () => readonly Pod[];
	readonly notice: (event: MachineEvent) => void;
};

export function podIndex(): PodIndex {
	const byOwner = new Map<string, Map<string, Pod>>();
	const byNode = new Map<string, Map<string, Pod>>();
	const avoiding = new Map<string, Pod>();
	const forget = (index: Map<string, Map<string, Pod>>, key: string, uid: string) => {
		const found = index.get(key);
		found?.delete(uid);
		if (found?.size === 0) index.delete(key);
	};
	const keep = (index: Map<string, Map<string, Pod>>, key: string, uid: string, pod: Pod) => {
		const found = index.get(key);
		if (found === undefined) index.set(key, new Map([[uid, pod]]));
		else found.set(uid, pod);
	};
	return {
		ownedBy: uid => [...(byOwner.get(uid ?? '')?.values() ?? [])],
		on: node => [...(byNode.get(node)?.values() ?? [])],
		avoiding: () => [...avoiding.values()],
		unassigned: () => [...(byNode.get('')?.values() ?? [])],
		notice({type, object, before}) {
			if (!isKind(object, 'Pod')) return;
			const uid = object.metadata.uid ?? '';
			const owner = controllerOf(object)?.uid ?? '';
			const node = object.spec.nodeName ?? '';
			if (before !== undefined && isKind(before, 'Pod')) {
				if ((before.spec.nodeName ?? '') !== node) forget(byNode, before.spec.nodeName ?? '', uid);
				if ((controllerOf(before)?.uid ?? '') !== owner) forget(byOwner, controllerOf(before)?.uid ?? '', uid);
			}
			if (type === 'DELETED') {
				avoiding.delete(uid);
				forget(byNode, node, uid);
				forget(byOwner, owner, uid);
			} else {
				keep(byNode, node, uid, object);
				keep(byOwner, owner, uid, object);
				if (object.spec.affinity?.podAntiAffinity !== undefined) avoiding.set(uid, object);
			}
		},
	};
}
