/**
 * What can be told from one object alone is worked out at the first asking, and forgotten with the object. Objects are never changed in place: one that is told
 * anew is another object, so what is kept of thousands that stayed as they were still holds.
 */
export function oncePerObject<Key extends object, Found>(find: (key: Key) => Found): (key: Key) => Found {
	const known = new WeakMap<Key, {readonly found: Found}>();
	return key => {
		const kept = known.get(key);
		if (kept !== undefined) return kept.found;
		const found = find(key);
		known.set(key, {found});
		return found;
	};
}
