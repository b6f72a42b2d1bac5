import type {Observed} from '../../../analysis/right-sizing/observed-use.ts';

/**
 * Keeps what was observed under a key for the life of a command: a plan is made twice, and use is never the same twice.
 * @param look asked the first time only
 */
export type Observe = (key: string, look: () => Promise<Observed>) => Promise<Observed>;

export type ObservationPorts = {readonly observe: Observe};

/** The memory of one command. */
export function observing(): Observe {
	const kept = new Map<string, Promise<Observed>>();
	return (key, look) => {
		const found = kept.get(key) ?? look();
		kept.set(key, found);
		// A look that failed is made again by whoever asks next.
		found.catch(() => kept.delete(key));
		return found;
	};
}
