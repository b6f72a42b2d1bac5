import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';

export type StoreEvent = {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	/** The resource's storage name, e.g. `deployments.apps`. */
	readonly resource: string;
	/** Of the write; a deleted object carries it too. */
	readonly version: number;
	readonly object: KubeObject;
	readonly before?: KubeObject;
};

/** The latest writes, in their order. @param length how many are kept at least */
export function createHistory(length: number) {
	let events: StoreEvent[] = [];
	let forgotten = 0;
	return {
		add(event: StoreEvent): void {
			events.push(event);
			if (events.length <= length * 2) return;
			forgotten = events[events.length - length - 1]?.version ?? forgotten;
			events = events.slice(-length);
		},
		/** Events of a resource after a version. Throws 410 Expired when the history no longer reaches back. */
		after(resource: string, version: number): readonly StoreEvent[] {
			if (version < forgotten) throw new StatusError(410, 'Expired', `too old resource version: ${version} (${forgotten})`);
			const start = firstIndex(events.length, index => (events[index]?.version ?? 0) > version);
			return events.slice(start).filter(event => event.resource === resource);
		},
		forget(version: number): void {
			forgotten = version;
			events = [];
		},
	};
}

/** The first index where the answer is yes, when every later answer is yes too. */
export function firstIndex(length: number, isYes: (index: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isYes(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
