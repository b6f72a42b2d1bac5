/**
 * Tells listeners in the order of events: an event that a listener causes is told after the present one has reached everybody,
 * so that nobody sees versions out of order.
 */
export function createBroadcast<Event>() {
	const listeners = new Set<(event: Event) => void>();
	const waiting: Event[] = [];
	let telling = false;
	return {
		tell(event: Event): void {
			waiting.push(event);
			if (telling) return;
			telling = true;
			try {
				for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) for (const listener of [...listeners]) listener(next);
			} finally {
				telling = false;
			}
		},
		listen(listener: (event: Event) => void): () => void {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
