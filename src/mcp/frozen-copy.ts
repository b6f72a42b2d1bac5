function freeze(value: unknown): void {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
	Object.freeze(value);
	for (const each of Object.values(value)) freeze(each);
}

/**
 * A copy that nobody can change: the in-memory transport hands the same object to the other side, where a real one would have sent text.
 * @param value JSON
 */
export function frozenCopy<Value>(value: Value): Value {
	const copy = structuredClone(value);
	freeze(copy);
	return copy;
}
