/** Actors that are kept in mind; the one that was silent longest is forgotten first. */
const mostKeys = 5000;

type Recent = {
	/**
	 * Notes one thing of a key, and tells how many different ones came within the window, itself counted. Times may come a little out of order.
	 */
	readonly note: (key: string, thing: string, atMs: number) => number;
	/** All of them that came within the window. */
	readonly of: (key: string) => readonly string[];
	/** Starts to count anew, so that the same is told again only after as much more. */
	readonly forget: (key: string) => void;
};

/** Counts different things by key within a window of time, in bounded memory. */
export function recentThings({windowMs, most}: {readonly windowMs: number; readonly most: number}): Recent {
	const keys = new Map<string, Map<string, number>>();
	return {
		note(key, thing, atMs) {
			const things = keys.get(key) ?? new Map<string, number>();
			keys.delete(key);
			keys.set(key, things);
			things.delete(thing);
			things.set(thing, atMs);
			for (const [old, ms] of things) {
				if (ms > atMs - windowMs && things.size <= most) break;
				things.delete(old);
			}
			if (keys.size > mostKeys) for (const [oldest] of keys.entries().take(1)) keys.delete(oldest);
			return things.size;
		},
		of: key => [...(keys.get(key)?.keys() ?? [])],
		forget: key => void keys.delete(key),
	};
}

/** A map that forgets what was put longest ago. */
export function boundedMap<Value>(most: number) {
	const kept = new Map<string, Value>();
	return {
		get: (key: string) => kept.get(key),
		put(key: string, value: Value) {
			kept.delete(key);
			kept.set(key, value);
			if (kept.size > most) for (const [oldest] of kept.entries().take(1)) kept.delete(oldest);
		},
	};
}
