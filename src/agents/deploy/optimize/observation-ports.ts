/**
 * Keeps what was observed under a key for the life of a command: a plan is made twice, and use is never the same twice.
 * @param key begins with who asks, for what is seen under one key has one shape
 * @param look asked the first time only
 */
export type Observe = <Seen>(key: string, look: () => Promise<Seen>) => Promise<Seen>;

export type ObservationPorts = {readonly observe: Observe};

/** The memory of one command. */
export function observing(): Observe {
	const kept = new Map<string, Promise<unknown>>();
	return <Seen>(key: string, look: () => Promise<Seen>) => {
		const found = kept.get(key) ?? look();
		kept.set(key, found);
		// A look that failed is made again by whoever asks next.
		found.catch(() => kept.delete(key));
		// One key stands for one question, and so for one shape.
		return found as Promise<Seen>;
	};
}
