import type {RolloutPicture} from '../../../core/rollout-picture.ts';
import {newsOf, toldAfter} from './told-after.ts';

/** Pictures one after the other, each with what was told until then. */
export function pictureStore() {
	const listeners = new Set<() => void>();
	const first = Promise.withResolvers<void>();
	let picture: RolloutPicture | undefined;
	return {
		/** Resolves with the first picture, or rejects where there will be none. */
		first,
		isEmpty: () => picture === undefined,
		show(next: Omit<RolloutPicture, 'told'>): void {
			const fresh: RolloutPicture = {...next, told: []};
			picture = {...fresh, told: toldAfter(picture?.told ?? [], newsOf(picture, fresh))};
			first.resolve();
			for (const changed of listeners) changed();
		},
		current(): RolloutPicture {
			if (picture === undefined) throw new Error('There is a picture once the first one was awaited');
			return picture;
		},
		/** Calls back after each change, until the answer is called. */
		subscribe(changed: () => void): () => void {
			listeners.add(changed);
			return () => void listeners.delete(changed);
		},
	};
}
